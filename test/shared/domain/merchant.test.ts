import { describe, expect, it } from '@jest/globals';
import { loadMerchants } from '#config/merchants.ts';
import { merchantFor } from '#shared/domain/merchant.ts';

const merchants = loadMerchants('dev');
const nameFor = (gateway: string, ...units: string[]) => merchantFor(merchants, gateway, units)?.merchant;

describe('merchantFor', () => {
  it("takes a unit's own account", () => {
    expect(nameFor('vnpay', 'vpdkdd')).toBe('vpdkdd');
    expect(nameFor('vnpay', 'ttpvhcc', 'hong-gai')).toBe('ttpvhcc');
  });

  it('takes the default account for units without one, and for a mix of accounts', () => {
    expect(nameFor('vnpay', 'cam-pha')).toBe('ttpvhcc');
    expect(nameFor('momo', 'vpdkdd')).toBe('ttpvhcc');
    expect(nameFor('vnpay', 'vpdkdd', 'hong-gai')).toBe('ttpvhcc');
    expect(nameFor('vnpay')).toBe('ttpvhcc');
  });

  it('finds nothing at a gateway where we have no account', () => {
    expect(nameFor('viettel', 'vpdkdd')).toBeUndefined();
  });
});
