import { describe, expect, it } from '@jest/globals';
import { amountVndSchema } from '#schemas/money.ts';
import type { HttpAnswer } from '#shared/gateways/http-messages.ts';
import { readCreateAnswer, readQueryAnswer } from '#shared/gateways/zalopay/answers.ts';
import { zalopay } from '#shared/gateways/zalopay/gateway.ts';
import { zalopayAccountSchema } from '#shared/gateways/zalopay/settings.ts';
import { readTestAccount } from '#test/support/gateway-account.ts';
import { zalopaySecret } from '#test/support/zalopay-messages.ts';

const order = { gatewayRef: '261122_1000000000000301', amountVnd: amountVndSchema.parse(28_000) };
const account = zalopayAccountSchema.parse({
  merchant: 'ttpvhcc',
  settings: readTestAccount(zalopay).settings,
  secrets: [zalopaySecret],
});

const answer = (values: Readonly<Record<string, unknown>>, status = 200): HttpAnswer => ({
  status,
  headers: {},
  body: JSON.stringify(values),
});
const noAnswers: readonly HttpAnswer[] = [
  { status: 504, headers: {}, body: 'timeout' },
  { status: 200, headers: {}, body: '' },
  { status: 200, headers: {}, body: '{"return_code":1,"return_code":1}' },
  answer({}),
  answer({ return_code: null }),
  answer({ return_code: [] }),
];
const failure = (subCode: number) => answer({ return_code: 2, sub_return_code: subCode });

describe("ZaloPay's answer to create", () => {
  const url = 'https://qcgateway.zalopay.vn/openinapp?order=abc';

  it('gives the address of the payment page', () => {
    expect(readCreateAnswer(answer({ return_code: 1, sub_return_code: 1, order_url: url }))).toEqual({
      kind: 'redirect',
      url,
    });
  });

  it.each([-401, -402, -429, -999])('with failure %d is a refusal', (subCode) => {
    expect(readCreateAnswer(failure(subCode))).toMatchObject({ kind: 'refused', resultCode: `2/${subCode}` });
  });

  it('may show the failure without a 2', () => {
    expect(readCreateAnswer(answer({ return_code: -402 }, 400))).toMatchObject({ kind: 'refused', resultCode: '-402' });
  });

  it.each([-68, -500, -5555, 1, 0])('with failure %d is unknown, since the order may exist', (subCode) => {
    expect(readCreateAnswer(failure(subCode))).toMatchObject({ kind: 'unknown' });
  });

  it.each([
    ['it is processing', answer({ return_code: 3 })],
    ['its code is new', answer({ return_code: 7 })],
    ['a failure has no detail', answer({ return_code: 2 })],
    ['it has no address', answer({ return_code: 1 })],
    ['its address is none', answer({ return_code: 1, order_url: 'javascript:alert(1)' })],
  ])('is unknown when %s', (_what, doubtful) => {
    expect(readCreateAnswer(doubtful)).toMatchObject({ kind: 'unknown' });
  });

  it('is unknown when there is none', () => {
    for (const none of noAnswers) expect(readCreateAnswer(none)).toMatchObject({ kind: 'unknown' });
  });
});

describe("ZaloPay's answer to a query", () => {
  const paid = { return_code: 1, amount: 28_000, zp_trans_id: 389, server_time: 1_772_697_178_942 };
  const query = (values: Readonly<Record<string, unknown>>) => readQueryAnswer(answer(values), order, account);

  it('gives a notice of the payment', () => {
    expect(query(paid)).toEqual({
      kind: 'notice',
      notice: {
        gateway: 'zalopay',
        merchant: 'ttpvhcc',
        orderRef: order.gatewayRef,
        transactionId: '389',
        amountVnd: 28_000,
        result: 'paid',
        resultCode: '1',
        paidAt: '2026-03-05T07:52:58.942Z',
      },
    });
  });

  it.each([
    [{ amount: 27_000 }, { amountVnd: 27_000 }],
    [{ server_time: undefined }, { paidAt: null }],
    [{ is_processing: true }, { result: 'paid' }],
  ])('with %j says so', (change, notice) => {
    expect(query({ ...paid, ...change })).toMatchObject({ kind: 'notice', notice });
  });

  it.each([{ zp_trans_id: 0 }, { zp_trans_id: undefined }, { amount: '28k' }, { amount: undefined }])(
    'is unknown when a payment has %j',
    (change) => {
      expect(query({ ...paid, ...change })).toMatchObject({ kind: 'unknown' });
    },
  );

  it.each([
    [{ return_code: 3 }, 'pending', '3'],
    [{ return_code: 2, sub_return_code: -63 }, 'pending', '2/-63'],
    [{ return_code: 2, sub_return_code: -1330 }, 'pending', '2/-1330'],
    [{ return_code: 2, sub_return_code: -54, is_processing: true }, 'pending', '2/-54'],
    [{ return_code: 2, sub_return_code: -54 }, 'failed', '2/-54'],
    [{ return_code: 2, sub_return_code: -5555 }, 'failed', '2/-5555'],
    [{ return_code: 2 }, 'failed', '2'],
  ])('%j is %s, with the amount that was asked for', (values, result, resultCode) => {
    expect(query(values)).toEqual({
      kind: 'notice',
      notice: {
        gateway: 'zalopay',
        merchant: 'ttpvhcc',
        orderRef: order.gatewayRef,
        transactionId: null,
        amountVnd: 28_000,
        result,
        resultCode,
        paidAt: null,
      },
    });
  });

  it('says that an order is not known', () => {
    expect(query({ return_code: 2, sub_return_code: -101 })).toEqual({ kind: 'not-found', resultCode: '2/-101' });
  });

  it('is unknown, never failed, when ZaloPay refused the question', () => {
    for (const code of [-92, -401, -402, -429, -500, -999]) {
      expect(query({ return_code: 2, sub_return_code: code })).toMatchObject({ kind: 'unknown' });
      expect(query({ return_code: code })).toMatchObject({ kind: 'unknown' });
    }
    expect(query({ return_code: 7 })).toMatchObject({ kind: 'unknown' });
  });

  it('is unknown when there is none', () => {
    for (const none of noAnswers) expect(readQueryAnswer(none, order, account)).toMatchObject({ kind: 'unknown' });
  });
});
