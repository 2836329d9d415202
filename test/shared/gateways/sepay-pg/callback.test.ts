import { describe, expect, it } from '@jest/globals';
import { paymentNoticeSchema } from '#schemas/payment-notice.ts';
import { sepayPg } from '#shared/gateways/sepay-pg/gateway.ts';
import { anInstant } from '#test/support/attempt-orders.ts';
import { callbackByBody } from '#test/support/callback-requests.ts';
import { connectTestAccount } from '#test/support/gateway-account.ts';
import { sepayPgCallback, sepayPgNotification, sepayPgSecret } from '#test/support/sepay-pg-messages.ts';

const connection = connectTestAccount(sepayPg, sepayPgSecret);
const readBody = (body: string) => connection.readCallback(sepayPgCallback(body), anInstant);
const readChanged = (...changes: Parameters<typeof sepayPgNotification>) =>
  readBody(JSON.stringify(sepayPgNotification(...changes)));

describe("the SePay gateway's callback", () => {
  it('becomes a notice in our own words', () => {
    const reading = readChanged();
    expect(reading).toEqual({
      kind: 'notice',
      notice: {
        gateway: 'sepay-pg',
        merchant: 'ttpvhcc',
        orderRef: '1000000000000301',
        transactionId: '384c66dd-41e6-4316-a544-b4141682595c',
        amountVnd: 75_000,
        result: 'paid',
        resultCode: 'ORDER_PAID/CAPTURED/APPROVED',
        paidAt: '2026-11-22T02:20:33.000Z',
      },
    });
    expect(reading.kind === 'notice' && paymentNoticeSchema.safeParse(reading.notice).success).toBe(true);
  });

  it.each([
    ['ORDER_PAID, CAPTURED, PAYMENT, APPROVED', 'paid'],
    ['ORDER_PAID, CAPTURED, PAYMENT, DECLINED', 'failed'],
    ['ORDER_PAID, AUTHENTICATION_NOT_NEEDED, PAYMENT, APPROVED', 'pending'],
    ['ORDER_PAID, CAPTURED, PAYMENT, REVERSED', 'pending'],
    ['ORDER_PAID, CAPTURED, REFUND, APPROVED', 'voided'],
    ['ORDER_PAID, CAPTURED, TRANSFER, APPROVED', 'pending'],
    ['TRANSACTION_VOID, CAPTURED, PAYMENT, APPROVED', 'voided'],
    ['ORDER_RENEWED, CAPTURED, PAYMENT, APPROVED', 'pending'],
    ['order_paid, captured, payment, approved', 'pending'],
  ])('with %s is %s', (words, result) => {
    const [notification, order, type, transaction] = words.split(', ');
    const reading = readChanged(
      { notification_type: notification },
      { order_status: order },
      { transaction_type: type, transaction_status: transaction },
    );
    expect(reading).toMatchObject({ kind: 'notice', notice: { result } });
    if (reading.kind !== 'notice') return;
    expect(reading.notice.paidAt !== null).toBe(result === 'paid');
    expect(paymentNoticeSchema.safeParse(reading.notice).success).toBe(true);
  });

  it.each(['75000', '75000.0', '75000.00', 75_000])('reads %j as 75 000 đồng', (amount) => {
    expect(readChanged({}, { order_amount: amount }, { transaction_amount: amount })).toMatchObject({
      notice: { amountVnd: 75_000, result: 'paid' },
    });
  });

  it.each(['75000.50', '75000.001', '75.000', '7.5e4', '75,000', '-75000', '', null, 75_000.5])(
    'is malformed when the amount is %j, and never rounded',
    (amount) => {
      expect(readChanged({}, { order_amount: amount }, { transaction_amount: amount })).toMatchObject({
        kind: 'malformed',
        orderRef: '1000000000000301',
        transactionId: '384c66dd-41e6-4316-a544-b4141682595c',
        paidAt: '2026-11-22T02:20:33.000Z',
      });
    },
  );

  it('is malformed when less came than the order was for', () => {
    expect(readChanged({}, {}, { transaction_amount: '7500' })).toMatchObject({
      kind: 'malformed',
      why: 'transaction.transaction_amount differs from order.order_amount',
    });
  });

  it('tells of a void in parts by the amount of the order, which finds its payment', () => {
    expect(readChanged({}, {}, { transaction_type: 'REFUND', transaction_amount: '1000' })).toMatchObject({
      notice: { result: 'voided', amountVnd: 75_000 },
    });
  });

  it.each([
    [{ order_currency: 'USD' }, {}, 'order.order_currency must be VND'],
    [{ order_invoice_number: null }, {}, 'order.order_invoice_number is missing'],
    [{ order_status: undefined }, {}, 'order.order_status is missing'],
    [{}, { id: '' }, 'transaction.id is missing'],
    [{}, { transaction_status: 'x'.repeat(41) }, 'transaction.transaction_status must be at most 40 characters'],
  ])('with %j and %j is malformed: %s', (order, transaction, why) => {
    expect(readChanged({}, order, transaction)).toMatchObject({ kind: 'malformed', why });
  });

  it('is malformed without the parts that it is made of, and keeps what it has', () => {
    expect(readChanged({ transaction: undefined })).toMatchObject({
      kind: 'malformed',
      orderRef: '1000000000000301',
      transactionId: null,
      paidAt: null,
    });
    for (const body of ['', '[]', 'null', '{"order":1}', '{"a":1,"a":1}']) {
      expect(readBody(body)).toMatchObject({ kind: 'malformed', orderRef: null, transactionId: null, paidAt: null });
    }
  });

  it.each([undefined, '', 'pgs-7Kq2Xv9Mz', 'pgs-7Kq2Xv9Mz44', 'PGS-7KQ2XV9MZ4'])(
    'is refused with %j as its key',
    (key) => {
      const body = JSON.stringify(sepayPgNotification());
      const request = { ...sepayPgCallback(body), headers: { 'x-secret-key': key } };
      expect(connection.readCallback(request, anInstant)).toMatchObject({ kind: 'bad-signature' });
    },
  );

  it.each([
    ['paid', 200, true],
    ['voided', 200, true],
    ['amount_mismatch', 200, true],
    ['bad_signature', 401, false],
    ['unavailable', 500, false],
  ] as const)('is answered, when it is %s, with %d', (outcome, status, success) => {
    const answer = connection.answerCallback(outcome, callbackByBody(''));
    expect([answer.status, JSON.parse(answer.body)]).toEqual([status, { success }]);
  });
});
