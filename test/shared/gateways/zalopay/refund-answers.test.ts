import { describe, expect, it } from '@jest/globals';
import type { HttpAnswer } from '#shared/gateways/http-messages.ts';
import { readRefundAnswer, readRefundQueryAnswer } from '#shared/gateways/zalopay/refund-answers.ts';

const answer = (values: Readonly<Record<string, unknown>>, status = 200): HttpAnswer => ({
  status,
  headers: {},
  body: JSON.stringify(values),
});
const failure = (subCode: number) => answer({ return_code: 2, sub_return_code: subCode });
const noAnswers: readonly HttpAnswer[] = [
  { status: 504, headers: {}, body: 'timeout' },
  { status: 200, headers: {}, body: '{"return_code":1,"return_code":1}' },
  answer({ return_code: null }),
  answer({ return_code: [] }),
];

describe("ZaloPay's answer to a refund", () => {
  it('is accepted, done or in process', () => {
    expect(readRefundAnswer(answer({ return_code: 1, refund_id: 55 }))).toEqual({
      kind: 'accepted',
      resultCode: '1',
      transactionId: '55',
    });
    expect(readRefundAnswer(answer({ return_code: 3 }))).toMatchObject({ kind: 'accepted', transactionId: null });
  });

  it.each([-13, -14, -32, -92, -101, -401])('with failure %d is a refusal', (subCode) => {
    expect(readRefundAnswer(failure(subCode))).toMatchObject({ kind: 'refused', resultCode: `2/${subCode}` });
    expect(readRefundAnswer(answer({ return_code: subCode }))).toMatchObject({ kind: 'refused' });
  });

  it.each([-23, -500, -5555, 0])('with failure %d is unknown: it keeps its reserve', (subCode) => {
    expect(readRefundAnswer(failure(subCode))).toMatchObject({ kind: 'unknown' });
  });

  it.each([-402, -429, -999])('with failure %d is unknown: it says nothing of an earlier request', (subCode) => {
    expect(readRefundAnswer(failure(subCode))).toMatchObject({ kind: 'unknown' });
    expect(readRefundAnswer(answer({ return_code: subCode }))).toMatchObject({ kind: 'unknown' });
  });

  it('is unknown when there is none', () => {
    for (const none of noAnswers) expect(readRefundAnswer(none)).toMatchObject({ kind: 'unknown' });
  });
});

describe("ZaloPay's answer to a refund's query", () => {
  it.each([
    [{ return_code: 1 }, 'refunded'],
    [{ return_code: 3, sub_return_code: 2 }, 'pending'],
    [{ return_code: 3, sub_return_code: -1 }, 'pending'],
    [{ return_code: 2, sub_return_code: 0 }, 'failed'],
    [{ return_code: 2, sub_return_code: -32 }, 'failed'],
    [{ return_code: 2, sub_return_code: -101 }, 'not-found'],
    [{ return_code: -101 }, 'not-found'],
  ])('%j says %s', (values, kind) => {
    expect(readRefundQueryAnswer(answer(values))).toMatchObject({ kind, resultCode: expect.any(String) });
  });

  it.each([
    { return_code: 2 },
    { return_code: 2, sub_return_code: -5555 },
    { return_code: 2, sub_return_code: -999 },
    { return_code: -402 },
    { return_code: 0 },
  ])('is unknown as %j: the refund keeps its reserve', (values) => {
    expect(readRefundQueryAnswer(answer(values))).toMatchObject({ kind: 'unknown' });
  });

  it('is unknown when there is none', () => {
    for (const none of noAnswers) expect(readRefundQueryAnswer(none)).toMatchObject({ kind: 'unknown' });
  });
});
