import { describe, expect, it } from '@jest/globals';
import { makeSampleBook } from '#infra/desk/sample-book.ts';
import { instantAfter } from '#shared/domain/calendar.ts';
import { vnpay } from '#shared/gateways/vnpay/gateway.ts';
import { player } from '#shared/gateways/vnpay/player.ts';
import { signForm } from '#shared/gateways/vnpay/signer.ts';
import { anInstant, anOrder } from '#test/support/attempt-orders.ts';
import { aQuestion } from '#test/support/attempt-questions.ts';
import { callbackByQuery } from '#test/support/callback-requests.ts';
import { readTestAccount } from '#test/support/gateway-account.ts';
import { newsOf, paidAt } from '#test/support/played-accounts.ts';
import { vnpaySecret } from '#test/support/vnpay-messages.ts';

const account = { merchant: 'ttpvhcc', settings: readTestAccount(vnpay).settings, secrets: [vnpaySecret] };
const connection = vnpay.connect(account);
const { gatewayRef: orderRef, description, returnUrl } = anOrder();
const order = { orderRef, amountVnd: 28_000, description, returnUrl, openedAt: anInstant };

/** The payment address that we make, changed on its way. */
function visitWith(change: (query: string) => string, path = '/paymentv2/vpcpay.html') {
  const opening = connection.openAttempt(anOrder());
  const query = opening.kind === 'redirect' ? new URL(opening.url).search.slice(1) : '';
  return { method: 'GET', path, rawQuery: change(query), headers: {}, body: '' };
}

/** Our question, changed on its way, answered about a book with that order in it. */
async function answerTo(change: (body: string) => string, changes: object = {}) {
  const inquiry = connection.askAttempt?.(aQuestion());
  const body = change(inquiry?.request.body ?? '');
  const request = { method: 'POST', path: '/merchant_webapi/api/transaction', rawQuery: '', headers: {}, body };
  const answer = await player.answer?.(request, makeSampleBook(paidAt, [{ ...order, ...changes }]), account);
  const fields: unknown = JSON.parse(answer?.body ?? 'null');
  return { fields, reading: answer && inquiry?.readAnswer(answer) };
}

describe('VNPAY as it is played', () => {
  it('reads an order with the times that it names', () => {
    expect(player.readVisit?.(visitWith(String), account, paidAt)).toEqual({
      ok: true,
      order: { ...order, expiresAt: instantAfter(anInstant, 15 * 60_000) },
    });
  });

  it.each([
    ['another amount', (query: string) => query.replace('2800000', '2800001'), 'does not fit the fields'],
    ['another terminal', (query: string) => query.replace(vnpaySecret.tmnCode, 'ELSEWHER'), 'no terminal ELSEWHER'],
    ['two amounts', (query: string) => `${query}&vnp_Amount=1`, 'a query parameter is repeated'],
  ])('turns a payer away whose address has %s', (_what, change, why) => {
    expect(player.readVisit?.(visitWith(change), account, paidAt)).toEqual({
      ok: false,
      why: expect.stringContaining(why),
    });
  });

  it('has one page', () => {
    expect(player.readVisit?.(visitWith(String, '/elsewhere'), account, paidAt).ok).toBe(false);
  });

  it('takes a payment address of the second live secret, and signs with the first', () => {
    const rotating = { ...account, secrets: [{ ...vnpaySecret, hashSecret: 'the-new-one' }, vnpaySecret] };

    expect(player.readVisit?.(visitWith(String), rotating, paidAt).ok).toBe(true);
    const { rawQuery } = player.signCallback(order, newsOf('paid'), rotating);
    expect(connection.readCallback(callbackByQuery(rawQuery), paidAt).kind).toBe('bad-signature');
  });

  it('brings the browser back with what the IPN says', () => {
    const [, rawQuery = ''] = player.returnAddress?.(order, newsOf('cancelled'), account)?.split('?') ?? [];

    expect(rawQuery).toBe(player.signCallback(order, newsOf('cancelled'), account).rawQuery);
    expect(player.returnAddress?.({ ...order, returnUrl: undefined }, newsOf('paid'), account)).toBeUndefined();
  });

  it.each([
    ['about another order than was signed', (body: string) => body.replace(orderRef, '1000000000000401'), '97'],
    ['of another terminal', (body: string) => body.replace(vnpaySecret.tmnCode, 'ELSEWHER'), '02'],
    ['that is no JSON', () => 'amount=1', '03'],
  ])('refuses a question %s, unsigned', async (_what, change, code) => {
    const { fields, reading } = await answerTo(change);

    expect(fields).toEqual({ vnp_ResponseCode: code, vnp_Message: expect.any(String) });
    expect(reading?.kind).toBe('unknown');
  });

  it('says that an order has failed once nobody may pay it any more', async () => {
    const { reading } = await answerTo(String, { expiresAt: paidAt });

    expect(reading).toMatchObject({ notice: { result: 'failed' } });
  });

  it('has no interface elsewhere', async () => {
    const request = { method: 'POST', path: '/paymentv2/vpcpay.html', rawQuery: '', headers: {}, body: '' };

    expect(await player.answer?.(request, makeSampleBook(paidAt), account)).toBeUndefined();
  });

  it('is not deceived by a field that nobody signed', () => {
    const { query } = signForm({ vnp_Amount: '2800000' }, 'another secret');

    expect(player.readVisit?.({ ...visitWith(String), rawQuery: query }, account, paidAt).ok).toBe(false);
  });
});
