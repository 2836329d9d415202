import { describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { buildPaymentUrlSearchParams, calculateSecureHash, HashAlgorithm, VNPay, verifySecureHash } from 'vnpay';
import * as z from 'zod';
import { instantSchema } from '#schemas/ids.ts';
import type { HttpAnswer } from '#shared/gateways/http-messages.ts';
import { vnpay } from '#shared/gateways/vnpay/gateway.ts';
import { vnpaySecretSchema } from '#shared/gateways/vnpay/settings.ts';
import { type JsonMessage, signJson, verifyJson } from '#shared/gateways/vnpay/signer.ts';
import { anInstant, anOrder } from '#test/support/attempt-orders.ts';
import { callbackByQuery } from '#test/support/callback-requests.ts';
import { readTestAccount } from '#test/support/gateway-account.ts';
import { vnpayCallback, vnpayCallbackFields } from '#test/support/vnpay-messages.ts';
import { randomText, witnessSecrets } from '#test/support/witness-secrets.ts';

type Fields = Readonly<Record<string, string | number>>;

const { settings } = readTestAccount(vnpay);
const secrets = await witnessSecrets('vnpay', vnpaySecretSchema, {
  tmnCode: randomText().slice(0, 8),
  hashSecret: randomText(),
});
const anyText = fc.string({ unit: 'binary', minLength: 1, maxLength: 255 });
const orderRef = '1000000000000301';

/** The form in which the package takes a callback: a parsed query. */
const parsedQuerySchema = z.looseObject({
  vnp_OrderInfo: z.string().default(''),
  vnp_TxnRef: z.string().default(''),
  vnp_Amount: z.string().default(''),
  vnp_ResponseCode: z.string().default(''),
  vnp_SecureHash: z.string().default(''),
});
const parseQuery = (query: string) => parsedQuerySchema.parse(Object.fromEntries(new URLSearchParams(query)));

/** A callback with each of its fields changed, left out, or added to. */
function alterationsOf(query: string): readonly string[] {
  const fields = query.split('&');
  const altered = fields.flatMap((field, at) => [
    fields.with(at, `${field}1`).join('&'),
    fields.toSpliced(at, 1).join('&'),
    fields.with(at, field.replace(/=.*/, '=0')).join('&'),
  ]);
  return [...altered, `${query}&vnp_New=1`];
}

describe.each(secrets)('the package "vnpay" and our adapter, with $title', ({ secret }) => {
  const witness = new VNPay({ tmnCode: secret.tmnCode, secureSecret: secret.hashSecret, testMode: true });
  const connection = vnpay.connect({ merchant: 'ttpvhcc', settings, secrets: [secret] });
  const witnessAccepts = (query: string) => witness.verifyIpnCall(parseQuery(query)).isVerified;
  const readingOf = (query: string) => connection.readCallback(callbackByQuery(query), anInstant).kind;
  /** A callback that the package signed. */
  const signedByWitness = (fields: Readonly<Record<string, string>>) => {
    const data = buildPaymentUrlSearchParams(fields).toString();
    const hash = calculateSecureHash({
      secureSecret: secret.hashSecret,
      data,
      hashAlgorithm: HashAlgorithm.SHA512,
      bufferEncode: 'utf-8',
    });
    return `${data}&vnp_SecureHash=${hash}`;
  };
  const fieldsOfOurs = (changes: Readonly<Record<string, string>> = {}) =>
    vnpayCallbackFields({ vnp_TmnCode: secret.tmnCode, ...changes });

  it('make the same payment address of one order, to the character', () => {
    const order = anOrder();
    const opening = connection.openAttempt(order);
    if (opening.kind !== 'redirect') throw new Error('VNPAY opens attempts by an address');

    const theirs = witness.buildPaymentUrl({
      vnp_Amount: order.amountVnd,
      vnp_TxnRef: order.gatewayRef,
      vnp_OrderInfo: order.description,
      vnp_ReturnUrl: order.returnUrl,
      vnp_IpAddr: order.clientIp,
      vnp_CreateDate: 20_261_122_091_530,
      vnp_ExpireDate: 20_261_122_093_030,
    });

    expect(opening.url).toBe(theirs);
  });

  it('make the same payment address whatever is paid for, and the package verifies ours', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 9_999_999_999 }), (orderInfo, amountVnd) => {
        const shared = {
          vnp_OrderInfo: orderInfo,
          vnp_TxnRef: orderRef,
          vnp_ReturnUrl: 'https://bienlai.example.vn/return/vnpay/ttpvhcc?x=1&y=á',
          vnp_IpAddr: '203.0.113.7',
        };
        const dates = { vnp_CreateDate: 20_261_122_091_530, vnp_ExpireDate: 20_261_122_093_030 };
        const { url = '' } =
          vnpay.wire['create']?.({ ...shared, ...dates, vnp_OrderType: 'other', amountVnd }, secret) ?? {};
        const [, data = '', receivedHash = ''] = /\?(.*)&vnp_SecureHash=(.*)$/.exec(url) ?? [];

        expect(url).toBe(witness.buildPaymentUrl({ ...shared, ...dates, vnp_Amount: amountVnd }));
        expect(
          verifySecureHash({
            secureSecret: secret.hashSecret,
            data,
            hashAlgorithm: HashAlgorithm.SHA512,
            receivedHash,
          }),
        ).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('believe each other’s callbacks, whatever they say', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 9_999_999_999 }), (orderInfo, amountVnd) => {
        const fields = fieldsOfOurs({ vnp_OrderInfo: orderInfo, vnp_Amount: String(amountVnd * 100) });

        expect(witnessAccepts(vnpayCallback(fields, secret.hashSecret))).toBe(true);
        expect(connection.readCallback(callbackByQuery(signedByWitness(fields)), anInstant)).toMatchObject({
          kind: 'notice',
          notice: { orderRef, amountVnd, result: 'paid' },
        });
      }),
      { numRuns: 200 },
    );
  });

  it('both refuse a callback in which anything was changed', () => {
    const genuine = vnpayCallback(fieldsOfOurs(), secret.hashSecret);
    const altered = alterationsOf(genuine).filter((query) => parseQuery(query).vnp_Amount !== '');
    expect(altered.length).toBeGreaterThan(30);
    for (const query of altered) {
      expect({ query, isVerified: witnessAccepts(query) }).toEqual({ query, isVerified: false });
      expect({ query, reading: readingOf(query) }).toEqual({ query, reading: 'bad-signature' });
    }
  });

  it('both refuse the callback of another secret', () => {
    const forged = vnpayCallback(fieldsOfOurs(), `${secret.hashSecret}0`);
    expect([witnessAccepts(forged), readingOf(forged)]).toEqual([false, 'bad-signature']);
  });

  it('differ where the package hashes parameters that VNPAY did not send', () => {
    // Official samples sign `vnp_` names alone (specification §1.2): whoever appends a tracking parameter breaks nothing.
    const tracked = `${vnpayCallback(fieldsOfOurs(), secret.hashSecret)}&fbclid=1`;
    expect([witnessAccepts(tracked), readingOf(tracked)]).toEqual([false, 'notice']);
  });

  describe('in messages between servers', () => {
    /** Lets the package speak to a VNPAY that gives this answer, and returns what it sent. */
    async function exchange<Result>(answer: object, call: () => Promise<Result>) {
      const fetching = jest.spyOn(globalThis, 'fetch').mockResolvedValue(Response.json(answer));
      try {
        const result = await call();
        const body = z.string().parse(fetching.mock.calls[0]?.[1]?.body);
        return { result, sent: textsOf(JSON.parse(body)) };
      } finally {
        fetching.mockRestore();
      }
    }
    const question = {
      gatewayRef: orderRef,
      amountVnd: anOrder().amountVnd,
      openedAt: anInstant,
      requestId: 'rq20261122093100',
      askedAt: instantSchema.parse('2026-11-22T02:31:00.000Z'),
    };
    const askWitness = (answer: object) =>
      exchange(answer, () =>
        witness.queryDr({
          vnp_RequestId: question.requestId,
          vnp_TxnRef: orderRef,
          vnp_OrderInfo: `Truy van ${orderRef}`,
          vnp_TransactionDate: 20_261_122_091_530,
          vnp_CreateDate: 20_261_122_093_100,
          vnp_IpAddr: '127.0.0.1',
          vnp_TransactionNo: 0,
        }),
      );
    const refund = {
      vnp_RequestId: 'rf20261123091530',
      vnp_TransactionType: '03',
      vnp_TxnRef: orderRef,
      vnp_TransactionDate: 20_261_122_091_530,
      vnp_CreateBy: 'ke-toan-1',
      vnp_CreateDate: 20_261_123_091_530,
      vnp_IpAddr: '203.0.113.7',
      vnp_OrderInfo: 'Hoàn phí & lệ phí "đất" = 50%',
    };
    const refundByWitness = (answer: object, changes: { readonly vnp_TransactionNo?: number } = {}) =>
      exchange(answer, () => witness.refund({ ...refund, ...changes, vnp_Amount: 10_000 }));
    const answerValues = (changes: Fields = {}): Fields => ({
      vnp_ResponseId: 'r1',
      vnp_Command: 'querydr',
      vnp_ResponseCode: '00',
      vnp_Message: 'QueryDR Success',
      vnp_TmnCode: secret.tmnCode,
      vnp_TxnRef: orderRef,
      vnp_Amount: 2_800_000,
      vnp_BankCode: 'NCB',
      vnp_PayDate: '20261122091600',
      vnp_TransactionNo: 14_831_393,
      vnp_TransactionType: '01',
      vnp_TransactionStatus: '00',
      vnp_OrderInfo: 'Nộp phí | hồ sơ',
      ...changes,
    });
    const signedAnswer = (message: JsonMessage, values: Fields) => ({
      ...values,
      vnp_SecureHash: signJson(message, values, secret.hashSecret),
    });

    it('ask the same question with the same signature', async () => {
      const { sent } = await askWitness({});
      expect(sent).toMatchObject(textsOf(JSON.parse(connection.askAttempt?.(question).request.body ?? '')));
    });

    it('believe the same answer to a question, and neither believes it when a value was changed', async () => {
      const genuine = signedAnswer('queryAnswer', answerValues());
      const ours = (answer: object) => connection.askAttempt?.(question).readAnswer(answerOf(answer)).kind;
      expect((await askWitness(genuine)).result.isVerified).toBe(true);
      expect(ours(genuine)).toBe('notice');
      for (const [name, value] of Object.entries(answerValues())) {
        const altered = { ...genuine, [name]: `${value}1` };
        expect([name, ours(altered)]).toEqual([name, 'unknown']);
        // The package takes the terminal from its own configuration, whatever the answer says.
        const isVerified = name === 'vnp_TmnCode';
        expect([name, (await askWitness(altered)).result.isVerified]).toEqual([name, isVerified]);
      }
    });

    it.each([{}, { vnp_TransactionNo: 14_831_393 }])(
      'order the same refund with the same signature: %j',
      async (named) => {
        const { sent } = await refundByWitness({}, named);
        const fields = {
          ...refund,
          ...named,
          vnp_TransactionDate: String(refund.vnp_TransactionDate),
          vnp_CreateDate: String(refund.vnp_CreateDate),
          vnp_Amount: 1_000_000,
        };
        expect(sent).toEqual(textsOf(vnpay.wire['refund']?.(fields, secret).body));
      },
    );

    it('differ about the amount in the answer to a refund, which the package divides before it verifies', async () => {
      const verdicts = async (values: Fields, answer: Fields) => [
        (await refundByWitness(answer)).result.isVerified,
        verifyJson('refundAnswer', { ...values, vnp_SecureHash: answer['vnp_SecureHash'] }, [secret.hashSecret]),
      ];
      const genuine = answerValues({ vnp_Command: 'refund', vnp_Amount: 1_000_000 });
      expect(await verdicts(genuine, signedAnswer('refundAnswer', genuine))).toEqual([false, true]);

      // Where there is nothing to divide, they agree: the rest of the text is the same (specification §1.8).
      const { vnp_Amount: _divided, ...others } = genuine;
      expect(await verdicts(others, signedAnswer('refundAnswer', others))).toEqual([true, true]);
    });
  });
});

/** Values as they enter a signed text: the package sends dates as numbers. */
function textsOf(body: unknown): Readonly<Record<string, string>> {
  return z.record(z.string(), z.coerce.string()).parse(body);
}

function answerOf(content: object): HttpAnswer {
  return { status: 200, headers: {}, body: JSON.stringify(content) };
}
