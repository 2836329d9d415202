import { describe, expect, it } from '@jest/globals';
import { momo } from '#shared/gateways/momo/gateway.ts';
import { vnpay } from '#shared/gateways/vnpay/gateway.ts';
import { faultOfAccount } from '#test/support/account-faults.ts';

describe('a merchant account', () => {
  it('is refused without settings or secrets', () => {
    expect(faultOfAccount(vnpay, undefined, [])).toContain('settings is missing; secrets[0] is missing');
    expect(faultOfAccount(momo, null, [null])).toContain('settings is missing; secrets[0] is missing');
  });

  it('never shows the value of a secret', () => {
    const secret = 'TOP-SECRET-VALUE';
    expect(faultOfAccount(vnpay, {}, [{ tmnCode: secret, hashSecret: { nested: secret } }])).not.toContain(secret);
    expect(
      faultOfAccount(momo, {}, [{ partnerCode: secret.repeat(9), accessKey: [secret], secretKey: 5 }]),
    ).not.toContain(secret);
  });
});
