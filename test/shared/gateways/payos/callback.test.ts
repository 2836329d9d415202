import { describe, expect, it } from '@jest/globals';
import { paymentNoticeSchema } from '#schemas/payment-notice.ts';
import { payos } from '#shared/gateways/payos/gateway.ts';
import { anInstant } from '#test/support/attempt-orders.ts';
import { callbackByBody, callbackByQuery } from '#test/support/callback-requests.ts';
import { connectTestAccount } from '#test/support/gateway-account.ts';
import { payosCallback, payosSecret, payosTransfer } from '#test/support/payos-messages.ts';

const connection = connectTestAccount(payos, payosSecret);
const read = (body: string | Uint8Array) => connection.readCallback(callbackByBody(body), anInstant);
const readChanged = (changes: Readonly<Record<string, unknown>>) => read(payosCallback(changes));

const paid = {
  gateway: 'payos',
  merchant: 'ttpvhcc',
  orderRef: '1000000000000301',
  transactionId: 'FT26064123456',
  amountVnd: 75_000,
  result: 'paid',
  resultCode: '00',
  paidAt: '2026-03-05T08:01:07.000Z',
  bankCode: '970436',
};

describe("payOS's callback", () => {
  it('becomes a notice in our own words', () => {
    const reading = readChanged({});
    expect(reading).toEqual({ kind: 'notice', notice: paid });
    expect(reading.kind === 'notice' && paymentNoticeSchema.safeParse(reading.notice).success).toBe(true);
  });

  it.each([
    ['00', 'paid', paid.paidAt],
    ['01', 'failed', null],
    ['0', 'pending', null],
    ['000', 'pending', null],
    ['99', 'pending', null],
  ])('with the signed code %s is %s', (code, result, paidAt) => {
    expect(readChanged({ code })).toMatchObject({ notice: { result, resultCode: code, paidAt } });
  });

  it('is judged by what is signed, whatever stands outside', () => {
    const contradicted = payosCallback()
      .replace('{"code":"00","desc":"success","success":true', '{"code":"01","desc":"failed","success":false')
      .replace(/}$/, ',"orderCode":5,"amount":1}');
    expect(contradicted).toContain('"success":false');
    expect(read(contradicted)).toEqual({ kind: 'notice', notice: paid });
    const praised = payosCallback({ code: '01' });
    expect(read(praised)).toMatchObject({ notice: { result: 'failed' } });
  });

  it('keeps every digit of an order code beyond 2^53', () => {
    const body = payosCallback({ orderCode: '9007199254740993' });
    expect(read(body.replace('"9007199254740993"', '9007199254740993'))).toMatchObject({
      notice: { orderRef: '9007199254740993' },
    });
    expect(read(body.replace('"9007199254740993"', '9007199254740992')).kind).toBe('bad-signature');
  });

  it('names each transfer to a link by its own bank reference', () => {
    const identityOf = (changes: Readonly<Record<string, unknown>>) => {
      const reading = readChanged(changes);
      return reading.kind === 'notice' ? connection.identityOf(reading.notice) : reading.kind;
    };
    expect(identityOf({})).toBe('FT26064123456');
    expect(identityOf({ reference: 'FT2', amount: 500 })).toBe('FT2');
    expect(identityOf({ reference: '' })).toBe('ref:1000000000000301');
  });

  it.each(['', null, 'null', 'undefined', undefined])(
    'has no transaction number when the reference is %j',
    (reference) => {
      expect(readChanged({ reference })).toMatchObject({
        kind: 'notice',
        notice: { transactionId: null, result: 'paid' },
      });
    },
  );

  it.each(['', null, 'yesterday', '2026-02-30 10:00:00', undefined])(
    'keeps the payment when its time is %j',
    (transactionDateTime) => {
      expect(readChanged({ transactionDateTime })).toMatchObject({ notice: { result: 'paid', paidAt: null } });
    },
  );

  it.each(['', null, undefined, 'x'.repeat(41)])('tells no bank when its id is %j', (counterAccountBankId) => {
    const reading = readChanged({ counterAccountBankId });
    expect(reading.kind === 'notice' && 'bankCode' in reading.notice).toBe(false);
  });

  it('takes the sample by which an address is registered for an unknown order, and answers it with success', () => {
    const sample = readChanged({ orderCode: 123, amount: 3000, description: 'VQRIO123', reference: 'TF230204212323' });
    expect(sample).toMatchObject({ kind: 'notice', notice: { orderRef: '123' } });
    expect(connection.attemptRefOf('123')).toBeUndefined();
    expect(connection.answerCallback('unknown_order', callbackByBody(''))).toMatchObject({
      status: 200,
      body: '{"success":true}',
    });
  });

  it.each([
    ['amount', '75k', 'amount must be 1 to 12 digits'],
    ['amount', -75_000, 'amount must be 1 to 12 digits'],
    ['amount', 75_000.5, 'amount must be 1 to 12 digits'],
    ['amount', undefined, 'amount is missing'],
    ['currency', 'USD', 'currency must be VND'],
    ['code', '', 'code is missing'],
    ['code', '0'.repeat(10_000), 'code must be at most 20 characters'],
    ['reference', 'x'.repeat(10_000), 'reference must be at most 100 characters'],
  ])('with %s = %j is malformed: %s', (name, value, why) => {
    expect(readChanged({ [name]: value })).toMatchObject({ kind: 'malformed', orderRef: paid.orderRef, why });
  });

  it('keeps the readable facts of a malformed message for a person', () => {
    expect(readChanged({ orderCode: 'HS-1' })).toEqual({
      kind: 'malformed',
      orderRef: null,
      transactionId: paid.transactionId,
      paidAt: paid.paidAt,
      why: 'orderCode must be 1 to 20 digits',
    });
    expect(readChanged({ amount: 'x', code: '01' })).toMatchObject({ kind: 'malformed', paidAt: null });
    expect(readChanged({ orderCode: undefined, code: undefined, reference: 'x'.repeat(101) })).toMatchObject({
      kind: 'malformed',
      orderRef: null,
      transactionId: null,
      paidAt: null,
    });
  });

  it.each([
    ['is not JSON', 'orderCode=1'],
    ['is empty', ''],
    ['is a list', '[]'],
    ['is null', 'null'],
    ['repeats a key', payosCallback().replace('{', '{"code":"00",')],
    ['repeats a key in its data', payosCallback().replace('"amount":', '"amount":75000,"amount":')],
    ['has no data', '{"signature":"00"}'],
    ['has no signature', JSON.stringify({ data: payosTransfer() })],
    ['has a signature that is null', payosCallback().replace(/"signature":"\w+"/, '"signature":null')],
    ['has a signature that is a number', payosCallback().replace(/"signature":"\w+"/, '"signature":12')],
    ['has data with an object inside', payosCallback().replace('"amount":75000', '"amount":{"value":75000}')],
    ['begins with a byte order mark', `\ufeff${payosCallback()}`],
  ])('is refused when it %s', (_what, body) => {
    expect(read(body)).toMatchObject({ kind: 'bad-signature' });
  });

  it('is not read from the address that the browser comes back to, which payOS does not sign', () => {
    const query = 'code=00&id=a1b2c3d4&cancel=false&status=PAID&orderCode=1000000000000301';
    expect(connection.readCallback(callbackByQuery(query), anInstant)).toMatchObject({ kind: 'bad-signature' });
  });

  it('never repeats its content in the reasons that are logged', () => {
    const marker = 'NGUYEN-VAN-AN';
    for (const name of ['orderCode', 'amount', 'currency', 'code', 'reference']) {
      expect(readChanged({ [name]: marker.repeat(10) })).toMatchObject({ why: expect.not.stringContaining(marker) });
    }
  });

  it.each([
    ['paid', 200, true],
    ['duplicate', 200, true],
    ['amount_mismatch', 200, true],
    ['malformed', 200, true],
    ['bad_signature', 403, false],
    ['expired', 403, false],
    ['unavailable', 500, false],
  ] as const)('that is %s is answered with HTTP %d', (outcome, status, success) => {
    const answer = connection.answerCallback(outcome, callbackByBody(''));
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body)).toEqual({ success });
  });
});
