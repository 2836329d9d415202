import { describe, expect, it } from '@jest/globals';
import { paymentNoticeSchema } from '#schemas/payment-notice.ts';
import { encodeForm } from '#shared/gateways/form-fields.ts';
import { resultCodes } from '#shared/gateways/momo/codes.ts';
import { momo } from '#shared/gateways/momo/gateway.ts';
import { type MomoValues, signMessage } from '#shared/gateways/momo/signer.ts';
import { anInstant } from '#test/support/attempt-orders.ts';
import { callbackByBody, callbackByQuery } from '#test/support/callback-requests.ts';
import { connectTestAccount } from '#test/support/gateway-account.ts';
import { momoCallback, momoCallbackValues, momoSecret } from '#test/support/momo-messages.ts';

const connection = connectTestAccount(momo, momoSecret);
const read = (body: string | Uint8Array) => connection.readCallback(callbackByBody(body), anInstant);
const readChanged = (changes: MomoValues) => read(momoCallback(changes));

/** A genuine body in which one field stands as the given JSON text. */
function bodyWithLiteral(name: string, json: string, signedAs: string): string {
  return momoCallback({ [name]: signedAs }).replace(`"${name}":${JSON.stringify(signedAs)}`, `"${name}":${json}`);
}

describe("MoMo's callback", () => {
  it('becomes a notice in our own words', () => {
    const reading = readChanged({});
    expect(reading).toEqual({
      kind: 'notice',
      notice: {
        gateway: 'momo',
        merchant: 'ttpvhcc',
        orderRef: '1000000000000301',
        transactionId: '4088878653',
        amountVnd: 75_000,
        result: 'paid',
        resultCode: '0',
        paidAt: '2026-03-05T07:52:58.942Z',
      },
    });
    expect(reading.kind === 'notice' && paymentNoticeSchema.safeParse(reading.notice).success).toBe(true);
  });

  it('is paid with code 0 alone, and in doubt with a code that is new', () => {
    for (const code of [...resultCodes.keys(), '00', '0.0', '-0', '1', '5555']) {
      const reading = read(bodyWithLiteral('resultCode', JSON.stringify(code), code));
      const result = reading.kind === 'notice' ? reading.notice.result : reading.kind;
      expect([code, result]).toEqual([code, resultCodes.get(code)?.payment ?? 'pending']);
      expect(result === 'paid').toBe(code === '0');
    }
  });

  it.each([9000, 1000, 7000, 7002, 8000])('with code %d is pending and has no time of payment', (resultCode) => {
    expect(readChanged({ resultCode })).toMatchObject({ notice: { result: 'pending', paidAt: null } });
  });

  it('keeps every digit of a transaction number beyond 2^53', () => {
    const body = bodyWithLiteral('transId', '12345678901234567891', '12345678901234567891');
    expect(read(body)).toMatchObject({ notice: { transactionId: '12345678901234567891' } });
    expect(read(body.replace('67891', '67892'))).toMatchObject({ kind: 'bad-signature' });
  });

  it.each([0, ''])('has no transaction number when transId is %j', (transId) => {
    expect(readChanged({ transId, resultCode: 1005 })).toMatchObject({ notice: { transactionId: null } });
  });

  it('takes digits in a string for a number', () => {
    expect(readChanged({ amount: '75000' })).toMatchObject({ notice: { amountVnd: 75_000 } });
  });

  it.each([0, -1, '', 'now', '99999999999999999'])('keeps the payment when responseTime is %j', (responseTime) => {
    const paidAt = responseTime === 0 ? '1970-01-01T00:00:00.000Z' : null;
    expect(readChanged({ responseTime })).toMatchObject({ kind: 'notice', notice: { result: 'paid', paidAt } });
  });

  it('names the partner when it is not ours', () => {
    expect(readChanged({ partnerCode: 'MOMOSOMEONEELSE' })).toMatchObject({
      kind: 'notice',
      foreignAccount: 'MOMOSOMEONEELSE',
    });
  });

  it.each([
    ['amount', '75k', 'amount must be 1 to 12 digits'],
    ['amount', -75_000, 'amount must be 1 to 12 digits'],
    ['amount', '75000.0', 'amount must be 1 to 12 digits'],
    ['amount', 1_000_000_000_000, 'amount must be 1 to 12 digits'],
    ['transId', '-1', 'transId must be digits'],
    ['resultCode', '', 'resultCode is missing'],
    ['resultCode', '0'.repeat(10_000), 'resultCode must be at most 20 characters'],
    ['partnerCode', '', 'partnerCode is missing'],
  ])('with %s = %j is malformed: %s', (name, value, why) => {
    expect(readChanged({ [name]: value })).toMatchObject({ kind: 'malformed', orderRef: '1000000000000301', why });
  });

  it('keeps the readable facts of a malformed message for a person', () => {
    expect(readChanged({ orderId: 'x'.repeat(10_000) })).toEqual({
      kind: 'malformed',
      orderRef: null,
      transactionId: '4088878653',
      paidAt: '2026-03-05T07:52:58.942Z',
      why: 'orderId must be at most 100 characters',
    });
  });

  it.each([
    ['is not JSON', 'amount=75000&signature=00'],
    ['is empty', ''],
    ['is a list', '[]'],
    ['is null', 'null'],
    ['repeats a key', momoCallback().replace('{', '{"amount":1,')],
    ['repeats a key with the same value', momoCallback().replace('{', '{"amount":75000,')],
    ['has a signed field that is an object', bodyWithLiteral('orderInfo', '{}', '[object Object]')],
    ['has a signed field that is null', bodyWithLiteral('extraData', 'null', 'null')],
    ['has a signature that is null', momoCallback().replace(/"signature":"\w+"/, '"signature":null')],
    ['has a signature that is a number', momoCallback().replace(/"signature":"\w+"/, '"signature":12')],
    ['has no signature', JSON.stringify(momoCallbackValues())],
    ['has an access key of its own', momoCallback().replace('{', '{"accessKey":"x",').replace('75000', '75001')],
    ['begins with a byte order mark', `\ufeff${momoCallback()}`],
  ])('is refused when it %s', (_what, body) => {
    expect(read(body)).toMatchObject({ kind: 'bad-signature' });
  });

  it('is refused when it is not UTF-8, and the next one is read again', () => {
    const body = new TextEncoder().encode(momoCallback());
    expect(read(Uint8Array.of(...body.slice(0, -2), 0xff, ...body.slice(-2)))).toMatchObject({
      kind: 'bad-signature',
      why: 'the body is not UTF-8',
    });
    expect(read(body)).toMatchObject({ kind: 'notice' });
  });

  it('is read from the query of the return address too', () => {
    const values = momoCallbackValues();
    const texts = Object.entries({ ...values, signature: signMessage('callback', values, momoSecret) });
    const query = encodeForm(texts.map(([name, value]) => ({ name, value: String(value) })));
    const reading = connection.readCallback(callbackByQuery(query), anInstant);
    expect(reading).toEqual(readChanged({}));
    const tampered = callbackByQuery(query.replace('75000', '75001'));
    expect(connection.readCallback(tampered, anInstant)).toMatchObject({ kind: 'bad-signature' });
    expect(connection.readCallback(callbackByQuery(`${query}&amount=1`), anInstant)).toMatchObject({
      kind: 'bad-signature',
    });
  });

  it('never repeats its content in the reasons that are logged', () => {
    const marker = 'NGUYEN-VAN-AN';
    for (const name of ['amount', 'transId', 'resultCode']) {
      expect(readChanged({ [name]: marker.repeat(10) })).toMatchObject({ why: expect.not.stringContaining(marker) });
    }
  });

  it('is answered by a status without a body', () => {
    const request = callbackByBody('');
    expect(connection.answerCallback('paid', request)).toEqual({ status: 204, headers: {}, body: '' });
    expect(connection.answerCallback('unknown_order', request).status).toBe(204);
    expect(connection.answerCallback('bad_signature', request).status).toBe(403);
    expect(connection.answerCallback('unavailable', request).status).toBe(500);
  });
});
