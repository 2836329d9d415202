import { describe, expect, it } from '@jest/globals';
import { instantSchema } from '#schemas/ids.ts';
import { paymentNoticeSchema } from '#schemas/payment-notice.ts';
import { zalopay } from '#shared/gateways/zalopay/gateway.ts';
import { signCallbackBody } from '#shared/gateways/zalopay/signer.ts';
import { anInstant } from '#test/support/attempt-orders.ts';
import { callbackByBody, callbackByQuery } from '#test/support/callback-requests.ts';
import { connectTestAccount, readTestAccount } from '#test/support/gateway-account.ts';
import { zalopayCallback, zalopayContent, zalopayReturn, zalopaySecret } from '#test/support/zalopay-messages.ts';

const connection = connectTestAccount(zalopay, zalopaySecret);
const read = (body: string | Uint8Array) => connection.readCallback(callbackByBody(body), anInstant);
const readChanged = (changes: Readonly<Record<string, unknown>>) => read(zalopayCallback(changes));
const readData = (data: string) => read(signCallbackBody(data, zalopaySecret.key2));

const paid = {
  gateway: 'zalopay',
  merchant: 'ttpvhcc',
  orderRef: '260305_1000000000000301',
  transactionId: '260305000000389',
  amountVnd: 75_000,
  result: 'paid',
  resultCode: '1',
  paidAt: '2026-03-05T07:52:58.942Z',
};

describe("ZaloPay's callback", () => {
  it('becomes a notice in our own words', () => {
    const reading = readChanged({});
    expect(reading).toEqual({ kind: 'notice', notice: paid });
    expect(reading.kind === 'notice' && paymentNoticeSchema.safeParse(reading.notice).success).toBe(true);
  });

  it('keeps every digit of a transaction number beyond 2^53', () => {
    const data = JSON.stringify(zalopayContent()).replace('260305000000389', '12345678901234567891');
    expect(readData(data)).toMatchObject({ notice: { transactionId: '12345678901234567891' } });
  });

  it('takes digits in a string for a number', () => {
    expect(readChanged({ amount: '75000', zp_trans_id: '389', app_id: '2701' })).toMatchObject({
      kind: 'notice',
      notice: { amountVnd: 75_000, transactionId: '389' },
    });
  });

  it.each([undefined, null, '', 'now', -1, '99999999999999999'])(
    'keeps the payment when server_time is %j',
    (server_time) => {
      expect(readChanged({ server_time })).toMatchObject({ kind: 'notice', notice: { result: 'paid', paidAt: null } });
    },
  );

  it('leaves the type aside, which nobody signed', () => {
    for (const type of ['2', '"order"', 'null']) {
      expect(read(zalopayCallback().replace('"type":1', `"type":${type}`))).toEqual({ kind: 'notice', notice: paid });
    }
  });

  it('names the app when it is not ours', () => {
    expect(readChanged({ app_id: 9999 })).toMatchObject({ kind: 'notice', foreignAccount: '9999' });
  });

  it('is of a live app as long as one of its secrets is', () => {
    const rotating = connectTestAccount(zalopay, { appId: '1', key1: 'a', key2: 'b' }, zalopaySecret);
    expect(rotating.readCallback(callbackByBody(zalopayCallback()), anInstant)).toEqual({
      kind: 'notice',
      notice: paid,
    });
  });

  it.each([
    ['amount', '75.000', 'amount must be 1 to 12 digits'],
    ['amount', -75_000, 'amount must be 1 to 12 digits'],
    ['amount', 75_000.5, 'amount must be 1 to 12 digits'],
    ['amount', undefined, 'amount must be 1 to 12 digits'],
    ['amount', 1_000_000_000_000, 'amount must be 1 to 12 digits'],
    ['zp_trans_id', '-1', 'zp_trans_id must be digits'],
    ['app_id', null, 'app_id is missing'],
  ])('with %s = %j is malformed: %s', (name, value, why) => {
    expect(readChanged({ [name]: value })).toMatchObject({ kind: 'malformed', orderRef: paid.orderRef, why });
  });

  it('keeps the readable facts of a malformed message for a person', () => {
    expect(readChanged({ app_trans_id: 'x'.repeat(10_000), amount: {} })).toMatchObject({
      kind: 'malformed',
      orderRef: null,
      transactionId: paid.transactionId,
      paidAt: paid.paidAt,
      why: expect.stringContaining('app_trans_id must be at most 100 characters'),
    });
    expect(readChanged({ zp_trans_id: [], server_time: {} })).toMatchObject({
      kind: 'malformed',
      orderRef: paid.orderRef,
      transactionId: null,
      paidAt: null,
    });
  });

  it.each([
    ['no JSON', 'app_id=2701'],
    ['nothing', ''],
    ['a list', '[]'],
    ['null', 'null'],
    ['a number', '5'],
    ['JSON with a repeated key', JSON.stringify(zalopayContent()).replace('{', '{"amount":75000,')],
  ])('is malformed when its signed data is %s', (_what, data) => {
    expect(readData(data)).toEqual({
      kind: 'malformed',
      orderRef: null,
      transactionId: null,
      paidAt: null,
      why: expect.any(String),
    });
  });

  it.each([
    ['is not JSON', 'data=1'],
    ['is empty', ''],
    ['is a list', '[]'],
    ['is null', 'null'],
    ['repeats a key', zalopayCallback().replace('{', '{"type":1,')],
    ['has data that is an object', JSON.stringify({ data: zalopayContent(), mac: '00' })],
    ['has no data', '{"mac":"00","type":1}'],
    ['has no mac', JSON.stringify({ data: '{}', type: 1 })],
    ['has a mac that is null', JSON.stringify({ data: '{}', mac: null, type: 1 })],
    ['is signed with key1', zalopayCallback({}, { ...zalopaySecret, key2: zalopaySecret.key1 })],
    ['has data that was written anew', zalopayCallback().replace('{\\"app_id', '{ \\"app_id')],
    ['begins with a byte order mark', `\ufeff${zalopayCallback()}`],
  ])('is refused when it %s', (_what, body) => {
    expect(read(body)).toMatchObject({ kind: 'bad-signature' });
  });

  it('may be escaped in any way outside its data', () => {
    const escaped = zalopayCallback().replace('\\"app_id\\"', '\\u0022app_id\\u0022');
    expect(read(escaped)).toEqual({ kind: 'notice', notice: paid });
  });

  it('never repeats its content in the reasons that are logged', () => {
    const marker = 'NGUYEN-VAN-AN';
    for (const name of ['amount', 'zp_trans_id', 'app_trans_id', 'app_id']) {
      expect(readChanged({ [name]: marker.repeat(10) })).toMatchObject({ why: expect.not.stringContaining(marker) });
    }
  });

  it.each([
    ['paid', 1],
    ['review', 1],
    ['ignored', 1],
    ['duplicate', 2],
    ['unavailable', 0],
    ['bad_signature', -1],
    ['unknown_order', -1],
    ['amount_mismatch', -1],
    ['malformed', -1],
  ] as const)(
    'that is %s is answered with HTTP 200 and return_code %d: 0 alone asks for another call',
    (outcome, code) => {
      const answer = connection.answerCallback(outcome, callbackByBody(''));
      expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'application/json; charset=utf-8' } });
      expect(JSON.parse(answer.body)).toEqual({ return_code: code, return_message: expect.any(String) });
    },
  );
});

describe('the address that ZaloPay sends the browser back to', () => {
  const readReturn = (query: string) => connection.readCallback(callbackByQuery(query), anInstant);

  it('is shown, but settles nothing: at best it is pending', () => {
    expect(readReturn(zalopayReturn())).toEqual({
      kind: 'notice',
      notice: { ...paid, transactionId: null, result: 'pending', paidAt: null },
    });
  });

  it.each([
    ['1', 'pending'],
    ['3', 'pending'],
    ['0', 'pending'],
    ['2', 'ignored'],
    ['-49', 'ignored'],
  ])('with status %s is %s', (status, result) => {
    expect(readReturn(zalopayReturn({ status }))).toMatchObject({ notice: { result, resultCode: status } });
  });

  it('is signed with key1 when the settings say so', () => {
    const { settings } = readTestAccount(zalopay);
    const merchant = { merchant: 'ttpvhcc', settings: { ...settings, returnKey: 'key1' }, secrets: [zalopaySecret] };
    const other = zalopay.connect(merchant);
    expect(other.readCallback(callbackByQuery(zalopayReturn({}, zalopaySecret.key1)), anInstant).kind).toBe('notice');
    expect(other.readCallback(callbackByQuery(zalopayReturn()), anInstant).kind).toBe('bad-signature');
    expect(readReturn(zalopayReturn({}, zalopaySecret.key1)).kind).toBe('bad-signature');
  });

  it('may carry parameters of others, but none twice', () => {
    expect(readReturn(`${zalopayReturn()}&utm_source=zalo`).kind).toBe('notice');
    expect(readReturn(`${zalopayReturn()}&amount=75000`).kind).toBe('bad-signature');
    expect(readReturn(zalopayReturn().replace('75000', '75001')).kind).toBe('bad-signature');
    expect(readReturn('').kind).toBe('bad-signature');
  });

  it('names the app when it is not ours, and is malformed when it cannot be read', () => {
    expect(readReturn(zalopayReturn({ appid: '9999' }))).toMatchObject({ foreignAccount: '9999' });
    expect(readReturn(zalopayReturn({ amount: '75k' }))).toMatchObject({ kind: 'malformed', orderRef: null });
  });
});

describe("ZaloPay's order reference", () => {
  it('is our own behind the Vietnamese day of its making', () => {
    const pastMidnight = instantSchema.parse('2026-11-22T17:30:00.000Z');
    expect(connection.gatewayRefOf('1000000000000301', anInstant)).toBe('261122_1000000000000301');
    expect(connection.gatewayRefOf('1000000000000301', pastMidnight)).toBe('261123_1000000000000301');
  });

  it.each([
    '1000000000000301',
    '261122_',
    '261122_1000000000000901',
    '26112_1000000000000301',
    '261122_261122_1000000000000301',
    '261122-1000000000000301',
  ])('is none of ours as %j', (foreign) => {
    expect(connection.attemptRefOf(foreign)).toBeUndefined();
  });
});
