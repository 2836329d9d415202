import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventTypes } from '#schemas/dossier-confirmation.ts';
import { makeOpenMoneyList } from '#shared/adapters/open-money-ledger.ts';
import { refundableMoney } from '#shared/domain/refundable-money.ts';
import { countRequests, type RequestCount } from '#test/support/faults.ts';
import {
  aDecision,
  aRefundRequest,
  makeRefundScene,
  type RefundScene,
  refundIn,
  refundStart,
} from '#test/support/refund-scene.ts';

let scene: RefundScene;
let count: RequestCount;
beforeAll(async () => {
  scene = await makeRefundScene();
  count = countRequests(scene.table.client);
});
beforeEach(() => {
  scene.setClock(refundStart);
  scene.bank.moods = ['pays'];
  count.reset();
});
afterAll(() => scene.engine.stop());

const sent = () => count.sent.map(({ command }) => command.replace('Command', ''));

describe('a request for a refund', () => {
  it('reserves its amount in one transaction and waits for a second person', async () => {
    const paymentId = await scene.putPaid();
    const request = aRefundRequest(paymentId, { amountVnd: 10_000 });
    count.reset();

    const refund = refundIn(await scene.run(request));

    expect(refund).toMatchObject({ state: 'proposed', owner: 'checker', maker: 'kt-01', waitingSince: refundStart });
    expect(sent()).toEqual(['Query', 'TransactWriteItems']);
    expect(await scene.stateOf(paymentId)).toEqual({
      states: ['proposed'],
      refundReservedVnd: 10_000,
      refundedVnd: undefined,
    });
  });

  it('is the same refund when it is sent again, and a conflict with another body', async () => {
    const paymentId = await scene.putPaid();
    const request = aRefundRequest(paymentId, { amountVnd: 10_000 });
    const first = refundIn(await scene.run(request));

    expect(refundIn(await scene.run(request))).toEqual(first);
    const other = { ...request, refund: { ...request.refund, amountVnd: 9_000 } };
    expect(await scene.run(other)).toMatchObject({ kind: 'refused', code: 'id-taken' });
    expect(await scene.run({ ...request, by: 'kt-09' })).toMatchObject({ kind: 'refused', code: 'id-taken' });
    expect((await scene.stateOf(paymentId)).refundReservedVnd).toBe(10_000);
  });

  it('may come in parts until nothing is left, and says how much is', async () => {
    const paymentId = await scene.putPaid();
    for (const amountVnd of [20_000, 8_000]) refundIn(await scene.run(aRefundRequest(paymentId, { amountVnd })));

    const answer = await scene.run(aRefundRequest(paymentId, { amountVnd: 1 }));

    expect(answer).toMatchObject({ kind: 'refused', code: 'exceeds' });
    expect(answer).toMatchObject({ explanation: expect.stringContaining('là 0 đồng') });
    expect((await scene.refundsOf(paymentId)).map(({ ordinal }) => ordinal)).toEqual([1, 2]);
  });

  it('names what does not exist', async () => {
    const paymentId = await scene.putPaid();
    expect(await scene.run(aRefundRequest(paymentId, { moneyKey: 'vnpay#ttpvhcc#1' }))).toMatchObject({
      code: 'no-money',
    });
    const request = aRefundRequest(paymentId);
    expect(await scene.run({ ...request, refund: { ...request.refund, paymentId: '48620391751101' } })).toMatchObject({
      code: 'no-payment',
    });
    expect(await scene.run(aDecision(request, 'approve'))).toMatchObject({ code: 'no-refund' });
  });
});

describe('100 parallel requests', () => {
  it('for all of the money are one refund', async () => {
    const paymentId = await scene.putPaid();

    const answers = await Promise.all(Array.from({ length: 100 }, () => scene.run(aRefundRequest(paymentId))));

    expect(answers.filter(({ kind }) => kind === 'done')).toHaveLength(1);
    expect(await scene.stateOf(paymentId)).toMatchObject({ states: ['proposed'], refundReservedVnd: 28_000 });
  }, 60_000);

  it('for parts that fit exactly are as many refunds as fit', async () => {
    const paymentId = await scene.putPaid();

    const answers = await Promise.all(
      Array.from({ length: 100 }, () => scene.run(aRefundRequest(paymentId, { amountVnd: 3_500 }))),
    );

    expect(answers.filter(({ kind }) => kind === 'done')).toHaveLength(8);
    const refunds = await scene.refundsOf(paymentId);
    expect(refunds.map(({ ordinal }) => ordinal)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect((await scene.stateOf(paymentId)).refundReservedVnd).toBe(28_000);
  }, 60_000);

  it('with one id are one refund', async () => {
    const paymentId = await scene.putPaid();
    const request = aRefundRequest(paymentId, { amountVnd: 1_000 });

    const answers = await Promise.all(Array.from({ length: 100 }, () => scene.run(request)));

    expect(new Set(answers.map((answer) => refundIn(answer).refundId)).size).toBe(1);
    expect(await scene.stateOf(paymentId)).toMatchObject({ states: ['proposed'], refundReservedVnd: 1_000 });
  }, 60_000);
});

describe('an approved refund', () => {
  it('is ordered, followed to its end and told to the dossier', async () => {
    const paymentId = await scene.putPaid();
    const request = aRefundRequest(paymentId);
    await scene.run(request);
    const orders = scene.bank.orders;
    count.reset();

    const refund = refundIn(await scene.run(aDecision(request, 'approve')));

    expect(refund).toMatchObject({
      state: 'refunded',
      extent: 'full',
      refundRef: `bank-r${paymentId}01`,
      owner: 'nobody',
    });
    expect(refund.history.map(({ step, by }) => [step, by])).toEqual([
      ['proposed', 'kt-01'],
      ['approved', 'kt-02'],
      ['requested', undefined],
      ['accepted', undefined],
      ['refunded', undefined],
    ]);
    expect(scene.bank.orders - orders).toBe(1);
    expect(sent()).toEqual([
      // The decision; then, on what is read anew: the order, its acceptance, its end.
      'Query',
      'TransactWriteItems',
      'Query',
      'TransactWriteItems',
      'TransactWriteItems',
      'TransactWriteItems',
      'Query',
    ]);
    await scene.drainQueue();
    await scene.sweep();
    const [event, ...others] = await scene.drainQueue();
    expect(others).toEqual([]);
    expect(event).toMatchObject({
      type: eventTypes.paymentRefunded,
      data: { paymentId, refund: { amountVnd: 28_000, extent: 'full', money: 'settlement', refundedAt: refundStart } },
    });
    expect(event?.data.sequence).toBeGreaterThan(40_000);
    expect(await scene.stateOf(paymentId)).toMatchObject({ refundReservedVnd: 28_000, refundedVnd: 28_000 });
    expect(await scene.dueAtOf(paymentId)).toBeUndefined();
  });

  it('changes nothing of the payment’s state, and the last part says that all is back', async () => {
    const paymentId = await scene.putPaid();
    for (const amountVnd of [20_000, 8_000]) {
      const request = aRefundRequest(paymentId, { amountVnd });
      await scene.run(request);
      await scene.run(aDecision(request, 'approve'));
    }
    expect((await scene.refundsOf(paymentId)).map(({ extent }) => extent)).toEqual(['partial', 'full']);
    expect((await scene.record(paymentId)).payment).toMatchObject({ state: 'paid', refundedVnd: 28_000 });
  });

  it('of a basket is told to every charge', async () => {
    const paymentId = await scene.putPaid([{}, {}, {}]);
    const request = aRefundRequest(paymentId);
    await scene.run(request);
    await scene.run(aDecision(request, 'approve'));

    await scene.sweep();

    const events = (await scene.drainQueue()).filter(({ data }) => data.paymentId === paymentId);
    expect(events.map(({ subject }) => subject).sort()).toEqual([1, 2, 3].map((n) => `H49.14-261122-000${n}`));
    expect(new Set(events.map(({ id }) => id)).size).toBe(3);
  });

  it('pays back a second payment, and leaves the fee paid', async () => {
    const { paymentId, surplusKey } = await scene.putPaidTwice();
    const request = aRefundRequest(paymentId, { moneyKey: surplusKey, reason: 'TRUNG' });
    await scene.run(request);
    expect(await scene.run(aRefundRequest(paymentId, { moneyKey: surplusKey, amountVnd: 1 }))).toMatchObject({
      code: 'exceeds',
    });

    const refund = refundIn(await scene.run(aDecision(request, 'approve')));

    expect(refund).toMatchObject({ state: 'refunded', moneyClass: 'surplus', extent: 'full' });
    const { payment, money } = await scene.record(paymentId);
    expect(payment).not.toHaveProperty('refundedVnd');
    expect(money).toMatchObject([{ refundReservedVnd: 28_000, refundedVnd: 28_000 }]);
    // It is at its end, and so leaves the list of what waits for a person.
    const waiting = await makeOpenMoneyList(scene.table).findOpen();
    expect(waiting.filter((open) => open.kind === 'kept' && open.money.paymentId === paymentId)).toEqual([]);
  });
});

describe('a second person', () => {
  it('is needed, also for a refusal', async () => {
    const paymentId = await scene.putPaid();
    const request = aRefundRequest(paymentId);
    await scene.run(request);

    for (const action of ['approve', 'reject']) {
      const own = aDecision(request, action, { by: 'kt-01', ...(action === 'reject' && { why: 'không còn cần nữa' }) });
      expect(await scene.run(own)).toMatchObject({ kind: 'refused', code: 'same-person' });
    }
  });

  it('is demanded by the write itself', async () => {
    const paymentId = await scene.putPaid();
    await scene.run(aRefundRequest(paymentId));
    const { refunds } = await scene.record(paymentId);
    const [before] = refunds;
    const [money] = refundableMoney(await scene.record(paymentId));
    if (before === undefined || money === undefined) throw new Error('no refund');
    const after = { ...before, state: 'approved' as const, checker: before.maker, version: 2 };

    expect(await scene.needs.ledger.move({ before, after, money })).toBe('changed');
  });

  it('may refuse, which gives the amount free for another request', async () => {
    const paymentId = await scene.putPaid();
    const request = aRefundRequest(paymentId);
    await scene.run(request);
    const rejection = aDecision(request, 'reject', { why: 'sai số quyết định' });

    const refund = refundIn(await scene.run(rejection));

    expect(refund).toMatchObject({ state: 'rejected', checker: 'kt-02', owner: 'nobody' });
    expect(refund.history.at(-1)).toMatchObject({ step: 'rejected', by: 'kt-02', note: 'sai số quyết định' });
    expect(refundIn(await scene.run(rejection))).toEqual(refund);
    expect((await scene.stateOf(paymentId)).refundReservedVnd).toBe(0);
    expect(refundIn(await scene.run(aRefundRequest(paymentId))).state).toBe('proposed');
    expect(await scene.run(aDecision(request, 'approve'))).toMatchObject({ code: 'wrong-state' });
  });

  it('decides once: 20 at a time send one order', async () => {
    const paymentId = await scene.putPaid();
    const request = aRefundRequest(paymentId);
    await scene.run(request);
    const before = scene.bank.orders;

    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => scene.run(aDecision(request, 'approve', { by: `kt-${n + 10}` }))),
    );

    expect(answers.filter(({ kind }) => kind === 'done')).toHaveLength(1);
    expect(scene.bank.orders - before).toBe(1);
    expect((await scene.stateOf(paymentId)).states).toEqual(['refunded']);
  }, 30_000);
});
