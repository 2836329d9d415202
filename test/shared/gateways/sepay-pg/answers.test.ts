import { describe, expect, it } from '@jest/globals';
import { readOrderAnswer } from '#shared/gateways/sepay-pg/answers.ts';
import { sepayPg } from '#shared/gateways/sepay-pg/gateway.ts';
import { sepayPgAccountSchema } from '#shared/gateways/sepay-pg/settings.ts';
import { readTestAccount } from '#test/support/gateway-account.ts';
import { sepayPgNotification, sepayPgSecret } from '#test/support/sepay-pg-messages.ts';

const orderRef = '1000000000000301';
const account = sepayPgAccountSchema.parse({
  merchant: 'ttpvhcc',
  settings: readTestAccount(sepayPg).settings,
  secrets: [sepayPgSecret],
});

type Changes = Readonly<Record<string, unknown>>;

const aPayment = (changes: Changes = {}) => sepayPgNotification({}, {}, changes).transaction;

/** SePay's answer about an order of 75 000 đồng, with its transactions. */
function read(transactions: readonly Changes[], changes: Changes = {}, status = 200) {
  const { order } = sepayPgNotification({}, changes);
  const body = JSON.stringify({ data: { ...order, transactions } });
  return readOrderAnswer({ status, headers: {}, body }, orderRef, account);
}

describe('an answer about an order at SePay', () => {
  it('tells of the same money as the IPN', () => {
    expect(read([aPayment()])).toEqual({
      kind: 'notice',
      notice: {
        gateway: 'sepay-pg',
        merchant: 'ttpvhcc',
        orderRef,
        transactionId: '384c66dd-41e6-4316-a544-b4141682595c',
        amountVnd: 75_000,
        result: 'paid',
        resultCode: 'CAPTURED/APPROVED',
        paidAt: '2026-11-22T02:20:33.000Z',
      },
    });
  });

  it('tells of every payment of an order that was paid twice, and of no declined one', () => {
    const reading = read([
      aPayment({ transaction_status: 'DECLINED', id: 'd' }),
      aPayment(),
      aPayment({ id: 'second' }),
    ]);

    expect(reading).toMatchObject({ more: [{ transactionId: 'second', result: 'paid' }] });
  });

  it('tells the sum that was paid, which may be another than was asked for', () => {
    expect(read([aPayment({ transaction_amount: '74000.00' })])).toMatchObject({ notice: { amountVnd: 74_000 } });
  });

  it.each([
    ['CANCELLED', 'failed'],
    ['FAILED', 'failed'],
    ['VOIDED', 'voided'],
    ['AUTHENTICATION_NOT_NEEDED', 'pending'],
    ['PENDING', 'pending'],
    ['A_WORD_OF_TOMORROW', 'pending'],
  ])('takes the state %s without a payment for %s', (status, result) => {
    expect(read([], { order_status: status })).toMatchObject({
      notice: { result, resultCode: status, transactionId: null, paidAt: null },
    });
  });

  it('leaves an order open whose state says no while it shows money', () => {
    expect(read([aPayment()], { order_status: 'CANCELLED' })).toMatchObject({ notice: { result: 'pending' } });
  });

  it('confirms no order whose money went back', () => {
    const refund = aPayment({ transaction_type: 'REFUND', id: 'back' });

    expect(read([aPayment(), refund])).toMatchObject({ notice: { result: 'voided' } });
    expect(read([aPayment(), { ...refund, transaction_status: 'DECLINED' }])).toMatchObject({
      notice: { result: 'paid' },
    });
  });

  it.each([
    ['another order', read([aPayment()], { order_invoice_number: '1000000000000401' })],
    ['another currency', read([aPayment()], { order_currency: 'USD' })],
    ['a paid order without a payment', read([])],
    ['a payment without a number', read([aPayment({ id: '' })])],
    ['a fraction of a đồng', read([aPayment({ transaction_amount: '75000.50' })])],
    ['a status that is no success', read([aPayment()], {}, 404)],
    ['an error of its own', readOrderAnswer({ status: 200, headers: {}, body: '{"message":"no"}' }, orderRef, account)],
  ])('is unknown when it is about %s', (_what, reading) => {
    expect(reading.kind).toBe('unknown');
  });
});
