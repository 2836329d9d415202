import { daysBankedWith, daysComparedWith, isOfBank } from '#shared/domain/bank-days.ts';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import type { ExceptionLedger } from '#shared/domain/reconciliation-ports.ts';
import type { RunInputs } from '#shared/domain/reconciliation-run.ts';
import type { MerchantAccountName } from '#shared/domain/statement.ts';
import { addressOf, type DayAddress } from '#shared/domain/statement-day.ts';
import { notedByRun } from '#shared/domain/treated-exceptions.ts';
import { dayAfter, urgentDueAt } from '#shared/domain/working-days.ts';
import { explain } from '#shared/processes/answer-to-error.ts';
import { type HealingNeeds, healFindings, type Treatment } from '#shared/processes/heal-findings.ts';
import { type Arrival, acceptStatement } from './accept-statement.ts';
import { orderToCompare } from './fetch-bank.ts';
import { type DayRun, type RunningNeeds, runDay } from './run-day.ts';

export type ReconcileNeeds = RunningNeeds &
  HealingNeeds & {
    readonly exceptions: ExceptionLedger;
    /** Whether we have such an account. */
    readonly isOurs: (account: MerchantAccountName) => boolean;
  };

/**
 * A statement has arrived: takes it, compares its day, mends what can be mended, and compares the neighbouring days again,
 * whose last minutes it may explain; a bank's statement has the days compared again whose money it books. Every step may
 * be repeated, and done by several at once; broken off anywhere, the same arrival told again ends in the same books.
 */
export async function reconcileArrival(arrival: Arrival, needs: ReconcileNeeds): Promise<void> {
  if (!needs.isOurs(arrival)) {
    needs.logNews('STATEMENT_MISPLACED', { ...addressOf(arrival), why: 'there is no such account' });
    return;
  }
  if (!(await acceptStatement(arrival, needs))) return;
  if (isOfBank(arrival)) {
    const { merchant: account, day } = arrival;
    const { digest } = (await needs.recording.ledger.readDay(arrival))?.file ?? {};
    const days = daysComparedWith(needs.recording.settings, { account, day });
    return reconcileBanked(days, needs, digest === undefined ? undefined : { account, day, digest });
  }
  await reconcileDay(addressOf(arrival), needs);
  const compared = new Set<string>([arrival.day]);
  for (const days of [-1, 1]) {
    const neighbour = { ...addressOf(arrival), day: dayAfter(arrival.day, days) };
    const state = await needs.recording.ledger.readDay(neighbour);
    if (state?.file === undefined) continue;
    // A closed one too: the file of the next day comes after its close, and tells of its last minutes.
    await reconcileDay(neighbour, needs);
    compared.add(neighbour.day);
  }
  // After a weekend the bank books the money of several days together, and one of them is compared with it for all.
  const together = daysBankedWith(needs.recording.settings, arrival);
  await reconcileBanked(
    together.filter(({ day }) => !compared.has(day)),
    needs,
  );
}

/**
 * Compares days again that hold a comparison with the bank, or have held one. One that was compared with this very file of
 * the bank is left: so an arrival that was stopped among many days goes on, when it is told again, where it stopped.
 */
async function reconcileBanked(days: readonly DayAddress[], needs: ReconcileNeeds, bankFile?: BankFile): Promise<void> {
  const { ledger } = needs.recording;
  for (const address of days) {
    const state = await ledger.readDay(address);
    const run = state?.latest === undefined ? undefined : await ledger.readRun(address, state.latest.number);
    const { bank } = run?.inputs ?? {};
    const isKnown = bank?.files.some((one) => canonicalJson(one) === canonicalJson(bankFile ?? {})) ?? false;
    if (isKnown && state?.running === undefined) continue;
    const isToCompare = bank !== undefined || (await orderToCompare(address, needs.recording)) !== undefined;
    if (isToCompare) await reconcileDay(address, needs);
  }
}

type BankFile = NonNullable<RunInputs['bank']>['files'][number];

/** What was mended is compared at once: its exceptions are explained, and not left for people to wonder about. */
export async function reconcileDay(address: DayAddress, needs: ReconcileNeeds): Promise<void> {
  const run = await runDay(address, needs);
  if (run === undefined) return;
  const treatments = await healFindings(addressOf(address), run.findings, needs);
  for (const treatment of treatments) await noteTreatment(treatment, run, needs);
  const last = treatments.some(({ isHealed }) => isHealed) ? await runDay(address, needs) : run;
  // The arrival is told again, and nothing but the file is left to do.
  if (typeof last?.exported === 'object') {
    throw new Error(`the ledger of ${address.day} could not be exported`, { cause: last.exported.fault });
  }
}

/** More people do not work on one exception at the same moment. */
const mostTries = 5;

/** What was tried stands beside what was found. A note that cannot be written holds up nothing. */
async function noteTreatment(
  { of, note, isUrgent = false }: Treatment,
  { ticket }: DayRun,
  needs: ReconcileNeeds,
): Promise<void> {
  const { exceptionId } = of;
  const { exceptions, recording, logNews } = needs;
  try {
    for (let tries = 1; tries <= mostTries; tries += 1) {
      const exception = await exceptions.readException(exceptionId);
      if (exception === undefined || exception.state === 'closed') return;
      const at = recording.clock();
      const dueAt = isUrgent ? urgentDueAt(recording.settings, at) : undefined;
      const move = notedByRun(exception, { note, run: ticket.number, at, dueAt });
      if (move === undefined || (await exceptions.moveException(move)) === 'written') return;
    }
  } catch (error) {
    logNews('FINDING_STANDS', { exceptionId, why: explain(error) });
  }
}
