import { describe, expect, it } from '@jest/globals';
import { attemptRefOfCode, findPaymentCode, paymentCodeOf } from '#shared/gateways/sepay/payment-code.ts';

const ours = 'DVC1000000000000301';
const find = (recognised: string, content: string) => findPaymentCode(recognised, content, 'DVC');

describe('a payment code', () => {
  it('is the prefix and our reference, and gives the reference back', () => {
    expect(paymentCodeOf('1000000000000301', 'DVC')).toBe(ours);
    expect(attemptRefOfCode(ours, 'DVC')).toBe('1000000000000301');
  });

  it.each(['', '1000000000000301', 'QN1000000000000301', 'DVC1000000000000901', `${ours}1`, 'dvc1000000000000301'])(
    'of ours is not %j',
    (code) => {
      expect(attemptRefOfCode(code, 'DVC')).toBeUndefined();
    },
  );
});

describe('the payment code of a transfer', () => {
  it.each([
    ['recognised by SePay', ours, 'chuyen tien'],
    ['in the content alone', '', `MBVCB.123456.${ours}.CT tu 0011 toi 1017588888`],
    ['glued to a word of the bank', '', `IBFT${ours} chuyen tien`],
    ['in small letters', '', `Nop phi ${ours.toLowerCase()}`],
    ['told twice', ours, `${ours} ${ours}`],
    ['beside a code that SePay took for one', 'SHOP123', `SHOP123 ${ours}`],
    ['beside numbers of the same length', '', `DVC9999999999999999 ${ours} 1000000000000301`],
  ])('is found %s', (_where, recognised, content) => {
    expect(find(recognised, content)).toBe(ours);
  });

  it('is left as SePay recognised it when it is none of ours', () => {
    expect(find('SHOP123', 'SHOP123 chuyen tien')).toBe('SHOP123');
    expect(find('DVC26000191', 'DVC26000191 chuyen tien')).toBe('DVC26000191');
  });

  it.each([
    ['no code at all', '', 'chuyen tien'],
    ['nothing', '', ''],
    ['two codes of ours', '', `${ours} DVC1000000000000302`],
    ['a code that disagrees with the content', ours, 'DVC1000000000000302'],
    ['a code with further digits', '', `${ours}4567`],
    ['a code with a wrong check digit', '', 'DVC1000000000000401'],
    ['a code without its prefix', '', 'nop phi 1000000000000301'],
  ])('is none for %s', (_what, recognised, content) => {
    expect(find(recognised, content)).toBeNull();
  });

  it('is found at once in a long content', () => {
    const started = performance.now();
    expect(find('', `${'DVC100000000000030'.repeat(20_000)} ${ours}`)).toBe(ours);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
