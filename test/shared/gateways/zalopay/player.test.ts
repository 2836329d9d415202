import { describe, expect, it } from '@jest/globals';
import { makeSampleBook } from '#infra/desk/sample-book.ts';
import { instantAfter } from '#shared/domain/calendar.ts';
import type { PlayedBook } from '#shared/gateways/player.ts';
import { zalopay } from '#shared/gateways/zalopay/gateway.ts';
import { player } from '#shared/gateways/zalopay/player.ts';
import { anInstant, anOrder } from '#test/support/attempt-orders.ts';
import { aQuestion } from '#test/support/attempt-questions.ts';
import { callbackByQuery } from '#test/support/callback-requests.ts';
import { readTestAccount } from '#test/support/gateway-account.ts';
import { newsOf, paidAt } from '#test/support/played-accounts.ts';

const { settings, secret } = readTestAccount(zalopay);
const account = { merchant: 'ttpvhcc', settings, secrets: [secret] };
const connection = zalopay.connect(account);
const orderRef = connection.gatewayRefOf(anOrder().gatewayRef, anInstant);
const order = {
  orderRef,
  amountVnd: 28_000,
  description: 'Nop phi',
  returnUrl: anOrder().returnUrl,
  openedAt: anInstant,
};

/** Our create request, changed on its way. */
async function create(book: PlayedBook, change: (body: string) => string = String) {
  const opening = connection.openAttempt(anOrder({ gatewayRef: orderRef }));
  if (opening.kind !== 'request') throw new Error('ZaloPay is asked for its page');
  const body = change(opening.request.body);
  const request = { method: 'POST', path: '/v2/create', rawQuery: '', headers: {}, body };
  const answer = await player.answer?.(request, book, account);
  if (answer === undefined) throw new Error('ZaloPay has no such interface');
  const fields: unknown = JSON.parse(answer.body);
  return { fields, read: opening.readAnswer(answer) };
}

async function ask(book: PlayedBook) {
  const inquiry = connection.askAttempt?.(aQuestion({ gatewayRef: orderRef }));
  const request = { method: 'POST', path: '/v2/query', rawQuery: '', headers: {}, body: inquiry?.request.body ?? '' };
  const answer = await player.answer?.(request, book, account);
  return answer && inquiry?.readAnswer(answer);
}

describe('ZaloPay as it is played', () => {
  it('notes the order with the addresses inside it, and takes it once', async () => {
    const book = makeSampleBook(anInstant);

    expect((await create(book)).read.kind).toBe('redirect');
    expect(await create(book)).toMatchObject({ fields: { sub_return_code: -68 }, read: { kind: 'unknown' } });
    expect(book.all()).toMatchObject([
      { orderRef, returnUrl: anOrder().returnUrl, callbackUrl: anOrder().callbackUrl },
    ]);
  });

  it.each([
    ['another amount than was signed', (body: string) => body.replace('28000', '28001'), -402],
    ['another app', (body: string) => body.replace(`"app_id":${secret['appId']}`, '"app_id":1'), -402],
    ['a window that is too short', (body: string) => body.replace(/(seconds":)\d+/, '$1299'), -401],
    ['no JSON', () => 'amount=1', -401],
  ])('refuses a create request with %s', async (_what, change, code) => {
    const { fields, read } = await create(makeSampleBook(anInstant), change);

    expect(fields).toMatchObject({ return_code: 2, sub_return_code: code });
    expect(read.kind).toBe('refused');
  });

  it('refuses an order that is not named for the day in Vietnam', async () => {
    const tomorrow = makeSampleBook(instantAfter(anInstant, 24 * 60 * 60_000));

    expect((await create(tomorrow)).fields).toMatchObject({ sub_return_code: -92 });
  });

  it('says that an order has failed once nobody may pay it any more', async () => {
    const book = makeSampleBook(paidAt, [{ ...order, expiresAt: paidAt }]);

    expect(await ask(book)).toMatchObject({ notice: { result: 'failed' } });
    expect(await ask(makeSampleBook(paidAt))).toMatchObject({ kind: 'not-found' });
  });

  it.each(['key1', 'key2'])('signs the address of the return page with the account’s %s', (returnKey) => {
    const other = { ...account, settings: { ...settings, returnKey } };
    const [, rawQuery = ''] = player.returnAddress?.(order, newsOf('failed'), other)?.split('?') ?? [];

    expect(zalopay.connect(other).readCallback(callbackByQuery(rawQuery), paidAt)).toMatchObject({
      notice: { result: 'ignored', orderRef },
    });
  });

  it('calls back for money alone', () => {
    expect(player.tells).toEqual(['paid']);
  });
});
