import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { type BankBook, openBankBook } from '#infra/local/bank/bank-book.ts';
import { forge } from '#infra/local/bank/bank-desk.ts';
import type { BankOrder, Call, News } from '#infra/local/bank/bank-order.ts';
import { openBank } from '#infra/local/bank/bank-site.ts';
import { playMomo } from '#infra/local/bank/momo.ts';
import { renderOrderPage } from '#infra/local/bank/order-page.ts';
import { playVnpay } from '#infra/local/bank/vnpay.ts';
import type { GatewayConnection } from '#shared/gateways/gateway.ts';
import type { CallbackRequest } from '#shared/gateways/http-messages.ts';
import { momo } from '#shared/gateways/momo/gateway.ts';
import { vnpay } from '#shared/gateways/vnpay/gateway.ts';
import { anInstant, anOrder } from '#test/support/attempt-orders.ts';

const baseUrl = 'http://localhost:4400';
const vnpaySecret = { tmnCode: 'TESTTMN1', hashSecret: 'hash-secret' };
const momoSecret = { partnerCode: 'MOMOTEST', accessKey: 'access', secretKey: 'secret' };
const secrets = { vnpay: { ttpvhcc: [vnpaySecret] }, momo: { ttpvhcc: [momoSecret] } } satisfies Parameters<
  typeof openBank
>[0]['secrets'];
const now = anInstant;
const attempt = anOrder({ returnUrl: `${baseUrl}/return/x/ttpvhcc`, callbackUrl: `${baseUrl}/callbacks/x/ttpvhcc` });

const ourVnpay = vnpay.connect({
  merchant: 'ttpvhcc',
  secrets: [vnpaySecret],
  settings: { payUrl: `${baseUrl}/bank/vnpay/paymentv2/vpcpay.html`, apiUrl: `${baseUrl}/bank/vnpay/api` },
});
const ourMomo = momo.connect({
  merchant: 'ttpvhcc',
  secrets: [momoSecret],
  settings: { apiBaseUrl: `${baseUrl}/bank/momo` },
});

/** The call as our function receives it. */
function received({ method, url, body }: Call): CallbackRequest {
  return { method, rawQuery: new URL(url).search.slice(1), headers: {}, body: Buffer.from(body) };
}

const news = (result: News['result'], transactionNo?: string): News => ({
  result,
  amountVnd: 28_000,
  at: now,
  ...(transactionNo === undefined ? {} : { transactionNo }),
});

describe('the bank', () => {
  let folder: string;
  let book: BankBook;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bien-lai-bank-'));
    book = await openBankBook(join(folder, 'bank.json'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const played = {
    vnpay: { ours: ourVnpay, open: openVnpay },
    momo: { ours: ourMomo, open: openMomo },
  } satisfies Record<string, { ours: GatewayConnection; open: () => Promise<BankOrder> }>;

  async function openVnpay(): Promise<BankOrder> {
    const opening = ourVnpay.openAttempt(attempt);
    const url = opening.kind === 'redirect' ? opening.url : '';
    const reading = playVnpay(secrets.vnpay, baseUrl).readPaymentAddress(new URL(url).search.slice(1));
    if (!reading.ok) throw new Error(reading.why);
    return reading.order;
  }

  async function openMomo(): Promise<BankOrder> {
    await createAtMomo();
    const order = book.find(`momo-${attempt.gatewayRef}`);
    if (order === undefined) throw new Error('MoMo noted no order');
    return order;
  }

  async function createAtMomo(change: (body: string) => string = (body) => body) {
    const opening = ourMomo.openAttempt(attempt);
    if (opening.kind !== 'request') throw new Error('MoMo wants a request');
    const { status, body } = await playMomo(secrets.momo, baseUrl).create(
      change(opening.request.body),
      book,
      new Date(now),
    );
    return { status, body, read: opening.readAnswer({ status, headers: {}, body: JSON.stringify(body) }) };
  }

  describe.each(['vnpay', 'momo'] as const)('playing %s', (name) => {
    const gateway = () => (name === 'vnpay' ? playVnpay(secrets.vnpay, baseUrl) : playMomo(secrets.momo, baseUrl));

    it('reads the order that we open', async () => {
      expect(await played[name].open()).toMatchObject({
        gateway: name,
        merchant: 'ttpvhcc',
        orderRef: attempt.gatewayRef,
        amountVnd: 28_000,
        description: attempt.description,
        returnUrl: attempt.returnUrl,
      });
    });

    it.each([
      [news('paid', '14000001'), { result: 'paid', transactionId: '14000001' }],
      [news('failed'), { result: 'failed', transactionId: null }],
      [news('cancelled'), { result: 'failed', transactionId: null }],
    ])('signs the callback of %j so that we accept it', async (told, notice) => {
      const call = gateway().signCall(await played[name].open(), told);

      expect(played[name].ours.readCallback(received(call), now)).toMatchObject({
        kind: 'notice',
        notice: { ...notice, orderRef: attempt.gatewayRef, amountVnd: 28_000 },
      });
    });

    it('sends the browser back with a signature that we accept', async () => {
      const url = gateway().returnAddress(await played[name].open(), news('paid', '14000001'));

      expect(played[name].ours.readCallback(received({ method: 'GET', url, body: '' }), now)).toMatchObject({
        kind: 'notice',
      });
    });

    it('forges a callback that we refuse', async () => {
      const genuine = gateway().signCall(await played[name].open(), news('paid', '14000001'));
      const forged = forge(genuine);

      expect(forged).not.toEqual(genuine);
      expect(played[name].ours.readCallback(received(forged), now)).toMatchObject({ kind: 'bad-signature' });
    });
  });

  it.each([
    ['vnp_Amount=2800000', 'vnp_Amount=2800001', 'vnp_SecureHash does not fit the fields'],
    ['vnp_TmnCode=TESTTMN1', 'vnp_TmnCode=TESTTMN2', 'no terminal TESTTMN2'],
    ['vnp_Amount=2800000', 'vnp_Amount=2800000&vnp_Amount=1', 'a query parameter is repeated'],
  ])('refuses a payment address with %s changed to %s', (before, after, why) => {
    const opening = ourVnpay.openAttempt(attempt);
    const query = opening.kind === 'redirect' ? new URL(opening.url).search.slice(1) : '';

    const reading = playVnpay(secrets.vnpay, baseUrl).readPaymentAddress(query.replace(before, after));

    expect(reading).toEqual({ ok: false, why });
  });

  it('answers a create request with a signed address of its page, twice the same', async () => {
    const [first, again] = [await createAtMomo(), await createAtMomo()];

    expect(first.read).toEqual({ kind: 'redirect', url: `${baseUrl}/bank/orders/momo-${attempt.gatewayRef}` });
    expect(again).toEqual(first);
  });

  it.each([
    ['another amount than was signed', (body: string) => body.replace('"amount":28000', '"amount":1'), 13],
    ['another partner', (body: string) => body.replace('MOMOTEST', 'MOMOELSE'), 13],
    ['no order id', (body: string) => body.replace('"orderId"', '"order"'), 20],
    ['no JSON', () => 'amount=1', 20],
  ])('refuses a create request with %s', async (_what, change, resultCode) => {
    const { status, body, read } = await createAtMomo(change);

    expect({ status, resultCode: body['resultCode'] }).toEqual({ status: 400, resultCode });
    expect(read.kind).not.toBe('redirect');
  });

  it('remembers orders and counts transactions on after a restart', async () => {
    const id = await book.open(await openVnpay());
    const first = await book.drawTransactionNo();
    const reopened = await openBankBook(join(folder, 'bank.json'));

    expect(reopened.find(id)).toEqual(book.find(id));
    expect(Number(await reopened.drawTransactionNo())).toBe(Number(first) + 1);
  });

  it('shows what a gateway was sent without letting it run', async () => {
    const order = { ...(await openVnpay()), description: '<img src=x onerror=alert(1)>' };

    const page = renderOrderPage({ orderId: 'x', order, gatewayLabel: 'VNPAY', now: new Date(now) }).text;

    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(page).not.toContain('<img');
  });

  it.each([
    ['GET', '/bank/orders/vnpay-unknown', '', 404],
    ['POST', '/bank/orders/vnpay-unknown', 'action=pay', 404],
    ['GET', '/bank/vnpay/paymentv2/vpcpay.html?vnp_TmnCode=x', '', 400],
  ])('answers %s %s with a page that says what is wrong', async (method, target, form, status) => {
    const bank = await openBank({ secrets, publicBaseUrl: baseUrl, bookFile: join(folder, 'site.json') });

    const answer = await bank.site({ method, target, rawHeaders: [], body: Buffer.from(form), sourceIp: '' });

    expect(answer?.status).toBe(status);
    expect(z.string().parse(answer?.body.toString())).toContain('<h1>');
  });
});
