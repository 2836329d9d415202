import { describe, expect, it } from '@jest/globals';
import { readQueryAnswer } from '#shared/gateways/payos/answers.ts';
import { payos } from '#shared/gateways/payos/gateway.ts';
import { payosAccountSchema } from '#shared/gateways/payos/settings.ts';
import { signMessage } from '#shared/gateways/payos/signer.ts';
import { readTestAccount } from '#test/support/gateway-account.ts';
import { aTransfer, payosLink, payosSecret } from '#test/support/payos-messages.ts';

const orderRef = '1000000000000301';
const account = payosAccountSchema.parse({
  merchant: 'ttpvhcc',
  settings: readTestAccount(payos).settings,
  secrets: [{ ...payosSecret, checksumKey: 'newer' }, payosSecret],
});

const read = (body: string, status = 200) => readQueryAnswer({ status, headers: {}, body }, orderRef, account);
const query = (changes: Readonly<Record<string, unknown>> = {}) => read(signMessage(payosLink(changes), payosSecret));

const paid = {
  gateway: 'payos',
  merchant: 'ttpvhcc',
  orderRef,
  transactionId: 'FT26326123456',
  amountVnd: 28_000,
  result: 'paid',
  resultCode: 'PAID',
  paidAt: '2026-11-22T02:20:00.000Z',
};

describe("payOS's answer to a query", () => {
  it('gives a notice of the transfer', () => {
    expect(query()).toEqual({ kind: 'notice', notice: paid });
  });

  it('gives a notice of each transfer with its own amount, whatever the link has become', () => {
    const transactions = [aTransfer({ amount: 27_000 }), aTransfer({ reference: 'FT2', amount: 1_000 })];
    for (const status of ['PAID', 'UNDERPAID', 'EXPIRED', 'CANCELLED', 'SOMETHING']) {
      expect(query({ status, transactions })).toEqual({
        kind: 'notice',
        notice: { ...paid, amountVnd: 27_000, resultCode: status },
        more: [{ ...paid, transactionId: 'FT2', amountVnd: 1_000, resultCode: status }],
      });
    }
  });

  it('reads the time with or without a zone, and the bank where it is told', () => {
    const transactions = [aTransfer({ transactionDateTime: '2026-11-22 09:20:00', counterAccountBankId: '970436' })];
    expect(query({ transactions })).toEqual({ kind: 'notice', notice: { ...paid, bankCode: '970436' } });
  });

  it.each([
    ['PENDING', 'pending'],
    ['PROCESSING', 'pending'],
    ['UNDERPAID', 'pending'],
    ['SOMETHING', 'pending'],
    ['CANCELLED', 'failed'],
    ['EXPIRED', 'failed'],
    ['FAILED', 'failed'],
  ])('without a transfer is, as %s, %s', (status, result) => {
    expect(query({ status, transactions: [] })).toEqual({
      kind: 'notice',
      notice: { ...paid, transactionId: null, result, resultCode: status, paidAt: null },
    });
  });

  it('is unknown when it is paid by no transfer that it shows', () => {
    expect(query({ transactions: [] })).toMatchObject({ kind: 'unknown' });
    expect(query({ transactions: undefined })).toMatchObject({ kind: 'unknown' });
  });

  it('says that an order is not known', () => {
    expect(read('{"code":"101","desc":"Mã thanh toán không tồn tại"}')).toEqual({
      kind: 'not-found',
      resultCode: '101',
    });
  });

  it('is unknown, never failed, when payOS refused the question', () => {
    for (const code of ['20', '201', '214', '231', '401', '429', '5555']) {
      expect(read(JSON.stringify({ code }))).toMatchObject({ kind: 'unknown' });
    }
  });

  const genuine = signMessage(payosLink(), payosSecret);

  it.each([
    ['another order', signMessage(payosLink({ orderCode: 1_000_000_000_000_302 }), payosSecret)],
    ['an unreadable amount', signMessage(payosLink({ amount: '28k' }), payosSecret)],
    [
      'an unreadable transfer',
      signMessage(payosLink({ transactions: [aTransfer(), aTransfer({ amount: -1 })] }), payosSecret),
    ],
    ['a transfer that is none', signMessage(payosLink({ transactions: ['FT1'] }), payosSecret)],
    ['no status', signMessage(payosLink({ status: '' }), payosSecret)],
    ['a changed transfer', genuine.replace('"amount":28000,"accountNumber"', '"amount":28001,"accountNumber"')],
    ['another key', signMessage(payosLink(), { checksumKey: 'other' })],
    ['no signature', genuine.replace(/,"signature":"\w+"/, '')],
    ['no data', '{"code":"00","signature":"00"}'],
    ['no code', '{}'],
    ['nothing', ''],
  ])('is unknown when it holds %s', (_what, body) => {
    expect(body).not.toBe(genuine);
    expect(read(body)).toMatchObject({ kind: 'unknown' });
  });
});
