import { describe, expect, it } from '@jest/globals';
import { playOpening, playRequest } from '#infra/desk/play-requests.ts';
import type { QueryReading } from '#shared/gateways/answer-readings.ts';
import type { AttemptOpening } from '#shared/gateways/gateway.ts';
import type { CallbackRequest } from '#shared/gateways/http-messages.ts';
import type { PlayedOrder } from '#shared/gateways/player.ts';
import { anInstant, anOrder } from '#test/support/attempt-orders.ts';
import { aQuestion } from '#test/support/attempt-questions.ts';
import { newsOf, type PlayedAccount, paidAt, playedAccounts, refundOf, sideOf } from '#test/support/played-accounts.ts';
import { gateways } from '#test/support/registered-gateways.ts';

const results = ['paid', 'failed', 'cancelled'] as const;
const sent = playedAccounts.filter(({ player }) => player.readTransfer === undefined);
const transferred = playedAccounts.filter(({ player }) => player.readTransfer !== undefined);
const askable = playedAccounts.filter(({ connection }) => connection.askAttempt !== undefined);
const refundable = playedAccounts.flatMap((played) => {
  const { refunding } = played.connection;
  return refunding === undefined ? [] : [{ ...played, refunding }];
});

it('every gateway of the registry has a player', () => {
  expect(new Set(playedAccounts.map(({ gateway }) => gateway.name))).toEqual(new Set(gateways.map(({ name }) => name)));
});

describe.each(playedAccounts)('the player of $title', (played) => {
  const { gateway, player, account, connection, order } = played;
  const read = (request: CallbackRequest) => connection.readCallback(request, paidAt);

  it('makes secrets that connect, others each time', () => {
    expect(() => gateway.connect({ ...account, secrets: [player.makeSecret()] })).not.toThrow();
    expect(player.makeSecret()).not.toEqual(player.makeSecret());
  });

  it.each(player.tells ?? results)('signs news that we read as the same: %s', (result) => {
    expect(read(player.signCallback(order, newsOf(result), account))).toEqual({
      kind: 'notice',
      notice: expect.objectContaining({
        gateway: gateway.name,
        merchant: 'ttpvhcc',
        orderRef: order.orderRef,
        amountVnd: 28_000,
        result: result === 'paid' ? 'paid' : 'failed',
        paidAt: result === 'paid' ? paidAt : null,
        ...(result === 'paid' && { transactionId: '14000001' }),
      }),
    });
  });

  it('proves what it says: of a changed byte nothing is believed', () => {
    const genuine = player.signCallback(order, newsOf('paid'), account);
    const readings = changesOf(genuine).map(read);
    const believed = readings.filter(({ kind }) => kind === 'notice' || kind === 'malformed');
    for (const reading of believed) expect(reading).toEqual(read(genuine));
    expect(believed.length).toBeLessThan(readings.length / 4);
  });

  it('is not believed with the secret of another account', () => {
    const other = { ...account, secrets: [player.makeSecret()] };
    expect(read(player.signCallback(order, newsOf('paid'), other)).kind).toBe('bad-signature');
  });

  it('sends the browser back to our address, if anywhere', () => {
    const address = player.returnAddress?.(order, newsOf('paid'), account) ?? anOrder().returnUrl;
    expect(address.startsWith(anOrder().returnUrl)).toBe(true);
  });
});

describe.each(sent)('what we send to open an attempt at $title', (played) => {
  const { player, account, connection, order } = played;
  const opening = () => connection.openAttempt(anOrder({ gatewayRef: order.orderRef }));

  it('is understood, and opens the order once', async () => {
    const side = sideOf(played, anInstant);
    expect(await playOpening(opening(), side)).toEqual({ kind: 'opened' });
    await playOpening(opening(), side);
    expect(side.book.all()).toEqual([expect.objectContaining({ orderRef: order.orderRef, amountVnd: 28_000 })]);
  });

  it('is refused where another secret is expected', async () => {
    const side = sideOf({ ...played, account: { ...account, secrets: [player.makeSecret()] } }, anInstant);
    expect((await playOpening(opening(), side)).kind).toBe('refused');
    expect(side.book.all()).toEqual([]);
  });

  it('is refused when the sum was changed on the way', async () => {
    const side = sideOf(played, anInstant);
    expect((await playOpening(withOtherSum(opening()), side)).kind).toBe('refused');
    expect(side.book.all()).toEqual([]);
  });
});

describe.each(transferred)('a transfer by $title', ({ player, account, connection, order }) => {
  it('that the payer makes as shown is news of the attempt', () => {
    const opening = connection.openAttempt(anOrder({ gatewayRef: order.orderRef }));
    if (opening.kind !== 'transfer') throw new Error('a gateway that reads transfers lets us show one');
    const reading = player.readTransfer?.(opening.transfer, account, paidAt);
    if (reading?.ok !== true) throw new Error('the transfer is to our account');
    const told = connection.readCallback(player.signCallback(reading.order, newsOf('paid'), account), paidAt);
    expect(told).toMatchObject({ kind: 'notice', notice: { result: 'paid', orderRef: order.orderRef } });
  });

  it('with words of the payer’s own is money of no attempt; to another account it is none of ours', () => {
    const transfer = { accountNumber: '1017588888', amountVnd: 28_000, content: 'nop le phi dat dai' };
    const reading = player.readTransfer?.(transfer, account, paidAt);
    if (reading?.ok !== true) throw new Error('the transfer is to our account');
    const told = connection.readCallback(player.signCallback(reading.order, newsOf('paid'), account), paidAt);
    expect(told).toMatchObject({ kind: 'notice', notice: { result: 'paid', orderRef: null, amountVnd: 28_000 } });
    expect(player.readTransfer?.({ ...transfer, accountNumber: '1' }, account, paidAt).ok).toBe(false);
  });
});

describe.each(askable)('what we ask $title', (played) => {
  const { player, account, connection, order } = played;

  it.each([
    ['unpaid', {}, 'pending'],
    ['paid', { lastNews: newsOf('paid') }, 'paid'],
    ['failed', { lastNews: newsOf('failed') }, 'failed'],
    ['cancelled', { lastNews: newsOf('cancelled') }, 'failed'],
  ])('about an order that is %s is answered out of the book', async (_state, news, result) => {
    expect(await ask(played, { ...order, ...news })).toMatchObject({
      kind: 'notice',
      notice: { merchant: 'ttpvhcc', orderRef: order.orderRef, amountVnd: 28_000, result },
    });
  });

  it('names the same money as the callback does', async () => {
    const asked = await ask(played, { ...order, lastNews: newsOf('paid') });
    const told = connection.readCallback(player.signCallback(order, newsOf('paid'), account), paidAt);
    if (asked.kind !== 'notice' || told.kind !== 'notice') throw new Error('both are news of a payment');
    expect(connection.identityOf(asked.notice)).toBe(connection.identityOf(told.notice));
  });

  it('about an order that it does not know is never news of one', async () => {
    expect((await ask(played)).kind).not.toBe('notice');
  });

  it('is not answered where another secret is expected', async () => {
    const other = { ...played, account: { ...account, secrets: [player.makeSecret()] } };
    expect((await ask(other, { ...order, lastNews: newsOf('paid') })).kind).toBe('unknown');
  });
});

describe.each(refundable)('a refund by $title', (played) => {
  const { order, refunding } = played;

  it('that is asked for twice pays back once, and the gateway says so', async () => {
    const side = sideOf(played, paidAt, { ...order, lastNews: newsOf('paid') });
    const refund = refundOf(order, refunding.refundRefOf('hoan0001', paidAt));
    for (let time = 0; time < 2; time += 1) {
      const opening = refunding.requestRefund(refund);
      if (opening.kind !== 'request') throw new Error('8 000 đồng are within the limits of every gateway');
      const answer = await playRequest(opening.request, side);
      expect(answer === undefined ? 'no interface' : opening.readAnswer(answer).kind).not.toBe('refused');
    }
    expect(side.book.find(order.orderRef)?.refunds).toMatchObject([{ amountVnd: 8_000 }]);

    const inquiry = refunding.askRefund({ ...refund, requestId: 'hoi-lai-1', askedAt: paidAt });
    const answer = await playRequest(inquiry.request, side);
    expect(answer === undefined ? 'no interface' : inquiry.readAnswer(answer).kind).toBe('refunded');
  });
});

async function ask(played: PlayedAccount, ...orders: readonly PlayedOrder[]): Promise<QueryReading> {
  const question = aQuestion({ gatewayRef: played.order.orderRef, askedAt: paidAt });
  const inquiry = played.connection.askAttempt?.(question);
  const answer = inquiry && (await playRequest(inquiry.request, sideOf(played, paidAt, ...orders)));
  if (inquiry === undefined || answer === undefined) throw new Error('the player has no interface for our query');
  return inquiry.readAnswer(answer);
}

/** 28 000 đồng become 29 000, however the message writes them. */
function withOtherSum(opening: AttemptOpening): AttemptOpening {
  const change = (text: string) => text.replaceAll('28000', '29000');
  switch (opening.kind) {
    case 'redirect':
      return { ...opening, url: change(opening.url) };
    case 'form': {
      const fields = opening.form.fields.map((field) => ({ ...field, value: change(field.value) }));
      return { ...opening, form: { ...opening.form, fields } };
    }
    case 'request':
      return { ...opening, request: { ...opening.request, body: change(opening.request.body) } };
    case 'transfer':
      throw new Error('a transfer sends nothing that could be changed');
  }
}

/** Each character of what proves a callback changed: of a header that shows a key, else of the content. */
function changesOf(genuine: CallbackRequest): readonly CallbackRequest[] {
  const shown = Object.keys(genuine.headers).find((name) => /key|authorization/.test(name));
  if (shown !== undefined) {
    return changedTexts(genuine.headers[shown] ?? '').map((value) => ({
      ...genuine,
      headers: { ...genuine.headers, [shown]: value },
    }));
  }
  if (genuine.rawQuery !== '') return changedTexts(genuine.rawQuery).map((rawQuery) => ({ ...genuine, rawQuery }));
  const text = Buffer.from(genuine.body).toString('utf8');
  return changedTexts(text).map((body) => ({ ...genuine, body: Buffer.from(body) }));
}

function changedTexts(text: string): readonly string[] {
  return Array.from(
    text,
    (character, at) => `${text.slice(0, at)}${character === '1' ? '2' : '1'}${text.slice(at + 1)}`,
  );
}
