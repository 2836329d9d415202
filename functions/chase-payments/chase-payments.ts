import { chasePart, type PartNeeds, type PartTally } from './chase-part.ts';

export interface ChaseNeeds extends PartNeeds {
  /** Until the function is stopped from outside. */
  readonly remainingMilliseconds: () => number;
}

/** What one sweep met and did, in payments. */
export interface Sweep extends PartTally {
  /** Due at its start, as far as it asks for. */
  readonly due: number;
  /** How long the oldest of them had been due. */
  readonly oldestSeconds: number;
}

const mostPayments = 1_000;
/** Half of what a numbering transaction takes, and few enough to be finished within the reserve. */
const paymentsPerPart = 50;
const reserveMilliseconds = 20_000;

/**
 * The guarantee behind the stream (DESIGN §3): looks at every payment that is due, does what it still owes through the
 * same processes as the stream's consumers, and lets it go only when it owes nothing and has not changed meanwhile.
 * Repeating it, or running it beside the consumers or another sweep, changes nothing.
 */
export async function chasePayments(needs: ChaseNeeds): Promise<Sweep> {
  const start = needs.clock();
  const due = await needs.ledger.findDue(start, mostPayments);
  const oldestSeconds = Math.round((Date.parse(start) - Date.parse(due[0]?.dueAt ?? start)) / 1_000);
  const sweep: Sweep = { due: due.length, oldestSeconds, looked: 0, expired: 0, cleared: 0, failed: 0, exceptions: 0 };
  for (let first = 0; first < due.length; first += paymentsPerPart) {
    if (needs.remainingMilliseconds() < reserveMilliseconds) break;
    await chasePart(due.slice(first, first + paymentsPerPart), sweep, needs);
  }
  needs.logNews('SWEEP_DONE', { ...sweep });
  return sweep;
}
