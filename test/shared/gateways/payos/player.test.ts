import { describe, expect, it } from '@jest/globals';
import { makeSampleBook } from '#infra/desk/sample-book.ts';
import { payos } from '#shared/gateways/payos/gateway.ts';
import { player } from '#shared/gateways/payos/player.ts';
import type { PlayedBook, PlayedRequest } from '#shared/gateways/player.ts';
import { anInstant, anOrder } from '#test/support/attempt-orders.ts';
import { aQuestion } from '#test/support/attempt-questions.ts';
import { readTestAccount } from '#test/support/gateway-account.ts';
import { newsOf, paidAt } from '#test/support/played-accounts.ts';

const { settings, secret } = readTestAccount(payos);
const account = { merchant: 'ttpvhcc', settings, secrets: [secret] };
const connection = payos.connect(account);
const { gatewayRef: orderRef, description, returnUrl } = anOrder();
const order = { orderRef, amountVnd: 28_000, description, returnUrl, openedAt: anInstant };

/** Our create request, changed on its way. */
async function create(book: PlayedBook, change: Partial<PlayedRequest> | ((body: string) => string) = {}) {
  const opening = connection.openAttempt(anOrder());
  if (opening.kind !== 'request') throw new Error('payOS is asked for a link');
  const { headers, body } = opening.request;
  const sent = { method: 'POST', path: '/v2/payment-requests', rawQuery: '', headers, body };
  const changed = typeof change === 'function' ? { body: change(body) } : change;
  const answer = await player.answer?.({ ...sent, ...changed }, book, account);
  if (answer === undefined) throw new Error('payOS has no such interface');
  const fields: unknown = JSON.parse(answer.body);
  return { fields, read: opening.readAnswer(answer) };
}

async function ask(book: PlayedBook) {
  const inquiry = connection.askAttempt?.(aQuestion());
  const { headers = {}, url = '' } = inquiry?.request ?? {};
  const request = { method: 'GET', path: new URL(url).pathname, rawQuery: '', headers, body: '' };
  const answer = await player.answer?.(request, book, account);
  return answer && inquiry?.readAnswer(answer);
}

describe('payOS as it is played', () => {
  it('makes a link once', async () => {
    const book = makeSampleBook(anInstant);

    expect((await create(book)).read.kind).toBe('redirect');
    expect(await create(book)).toMatchObject({ fields: { code: '231' }, read: { kind: 'unknown' } });
    expect(book.all()).toMatchObject([{ orderRef, amountVnd: 28_000, expiresAt: anOrder().expiresAt }]);
  });

  it.each([
    ['another amount than was signed', (body: string) => body.replace('28000', '28001'), '201'],
    ['no order code', (body: string) => body.replace('"orderCode"', '"order"'), '20'],
    ['keys that are not ours', { headers: { 'x-client-id': 'x', 'x-api-key': 'y' } }, '401'],
    ['no keys', { headers: {} }, '401'],
  ])('refuses a create request with %s', async (_what, change, code) => {
    const { fields, read } = await create(makeSampleBook(anInstant), change);

    expect(fields).toMatchObject({ code });
    expect(read.kind).toBe('refused');
  });

  it.each([
    ['paid with less than was owed', { lastNews: { ...newsOf('paid'), amountVnd: 27_000 } }, 'paid', 27_000],
    ['that ran out', { expiresAt: paidAt }, 'failed', 28_000],
    ['still open', {}, 'pending', 28_000],
  ])('tells of a link %s', async (_what, changes, result, amountVnd) => {
    expect(await ask(makeSampleBook(paidAt, [{ ...order, ...changes }]))).toMatchObject({
      notice: { result, amountVnd, orderRef },
    });
  });

  it('knows no link that was never made', async () => {
    expect(await ask(makeSampleBook(paidAt))).toMatchObject({ kind: 'not-found' });
  });

  it('sends the browser back with words that prove nothing', () => {
    const address = player.returnAddress?.(order, newsOf('cancelled'), account) ?? '';

    expect(Object.fromEntries(new URL(address).searchParams)).toMatchObject({ cancel: 'true', orderCode: orderRef });
    expect(address).not.toContain('signature');
  });
});
