import { ageingOf, daysNotClosed, daysToBeClosed, type ExceptionAgeing } from '#shared/domain/exception-ageing.ts';
import type { ExceptionLedger } from '#shared/domain/reconciliation-ports.ts';
import type { LookNeeds } from './look-for-missing.ts';

export interface OverdueNeeds extends LookNeeds {
  readonly exceptions: Pick<ExceptionLedger, 'findOpen'>;
}

/** What waits for people, and how long it has waited. */
export interface Overdue extends Pick<ExceptionAgeing, 'open' | 'overdue' | 'oldestSeconds'> {
  readonly daysNotClosed: number;
}

/** Figures for those who lead the desk, a line for each owner who has let something lie, and one for each open day. */
export async function lookForOverdue({ exceptions, ledger, settings, clock, logNews }: OverdueNeeds): Promise<Overdue> {
  const now = clock();
  const open = await exceptions.findOpen();
  const late = open.filter(({ dueAt }) => dueAt < now);
  for (const [owner, theirs] of Map.groupBy(late, ({ assignee, desk }) => assignee ?? desk)) {
    logNews('EXCEPTIONS_OVERDUE', { owner, count: theirs.length, since: theirs[0]?.dueAt });
  }
  const toBeClosed = daysToBeClosed(settings, now);
  const states = [];
  for (const address of toBeClosed) states.push(await ledger.readDay(address));
  const notClosed = daysNotClosed(
    toBeClosed,
    states.filter((state) => state !== undefined),
  );
  for (const address of notClosed) logNews('DAY_NOT_CLOSED', { ...address });
  const { overdue, oldestSeconds } = ageingOf(open, now);
  return { open: open.length, overdue, oldestSeconds, daysNotClosed: notClosed.length };
}
