import { describe, expect, it } from '@jest/globals';
import { businessDateSchema, instantSchema } from '#schemas/ids.ts';
import { refundRequestSchema, refundStateSchema } from '#schemas/refund.ts';
import { staffCodeSchema } from '#schemas/staff-code.ts';
import { instantAfter } from '#shared/domain/calendar.ts';
import {
  holdsReserve,
  isOpen,
  mayBecome,
  type Refund,
  refundNumberOf,
  refundTransitions,
} from '#shared/domain/refund.ts';
import { planRefund } from '#shared/domain/refund-plan.ts';
import { approve, maySendAgain, order, recordTransfer, reject, sendAgain } from '#shared/domain/refund-steps.ts';
import { refundableMoney } from '#shared/domain/refundable-money.ts';
import { aPaidRecord } from '#test/support/paid-record.ts';

const at = instantSchema.parse('2026-11-24T02:00:00.000Z');
const later = instantAfter(at, 3 * 24 * 60 * 60_000);
const maker = staffCodeSchema.parse('kt-01');
const checker = staffCodeSchema.parse('kt-02');
const record = aPaidRecord();
const [money] = refundableMoney(record);
if (money === undefined) throw new Error('no money');
const paid = money;

function aRefund(change: Partial<Refund> = {}): Refund {
  const request = refundRequestSchema.parse({
    refundId: 'tuchoi0001',
    paymentId: record.payment.paymentId,
    amountVnd: 28_000,
    reason: 'TU_CHOI',
  });
  const plan = planRefund(record, request, maker, at);
  if (plan.kind !== 'new') throw new Error(plan.kind);
  return { ...plan.refund, ...change };
}

describe('the states of a refund', () => {
  it('never lead back, and end at refunded or rejected', () => {
    const rank = refundStateSchema.options;
    for (const [from, next] of Object.entries(refundTransitions)) {
      for (const to of next) expect(rank.indexOf(to)).toBeGreaterThan(rank.findIndex((state) => state === from));
    }
    expect(rank.filter((state) => !isOpen({ state }))).toEqual(['refunded', 'rejected']);
  });

  it('keep the amount reserved unless nothing was or will be paid back', () => {
    expect(refundStateSchema.options.filter((state) => !holdsReserve({ state }))).toEqual(['failed', 'rejected']);
  });

  it('free a reserve once: what has given it back never holds it again', () => {
    const refund = aRefund({ state: 'failed' });
    const reachable = refundStateSchema.options.filter((state) => mayBecome(refund, state));
    expect(reachable.filter((state) => holdsReserve({ state }))).toEqual([]);
  });
});

describe('the number that gateways know a refund by', () => {
  it('is no attempt’s reference and differs between payments', () => {
    expect(refundNumberOf(aRefund())).toBe(`r${record.payment.paymentId}01`);
    expect(refundNumberOf(aRefund({ ordinal: 99 }))).toMatch(/^[0-9a-z]{8,20}$/);
  });
});

describe('a decision', () => {
  const states = refundStateSchema.options;

  it.each(states)('of the maker is refused: %s', (state) => {
    const own = { kind: 'refused', refusal: { code: 'same-person' } };
    expect(approve(aRefund({ state }), maker, at)).toEqual(own);
    expect(reject(aRefund({ state }), maker, 'không còn cần', at)).toEqual(own);
  });

  it('approves what is proposed, nothing else', () => {
    expect(states.filter((state) => approve(aRefund({ state }), checker, at).kind === 'move')).toEqual(['proposed']);
  });

  it('rejects what no gateway was asked for, and what failed', () => {
    const rejectable = (now: typeof at) =>
      states.filter((state) => reject(aRefund({ state }), checker, 'không còn cần', now).kind === 'move');
    expect(rejectable(at)).toEqual(['proposed', 'approved', 'manual-transfer', 'failed']);
    expect(rejectable(later)).toEqual(['proposed', 'approved', 'requested', 'manual-transfer', 'failed']);
  });

  it('records a transfer that was ordered, or that a silent gateway made', () => {
    const facts = { by: maker, bankReference: 'FT1', transferredOn: businessDateSchema.parse('2026-11-24') };
    const recordable = (now: typeof at) =>
      states.filter((state) => recordTransfer(aRefund({ state }), paid, facts, now).kind === 'move');
    expect(recordable(at)).toEqual(['manual-transfer']);
    expect(recordable(later)).toEqual(['requested', 'manual-transfer']);
  });

  it('records no transfer of a day that is still to come in Vietnam', () => {
    const lastMinute = instantSchema.parse('2026-11-24T16:59:00.000Z');
    const on = (day: string) => ({ by: maker, bankReference: 'FT1', transferredOn: businessDateSchema.parse(day) });
    const recordOn = (day: string) => recordTransfer(aRefund({ state: 'manual-transfer' }), paid, on(day), lastMinute);
    expect(recordOn('2026-11-25')).toEqual({ kind: 'refused', refusal: { code: 'day-ahead' } });
    expect(recordOn('2026-11-24').kind).toBe('move');
  });
});

describe('an order', () => {
  const ordered = order(aRefund({ state: 'approved' }), 'ref', at);
  const minutes = (count: number) => instantAfter(at, count * 60_000);

  it('is sent again five minutes after it was sent last, never sooner', () => {
    expect([4, 5].map((count) => maySendAgain(ordered, minutes(count)))).toEqual([false, true]);
    const again = sendAgain(ordered, minutes(5));
    expect([9, 10].map((count) => maySendAgain(again, minutes(count)))).toEqual([false, true]);
    expect(again.conversation).toMatchObject({ refundRef: 'ref', requestedAt: at, sends: 2 });
  });
});
