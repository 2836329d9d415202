import { describe, expect, it } from '@jest/globals';
import { paymentNoticeSchema } from '#schemas/payment-notice.ts';
import { instantAfter } from '#shared/domain/calendar.ts';
import { sepay } from '#shared/gateways/sepay/gateway.ts';
import { anInstant } from '#test/support/attempt-orders.ts';
import { callbackByBody } from '#test/support/callback-requests.ts';
import { connectTestAccount } from '#test/support/gateway-account.ts';
import { sepayKey, sepayMovement, sepaySecret, sepayWebhook } from '#test/support/sepay-messages.ts';

const connection = connectTestAccount(sepay, sepaySecret, sepayKey);
const readBody = (body: string | Uint8Array) => connection.readCallback(sepayWebhook(body), anInstant);
const readChanged = (changes: Readonly<Record<string, unknown>>) => readBody(JSON.stringify(sepayMovement(changes)));

describe("SePay's webhook", () => {
  it('becomes a notice in our own words', () => {
    const reading = readChanged({});
    expect(reading).toEqual({
      kind: 'notice',
      notice: {
        gateway: 'sepay',
        merchant: 'ttpvhcc',
        orderRef: 'DVC1000000000000301',
        transactionId: '92704001',
        amountVnd: 75_000,
        result: 'paid',
        resultCode: 'in',
        paidAt: '2026-11-22T02:20:33.000Z',
        bankCode: 'Vietcombank',
      },
    });
    expect(reading.kind === 'notice' && paymentNoticeSchema.safeParse(reading.notice).success).toBe(true);
  });

  it('is read alike with an API key', () => {
    const body = JSON.stringify(sepayMovement());
    expect(connection.readCallback(sepayWebhook(body, sepayKey), anInstant)).toEqual(readChanged({}));
  });

  it('of money that leaves the account is ignored, and has no time of payment', () => {
    expect(readChanged({ transferType: 'out' })).toMatchObject({ notice: { result: 'ignored', paidAt: null } });
  });

  it.each([
    [{ code: null, content: 'chuyen tien' }, null],
    [{ code: null }, 'DVC1000000000000301'],
    [{ code: undefined, content: undefined }, null],
    [{ code: 'SHOP9', content: 'SHOP9' }, 'SHOP9'],
  ])('with %j names the order %j', (changes, orderRef) => {
    expect(readChanged(changes)).toMatchObject({ kind: 'notice', notice: { result: 'paid', orderRef } });
  });

  it('keeps every digit of an id beyond 2^53', () => {
    const body = JSON.stringify(sepayMovement()).replace('92704001', '12345678901234567891');
    expect(readBody(body)).toMatchObject({ notice: { transactionId: '12345678901234567891' } });
  });

  it('names the account when it is not ours', () => {
    expect(readChanged({ accountNumber: '0011002233' })).toMatchObject({
      kind: 'notice',
      foreignAccount: '0011002233',
    });
  });

  it.each(['2026-02-30 09:20:33', 'now', null, 0])('keeps the payment when its time is %j', (transactionDate) => {
    expect(readChanged({ transactionDate })).toMatchObject({
      kind: 'notice',
      notice: { result: 'paid', paidAt: null },
    });
  });

  it('leaves a bank name aside that is none', () => {
    for (const gateway of ['x'.repeat(41), 7, null]) {
      const reading = readChanged({ gateway });
      expect(reading).toMatchObject({ kind: 'notice' });
      expect(reading).not.toHaveProperty('notice.bankCode');
    }
  });

  it.each([
    ['transferAmount', '75k', 'transferAmount must be 1 to 12 digits'],
    ['transferAmount', -75_000, 'transferAmount must be 1 to 12 digits'],
    ['transferAmount', 75_000.5, 'transferAmount must be 1 to 12 digits'],
    ['transferAmount', null, 'transferAmount must be 1 to 12 digits'],
    ['transferType', 'sideways', 'transferType must be "in" or "out"'],
    ['id', null, 'id must be digits'],
    ['id', '../1', 'id must be digits'],
    ['id', 0, 'id must be digits'],
    ['accountNumber', undefined, 'accountNumber is missing'],
    ['code', 'x'.repeat(101), 'code must be at most 100 characters'],
  ])('with %s = %j is malformed: %s', (name, value, why) => {
    expect(readChanged({ [name]: value })).toMatchObject({ kind: 'malformed', why });
  });

  it('keeps the readable facts of a malformed message for a person', () => {
    expect(readChanged({ transferAmount: {} })).toMatchObject({
      kind: 'malformed',
      orderRef: 'DVC1000000000000301',
      transactionId: '92704001',
      paidAt: '2026-11-22T02:20:33.000Z',
    });
    expect(readChanged({ transferAmount: {}, transferType: 'out' })).toMatchObject({ paidAt: null });
    const nothing = { orderRef: null, transactionId: null, paidAt: null };
    for (const body of ['', '[]', 'null', 'id=1', '{"id":1,"id":1}', Uint8Array.of(0xc3, 0x28)]) {
      expect(readBody(body)).toMatchObject({ kind: 'malformed', ...nothing });
    }
  });

  it('is refused without proof and when it is old, whatever it says', () => {
    const body = JSON.stringify(sepayMovement());
    expect(connection.readCallback(callbackByBody(body), anInstant)).toMatchObject({ kind: 'bad-signature' });
    expect(connection.readCallback(sepayWebhook(body), instantAfter(anInstant, 301_000))).toMatchObject({
      kind: 'expired',
    });
  });

  it('never repeats its content in the reasons that are logged', () => {
    const marker = 'NGUYEN-VAN-AN';
    for (const name of ['transferAmount', 'transferType', 'id', 'code', 'accountNumber']) {
      expect(readChanged({ [name]: marker.repeat(10) })).toMatchObject({ why: expect.not.stringContaining(marker) });
    }
  });

  it.each([
    ['paid', 200, true],
    ['unknown_order', 200, true],
    ['malformed', 200, true],
    ['ignored', 200, true],
    ['bad_signature', 401, false],
    ['expired', 401, false],
    ['unavailable', 500, false],
  ] as const)('is answered, when it is %s, with %d', (outcome, status, success) => {
    const answer = connection.answerCallback(outcome, callbackByBody(''));
    expect([answer.status, JSON.parse(answer.body)]).toEqual([status, { success }]);
  });
});
