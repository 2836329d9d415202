import { describe, expect, it } from '@jest/globals';
import { readQueryAnswer } from '#shared/gateways/onepay/answers.ts';
import { onepay } from '#shared/gateways/onepay/gateway.ts';
import { onepayAccountSchema } from '#shared/gateways/onepay/settings.ts';
import { signForm } from '#shared/gateways/onepay/signer.ts';
import { readTestAccount } from '#test/support/gateway-account.ts';
import { type OnepayChanges, onepayCallback, onepaySecret } from './messages.ts';

const orderRef = '1000000000000301';
const account = onepayAccountSchema.parse({
  merchant: 'ttpvhcc',
  settings: readTestAccount(onepay).settings,
  secrets: [onepaySecret],
});
const readBody = (body: string, status = 200) => readQueryAnswer({ status, headers: {}, body }, orderRef, account);
const query = (changes: OnepayChanges = {}) => readBody(onepayCallback({ vpc_DRExists: 'Y', ...changes }));
const nothing = (fields: Readonly<Record<string, string>>) =>
  readBody(signForm({ vpc_DRExists: 'N', ...fields }, onepaySecret.hashSecret).form);

describe("OnePay's answer to a query", () => {
  it('gives the notice that the callback gives', () => {
    expect(query()).toMatchObject({
      kind: 'notice',
      notice: {
        gateway: 'onepay',
        orderRef,
        transactionId: 'PAY-q8Xw2mTzRk6Lh4BvNc9YsA',
        amountVnd: 75_000,
        result: 'paid',
        paidAt: '2026-11-22T02:20:33.000Z',
      },
    });
    expect(query({ vpc_TxnResponseCode: '100' })).toMatchObject({ notice: { result: 'pending' } });
  });

  it('says that an order is not known, with or without its name', () => {
    expect(nothing({ vpc_MerchTxnRef: orderRef })).toEqual({ kind: 'not-found', resultCode: 'N' });
    expect(nothing({})).toEqual({ kind: 'not-found', resultCode: 'N' });
    expect(nothing({ vpc_MerchTxnRef: '1000000000000302' })).toMatchObject({ kind: 'unknown' });
  });

  it.each([
    ['another order', { vpc_MerchTxnRef: '1000000000000302' }],
    ['no order', { vpc_MerchTxnRef: undefined }],
    ['another merchant', { vpc_Merchant: 'SOMEONEELSE' }],
    ['an unreadable amount', { vpc_Amount: '75k' }],
    ['neither yes nor no', { vpc_DRExists: 'y' }],
    ['nothing of its existence', { vpc_DRExists: undefined }],
  ])('is unknown when it speaks of %s', (_what, changes) => {
    expect(query(changes)).toMatchObject({ kind: 'unknown' });
  });

  it('is unknown when nobody signed it, also when it says no', () => {
    expect(readBody('vpc_DRExists=N')).toMatchObject({ kind: 'unknown' });
    expect(readBody(onepayCallback({ vpc_DRExists: 'Y' }, '00'.repeat(16)))).toMatchObject({ kind: 'unknown' });
    expect(readBody('<html>', 502)).toMatchObject({ kind: 'unknown', why: expect.stringContaining('HTTP 502') });
  });

  it('is read with a line feed at its end', () => {
    expect(readBody(`${onepayCallback({ vpc_DRExists: 'Y' })}\r\n`)).toMatchObject({ kind: 'notice' });
  });
});
