import { describe, expect, it } from '@jest/globals';
import { makeSampleBook } from '#infra/desk/sample-book.ts';
import { momo } from '#shared/gateways/momo/gateway.ts';
import { player } from '#shared/gateways/momo/player.ts';
import type { PlayedBook } from '#shared/gateways/player.ts';
import { anInstant, anOrder } from '#test/support/attempt-orders.ts';
import { callbackByQuery } from '#test/support/callback-requests.ts';
import { readTestAccount } from '#test/support/gateway-account.ts';
import { newsOf, paidAt } from '#test/support/played-accounts.ts';

const { settings, secret } = readTestAccount(momo);
const account = { merchant: 'ttpvhcc', settings, secrets: [secret] };
const connection = momo.connect(account);

/** Our create request, changed on its way. */
async function create(book: PlayedBook, change: (body: string) => string = String, order = anOrder()) {
  const opening = connection.openAttempt(order);
  if (opening.kind !== 'request') throw new Error('MoMo is asked for its page');
  const { pathname: path } = new URL(opening.request.url);
  const request = { method: 'POST', path, rawQuery: '', headers: {}, body: change(opening.request.body) };
  const answer = await player.answer?.(request, book, account);
  if (answer === undefined) throw new Error('MoMo has no such interface');
  const fields: unknown = JSON.parse(answer.body);
  return { status: answer.status, fields, read: opening.readAnswer(answer) };
}

describe('MoMo as it is played', () => {
  it('notes the order with the addresses that it names, and what it repeats', async () => {
    const book = makeSampleBook(anInstant);
    await create(book);

    expect(book.all()).toEqual([
      {
        orderRef: anOrder().gatewayRef,
        amountVnd: 28_000,
        description: anOrder().description,
        returnUrl: anOrder().returnUrl,
        callbackUrl: anOrder().callbackUrl,
        openedAt: anInstant,
        echoed: { requestId: anOrder().requestId },
      },
    ]);
  });

  it('gives the same page for the same request id, and refuses another one for the order', async () => {
    const book = makeSampleBook(anInstant);
    const first = await create(book);

    expect(await create(book)).toEqual(first);
    expect(await create(book, String, anOrder({ requestId: 'another' }))).toMatchObject({
      fields: { resultCode: 41 },
      read: { kind: 'unknown' },
    });
  });

  it.each([
    ['another amount than was signed', (body: string) => body.replace('"amount":28000', '"amount":1'), 13],
    ['another partner', (body: string) => body.replace(secret['partnerCode'] ?? '-', 'MOMOELSE'), 13],
    ['no order id', (body: string) => body.replace('"orderId"', '"order"'), 20],
    ['no JSON', () => 'amount=1', 20],
  ])('refuses a create request with %s', async (_what, change, resultCode) => {
    const { status, fields, read } = await create(makeSampleBook(anInstant), change);

    expect({ status, fields }).toMatchObject({ status: 400, fields: { resultCode } });
    expect(read.kind).toBe('refused');
  });

  it('brings the browser back with what the IPN says', () => {
    const order = { ...anOrder(), orderRef: anOrder().gatewayRef };
    const [, rawQuery = ''] = player.returnAddress?.(order, newsOf('paid'), account)?.split('?') ?? [];

    expect(connection.readCallback(callbackByQuery(rawQuery), paidAt)).toMatchObject({
      kind: 'notice',
      notice: { result: 'paid', orderRef: order.orderRef, transactionId: '14000001' },
    });
  });

  it('has no page of its own, and no other interface', async () => {
    const request = { method: 'POST', path: '/v2/gateway/api/pos', rawQuery: '', headers: {}, body: '{}' };

    expect('readVisit' in player).toBe(false);
    expect(await player.answer?.(request, makeSampleBook(anInstant), account)).toBeUndefined();
  });
});
