import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type BankBook, openBankBook } from '#infra/local/bank/bank-book.ts';
import type { BankOrder } from '#infra/local/bank/bank-order.ts';
import { answerMomoQuery } from '#infra/local/bank/momo-query.ts';
import { answerVnpayQuery } from '#infra/local/bank/vnpay-query.ts';
import { momo } from '#shared/gateways/momo/gateway.ts';
import { momoSecretSchema } from '#shared/gateways/momo/settings.ts';
import { vnpay } from '#shared/gateways/vnpay/gateway.ts';
import { vnpaySecretSchema } from '#shared/gateways/vnpay/settings.ts';
import { anInstant } from '#test/support/attempt-orders.ts';
import { aQuestion } from '#test/support/attempt-questions.ts';
import { connectTestAccount, readTestAccount } from '#test/support/gateway-account.ts';

const vnpaySecrets = { ttpvhcc: [vnpaySecretSchema.parse(readTestAccount(vnpay).secret)] } satisfies Parameters<
  typeof answerVnpayQuery
>[2];
const momoSecrets = { ttpvhcc: [momoSecretSchema.parse(readTestAccount(momo).secret)] } satisfies Parameters<
  typeof answerMomoQuery
>[2];

let folder: string;
let book: BankBook;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bien-lai-bank-'));
  book = await openBankBook(join(folder, 'bank.json'));
});
afterEach(() => rm(folder, { recursive: true }));

const noteOrder = (gateway: string, changes: Partial<BankOrder> = {}) =>
  book.open({
    gateway,
    merchant: 'ttpvhcc',
    orderRef: aQuestion().gatewayRef,
    amountVnd: 28_000,
    description: 'Nop phi',
    returnUrl: 'http://localhost:4400/return/x/ttpvhcc',
    callbackUrl: 'http://localhost:4400/callbacks/x/ttpvhcc',
    calls: [],
    ...changes,
  });

/** Our own question, perhaps spoilt, answered by the bank and read by us. */
function ask(gateway: typeof vnpay, spoil: (body: string) => string = (body) => body) {
  const inquiry = connectTestAccount(gateway).askAttempt?.(aQuestion());
  if (inquiry === undefined) throw new Error(`${gateway.name} cannot be asked`);
  const question = spoil(inquiry.request.body);
  const body =
    gateway === vnpay
      ? answerVnpayQuery(question, book, vnpaySecrets)
      : answerMomoQuery(question, book, momoSecrets).body;
  return { body, reading: inquiry.readAnswer({ status: 200, headers: {}, body: JSON.stringify(body) }) };
}

describe.each([vnpay, momo])('the bank, asked as $label', (gateway) => {
  it('tells of money that it took', async () => {
    const lastNews = { result: 'paid', amountVnd: 28_000, transactionNo: '14000001', at: anInstant } as const;
    await noteOrder(gateway.name, { lastNews });

    expect(ask(gateway).reading).toMatchObject({
      kind: 'notice',
      notice: { result: 'paid', transactionId: '14000001', amountVnd: 28_000, orderRef: aQuestion().gatewayRef },
    });
  });

  it('tells of a payer who went away', async () => {
    await noteOrder(gateway.name, { lastNews: { result: 'cancelled', amountVnd: 28_000, at: anInstant } });

    expect(ask(gateway).reading).toMatchObject({ kind: 'notice', notice: { result: 'failed', transactionId: null } });
  });

  it('waits while nobody has paid', async () => {
    await noteOrder(gateway.name);

    expect(ask(gateway).reading).toMatchObject({ kind: 'notice', notice: { result: 'pending' } });
  });

  it('knows no order that never reached it', () => {
    expect(ask(gateway).reading.kind).toBe('not-found');
  });

  it.each([
    ['about another order than was signed', (body: string) => body.replace('0301"', '0401"')],
    ['without a signature', (body: string) => body.replace(/"(vnp_SecureHash|signature)"/, '"x"')],
    ['that is no JSON', () => 'amount=1'],
  ])('refuses a question %s', async (_what, spoil) => {
    await noteOrder(gateway.name);
    const { body, reading } = ask(gateway, spoil);

    expect(['97', '03', 13, 20]).toContain(body['vnp_ResponseCode'] ?? body['resultCode']);
    expect(reading.kind).toBe('unknown');
  });
});

describe('the bank, asked as VNPAY', () => {
  it('says that an order has failed once nobody may pay it any more', async () => {
    await noteOrder('vnpay', { expiresAt: '2020-01-01T00:00:00.000Z' });

    expect(ask(vnpay).reading).toMatchObject({ notice: { result: 'failed' } });
  });
});
