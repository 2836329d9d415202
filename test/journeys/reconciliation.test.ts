import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { actOnException } from '#functions/finance-desk/act-on-exception.ts';
import { closeDay } from '#functions/finance-desk/close-day.ts';
import { refundPayment } from '#functions/refund-payment/refund-payment.ts';
import { type DayCloseCommand, dayCloseCommandSchema } from '#schemas/day-close.ts';
import { eventTypes } from '#schemas/dossier-confirmation.ts';
import { exceptionActSchema } from '#schemas/exception.ts';
import { refundCommandSchema } from '#schemas/refund.ts';
import { makeRefundLedger } from '#shared/adapters/refund-ledger.ts';
import { moneyKey } from '#shared/domain/settlement.ts';
import type { DayAddress } from '#shared/domain/statement-day.ts';
import { followRefunds } from '#shared/processes/follow-refunds.ts';
import { makeReconcileJourney, type ReconcileJourney } from '#test/support/reconcile-journey.ts';
import { aDecision, aRefundRequest, refundIn } from '#test/support/refund-scene.ts';
import { dayOf, lan, minh, monday, morningOf, thursday, tuesday } from '#test/support/week-of-reconciliation.ts';

let journey: ReconcileJourney;
let paid: Awaited<ReturnType<typeof payOnMonday>>;
beforeAll(async () => {
  journey = await makeReconcileJourney();
  paid = await payOnMonday();
}, 60_000);
afterAll(() => journey.stop());

/** Three citizens: one whose callback is lost, one who pays twice, and one whom the gateway will first forget to list. */
async function payOnMonday() {
  const lost = await journey.visitBank('vnpay');
  await lost.press('pay-silently');
  const twice = await journey.visitBank('vnpay');
  await twice.press('pay');
  await twice.press('pay');
  const late = await journey.visitBank('vnpay');
  await late.press('pay');
  const issued = [twice.paymentId, late.paymentId];
  await journey.issue(issued);
  await journey.send(issued);
  return { lost: lost.paymentId, twice: twice.paymentId, late: late.paymentId };
}

const exceptionsByClass = async (address: DayAddress) =>
  Object.fromEntries((await journey.dayRecord(address)).exceptions.map((one) => [one.class, one]));

async function act(address: DayAddress, name: string, by: typeof lan, what: object): Promise<void> {
  const exception = (await exceptionsByClass(address))[name];
  if (exception === undefined) throw new Error(`no exception ${name}`);
  const command = { revision: exception.revision, do: exceptionActSchema.parse(what) };
  const outcome = await actOnException(exception.exceptionId, command, by, journey.desk);
  if (outcome.kind === 'refused') throw new Error(outcome.explanation);
}

async function close(address: DayAddress, command: object, by: typeof lan) {
  const asked: DayCloseCommand = dayCloseCommandSchema.parse(command);
  const outcome = await closeDay(address, asked, by, journey.desk);
  return outcome.kind === 'refused' ? outcome.code : outcome.day.state;
}

/** What finance staff ask of refunds, with the bank behind it. */
function ask(command: object) {
  const { clock, logNews } = journey.following;
  return refundPayment(refundCommandSchema.parse(command), {
    ledger: makeRefundLedger(journey.table),
    followRefunds: (record, refundIds) => followRefunds(record, refundIds, journey.following),
    clock,
    pauseBeforeTry: () => Promise.resolve(),
    logNews,
  });
}

describe('three citizens’ money, from a lost callback to a closed day', () => {
  it('is found by the statement: what was lost is settled, receipted and confirmed; the rest has an owner', async () => {
    journey.setClock(morningOf(tuesday));
    const rows = (await journey.statementOf(monday)).match(/^DTL/gm)?.length ?? 0;
    expect(rows).toBe(4);

    await journey.arrive(monday, await journey.statementOf(monday, { without: [rows - 1] }));
    await journey.send([paid.lost]);

    expect(await journey.exceptionsOf(monday)).toEqual(['THIEU_DOI_TAC open', 'THIEU_NOI_BO explained', 'TRUNG open']);
    expect((await journey.record(paid.lost)).payment.state).toBe('paid');
    expect(await journey.eventsOf(paid.lost)).toEqual([eventTypes.paymentPaid, eventTypes.receiptIssued]);
    const { TRUNG, THIEU_DOI_TAC } = await exceptionsByClass(monday);
    expect([TRUNG?.desk, THIEU_DOI_TAC?.desk]).toEqual(['kt-vpdkdd', 'kt-vpdkdd']);
  });

  it('goes back where it was paid twice, by two people, and the next day’s statement agrees', async () => {
    const [surplus] = (await journey.record(paid.twice)).money;
    const request = aRefundRequest(paid.twice, {
      reason: 'TRUNG',
      decision: undefined,
      moneyKey: moneyKey('vnpay', 'vpdkdd', surplus?.identity ?? ''),
    });
    await ask(request);
    expect(refundIn(await ask(aDecision(request, 'approve'))).state).toBe('refunded');

    journey.setClock(morningOf(dayOf('2026-11-25')));
    await journey.arrive(tuesday, await journey.statementOf(tuesday));

    const { exceptions, runs } = await journey.dayRecord(tuesday);
    expect(exceptions).toEqual([]);
    expect(runs.at(-1)?.figures).toMatchObject({
      statement: { refunds: { count: 1, sum: 28_000 } },
      ledger: { refunded: { count: 1, sum: 28_000 } },
      classes: { HOAN: { count: 1, statementVnd: -28_000, ledgerVnd: -28_000 } },
    });
  });

  it('is vouched for by two people, once each difference has somebody who looks after it', async () => {
    expect(await close(monday, { act: 'propose' }, lan)).toBe('unassigned');
    for (const name of ['TRUNG', 'THIEU_DOI_TAC']) await act(monday, name, lan, { act: 'assign', to: lan });
    await act(monday, 'TRUNG', lan, { act: 'propose', end: 'resolve', note: 'Đã hoàn tiền ngày 24/11' });
    await act(monday, 'TRUNG', minh, { act: 'approve' });

    expect(await close(monday, { act: 'propose' }, lan)).toBe('proposed');
    expect(await close(monday, { act: 'approve', number: 1 }, lan)).not.toBe('closed');
    expect(await close(monday, { act: 'approve', number: 1 }, minh)).toBe('closed');
    expect((await journey.dayRecord(monday)).close?.proof.holds).toBe(true);
  });

  it('that the gateway lists too late becomes an adjustment of the day on which it is found', async () => {
    const closed = (await journey.dayRecord(monday)).close;
    journey.setClock(morningOf(thursday));

    await journey.arrive(monday, await journey.statementOf(monday));

    expect(await journey.exceptionsOf(monday)).toEqual([
      'THIEU_DOI_TAC explained',
      'THIEU_NOI_BO explained',
      'TRUNG resolved',
    ]);
    expect((await journey.dayRecord(monday)).close).toEqual(closed);
    expect((await journey.dayRecord(thursday)).adjustments).toMatchObject([
      { day: monday.day, bookedOn: thursday.day, class: 'THIEU_DOI_TAC', effect: 'explained', differenceVnd: 28_000 },
    ]);
    expect(await close(monday, { act: 'reopen' }, lan)).toBe('reopening');
  });
});
