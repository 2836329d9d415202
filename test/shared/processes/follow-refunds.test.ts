import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { PaymentId } from '#schemas/ids.ts';
import { makeGatewayClient } from '#shared/adapters/gateway-client.ts';
import { instantAfter } from '#shared/domain/calendar.ts';
import { followRefunds } from '#shared/processes/follow-refunds.ts';
import { type FaultKind, injectFault } from '#test/support/faults.ts';
import { startGatewayHost } from '#test/support/gateway-host.ts';
import type { BankMood } from '#test/support/refund-bank.ts';
import {
  aDecision,
  aRefundRequest,
  makeRefundScene,
  type RefundScene,
  refundIn,
  refundStart,
} from '#test/support/refund-scene.ts';

const scenes: RefundScene[] = [];
let scene: RefundScene;
beforeEach(async () => {
  scene = await makeRefundScene();
  scenes.push(scene);
});
afterAll(() => Promise.all(scenes.map(({ engine }) => engine.stop())));

const minute = 60_000;
const looks = [1, 5, 15, 30, 90, 150];

/** Asked for and approved, while the bank is in these moods. */
async function approve(moods: BankMood[], change: object = {}): Promise<PaymentId> {
  const paymentId = await scene.putPaid();
  scene.bank.moods = moods;
  const request = aRefundRequest(paymentId, change);
  await scene.run(request);
  await scene.run(aDecision(request, 'approve'));
  return paymentId;
}

async function sweepAt(...minutes: readonly number[]): Promise<void> {
  for (const time of minutes) await scene.sweepAt(time);
}

async function expectOneRefund(paymentId: PaymentId): Promise<void> {
  expect(await scene.stateOf(paymentId)).toEqual({
    states: ['refunded'],
    refundReservedVnd: 28_000,
    refundedVnd: 28_000,
  });
  expect(scene.bank.books.size).toBe(1);
  expect(scene.bank.paidVnd).toBe(28_000);
}

describe('a refund whose answer was lost', () => {
  it.each<[BankMood[], number]>([
    [['pays-silently'], 1],
    [['hears-nothing', 'pays'], 2],
    [['hears-nothing', 'hears-nothing', 'pays-silently'], 3],
    [['doubts', 'pays'], 2],
  ])('ends in one refund when the bank %j', async (moods, orders) => {
    const paymentId = await approve(moods);
    expect((await scene.stateOf(paymentId)).states).toEqual(['requested']);

    await sweepAt(...looks);

    expect(scene.bank.orders).toBe(orders);
    await expectOneRefund(paymentId);
  });

  it('ends in one refund when it is paid long after it was accepted in silence', async () => {
    const paymentId = await approve(['accepts-silently']);
    await sweepAt(...looks);
    expect((await scene.stateOf(paymentId)).states).toEqual(['requested']);
    scene.bank.finish('refunded');

    await sweepAt(210, 270);

    expect(scene.bank.orders).toBe(1);
    await expectOneRefund(paymentId);
  });

  it('is not sent again before the bank had time, however often it is looked at', async () => {
    const paymentId = await approve(['hears-nothing']);
    for (const seconds of [1, 60, 299]) {
      scene.setClock(instantAfter(refundStart, seconds * 1_000));
      await scene.sweep();
    }
    expect(scene.bank.orders).toBe(1);
    expect(await scene.dueAtOf(paymentId)).toBe(instantAfter(refundStart, 5 * minute));
  });

  it('is sent again by one of several followers only', async () => {
    const paymentId = await approve(['hears-nothing', 'pays']);
    scene.setClock(instantAfter(refundStart, 5 * minute));
    const record = await scene.record(paymentId);
    const ids = record.refunds.map(({ refundId }) => refundId);

    await Promise.all(Array.from({ length: 10 }, () => followRefunds(record, ids, scene.following)));

    expect(scene.bank.orders).toBe(2);
    await sweepAt(15);
    await expectOneRefund(paymentId);
  });

  it('ends in one refund over a real connection that breaks after the bank has paid', async () => {
    const host = await startGatewayHost();
    const client = makeGatewayClient({ logNews: scene.following.logNews });
    host.behave((request, response) => {
      const pieces: Buffer[] = [];
      request.on('data', (piece: Buffer) => pieces.push(piece));
      request.on('end', () => {
        const sent = { method: 'POST', url: '', headers: {}, body: Buffer.concat(pieces).toString() } as const;
        scene.bank.answer(sent).then(
          ({ body }) => response.end(body),
          () => request.socket.resetAndDestroy(),
        );
      });
    });
    const send = (request: Parameters<typeof client.order>[0]) => client.order({ ...request, url: host.url });
    const following = { ...scene.following, orderGateway: send, askGateway: send };
    const needs = {
      ...scene.needs,
      followRefunds: (...args: Parameters<typeof scene.needs.followRefunds>) => followRefunds(...args, following),
    };
    const paymentId = await scene.putPaid();
    scene.bank.moods = ['pays-silently'];
    const request = aRefundRequest(paymentId);
    await scene.run(request, needs);
    expect(refundIn(await scene.run(aDecision(request, 'approve'), needs)).state).toBe('requested');
    scene.setClock(instantAfter(refundStart, 5 * minute));
    const record = await scene.record(paymentId);

    await followRefunds(
      record,
      record.refunds.map(({ refundId }) => refundId),
      following,
    );

    await host.stop();
    expect(host.requests()).toBe(2);
    await expectOneRefund(paymentId);
  });
});

describe('a definite no', () => {
  it('gives the amount free together with the state, and waits for a person', async () => {
    const paymentId = await approve(['refuses']);
    expect(await scene.stateOf(paymentId)).toMatchObject({ states: ['failed'], refundReservedVnd: 0 });
    expect(scene.codes()).toContain('REFUND_FAILED');

    expect(await scene.sweepAt(1)).toMatchObject({ exceptions: 1 });
    expect(await scene.dueAtOf(paymentId)).toBe(instantAfter(refundStart, 24 * 60 * minute + minute));
    expect(await scene.run({ action: 'list' })).toMatchObject({
      refunds: [{ state: 'failed', owner: 'finance-desk' }],
    });
  });

  it('is closed by a second person, and the money may be transferred instead', async () => {
    const paymentId = await approve(['refuses']);
    const [failed] = await scene.refundsOf(paymentId);
    const close = { action: 'reject', by: 'kt-02', paymentId, refundId: failed?.refundId, why: 'sẽ chuyển khoản tay' };
    expect(refundIn(await scene.run(close)).state).toBe('rejected');
    expect((await scene.stateOf(paymentId)).refundReservedVnd).toBe(0);

    const request = aRefundRequest(paymentId, { way: 'transfer' });
    await scene.run(request);
    expect(refundIn(await scene.run(aDecision(request, 'approve'))).state).toBe('manual-transfer');
  });

  it('comes later as the end of what was accepted', async () => {
    const paymentId = await approve(['accepts']);
    scene.bank.finish('failed');
    await sweepAt(5);
    expect(await scene.stateOf(paymentId)).toMatchObject({ states: ['failed'], refundReservedVnd: 0 });
  });

  it('to a repeated order is asked about, since the first may have been taken', async () => {
    const paymentId = await approve(['hears-nothing', 'refuses']);
    await sweepAt(5);
    expect(await scene.stateOf(paymentId)).toMatchObject({ states: ['failed'], refundReservedVnd: 0 });
    expect(scene.bank.questions).toBe(2);
  });
});

describe('silence', () => {
  it('keeps state and reserve, is asked at 5, 15 and 30 minutes, then hourly, and is an exception after three days', async () => {
    scene.bank.isSilentToQuestions = true;
    const paymentId = await approve(['hears-nothing']);
    const dues: (string | undefined)[] = [];
    for (let at: string | undefined = refundStart; dues.length < 5; dues.push(at)) {
      scene.setClock(at ?? 'never');
      await scene.sweep();
      at = await scene.dueAtOf(paymentId);
    }
    expect(dues).toEqual([5, 15, 30, 90, 150].map((minutes) => instantAfter(refundStart, minutes * minute)));
    expect(await scene.stateOf(paymentId)).toMatchObject({ states: ['requested'], refundReservedVnd: 28_000 });

    expect(await scene.sweepAt(3 * 24 * 60)).toMatchObject({ exceptions: 1 });
    expect(scene.bank.orders).toBe(1);
  });

  it('may be ended by people only after three days', async () => {
    scene.bank.isSilentToQuestions = true;
    const paymentId = await approve(['hears-nothing']);
    const [refund] = await scene.refundsOf(paymentId);
    const transfer = { bankReference: 'FT26330', transferredOn: '2026-11-23' };
    const record = { action: 'record-transfer', by: 'kt-03', paymentId, refundId: refund?.refundId, ...transfer };
    expect(await scene.run(record)).toMatchObject({ code: 'wrong-state' });

    scene.setClock(instantAfter(refundStart, 3 * 24 * 60 * minute));

    expect(refundIn(await scene.run(record))).toMatchObject({ state: 'refunded', bankReference: 'FT26330' });
  });
});

describe('a gateway without an interface', () => {
  it.each<[string, object, (given: RefundScene) => void]>([
    ['at all', {}, (given) => given.takeInterfaceAway()],
    ['for so small an amount', { amountVnd: 999 }, () => undefined],
    ['that the maker wants to use', { way: 'transfer' }, () => undefined],
  ])('%s: a person transfers, and records the bank’s reference', async (_what, change, prepare) => {
    prepare(scene);
    const paymentId = await approve(['pays'], change);
    const [refund] = await scene.refundsOf(paymentId);
    expect(refund).toMatchObject({ state: 'manual-transfer' });
    expect(scene.bank.orders).toBe(0);
    expect(scene.codes()).toContain('TRANSFER_ORDERED');
    await sweepAt(1);
    const end = instantAfter(refundStart, 3 * 24 * 60 * minute);
    expect(await scene.dueAtOf(paymentId)).toBe(end);
    const transfer = { bankReference: 'FT26330', transferredOn: '2026-11-23' };
    const record = { action: 'record-transfer', by: 'kt-01', paymentId, refundId: refund?.refundId, ...transfer };

    const done = refundIn(await scene.run(record));

    expect(done).toMatchObject({ state: 'refunded', bankReference: 'FT26330', transferredOn: '2026-11-23' });
    expect(done.history.at(-1)).toMatchObject({ step: 'refunded', by: 'kt-01', note: 'FT26330' });
    expect(refundIn(await scene.run(record))).toEqual(done);
    expect(await scene.run({ ...record, bankReference: 'FT99999' })).toMatchObject({ code: 'other-transfer' });
    expect(await scene.run({ action: 'list' })).toEqual({ kind: 'listed', refunds: [] });
  });

  it('may have its order given up, which gives the amount free', async () => {
    scene.takeInterfaceAway();
    const paymentId = await approve(['pays']);
    const [refund] = await scene.refundsOf(paymentId);
    await scene.run({ action: 'reject', by: 'kt-02', paymentId, refundId: refund?.refundId, why: 'tài khoản đã đóng' });
    expect(await scene.stateOf(paymentId)).toMatchObject({ states: ['rejected'], refundReservedVnd: 0 });
  });
});

describe('refunds of the same money', () => {
  it('go to the bank one after the other', async () => {
    const first = await approve(['accepts'], { amountVnd: 10_000 });
    const request = aRefundRequest(first, { amountVnd: 10_000 });
    await scene.run(request);
    await scene.run(aDecision(request, 'approve'));
    expect((await scene.stateOf(first)).states).toEqual(['requested', 'approved']);
    scene.bank.finish('refunded');
    scene.bank.moods = ['pays'];

    await sweepAt(5, 10);

    expect((await scene.stateOf(first)).states).toEqual(['refunded', 'refunded']);
    expect(scene.bank.paidVnd).toBe(20_000);
  });
});

describe('a fault at any write', () => {
  const kinds: readonly FaultKind[] = [
    'throttle',
    'throttle-reason',
    'conflict',
    'conflict-reason',
    'committed-then-timeout',
    'never-sent',
  ];
  const writes = ['request', 'approval', 'order', 'acceptance', 'end'];
  const cases = writes.flatMap((write, index) => kinds.map((kind) => [write, kind, index + 1] as const));

  it.each(cases)('ends in one refund: %s (%s)', async (_write, kind, nth) => {
    const paymentId = await scene.putPaid();
    const request = aRefundRequest(paymentId);
    const fault = injectFault(scene.table.client, { command: 'TransactWriteItemsCommand', kind, nth });
    // Whoever hears nothing asks again.
    for (const command of [request, aDecision(request, 'approve')]) {
      await scene.run(command).catch(() => scene.run(command));
    }

    await sweepAt(...looks);

    expect(fault.struck()).toBe(1);
    await expectOneRefund(paymentId);
    expect(await scene.dueAtOf(paymentId)).toBeUndefined();
    expect(await scene.drainQueue()).toHaveLength(1);
  });

  it.each(kinds)('gives the amount free once: refusal (%s)', async (kind) => {
    const paymentId = await scene.putPaid();
    scene.bank.moods = ['refuses'];
    const request = aRefundRequest(paymentId);
    await scene.run(request);
    injectFault(scene.table.client, { command: 'TransactWriteItemsCommand', kind, nth: 3 });
    await scene.run(aDecision(request, 'approve'));

    await sweepAt(...looks);

    expect(await scene.stateOf(paymentId)).toMatchObject({ states: ['failed'], refundReservedVnd: 0 });
    expect(scene.bank.books.size).toBe(0);
  });
});
