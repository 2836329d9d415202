import { isPageOverdue, nextPageLook } from '#shared/domain/balance-page.ts';
import type { BalancePageLedger, OwedPage } from '#shared/domain/balance-page-ports.ts';
import type { LogNews } from '#shared/domain/log-catalogue.ts';
import type { Clock, ProcessAnswer } from '#shared/domain/ports.ts';
import { addressOf, type DayAddress } from '#shared/domain/statement-day.ts';
import { explain } from '#shared/processes/answer-to-error.ts';
import { inParallel } from '#shared/processes/in-parallel.ts';

/** Signs, archives and records the page of a closed day (sign-balance-page.ts); never throws. */
export type PageSigning = (address: DayAddress) => Promise<ProcessAnswer>;

export interface ChasePagesNeeds {
  readonly ledger: Pick<BalancePageLedger, 'findOwed' | 'reschedule'>;
  /** Asked for once in a sweep that has pages to sign, so that a signer which is silent is not asked by each of them. */
  readonly openSigning: () => Promise<PageSigning>;
  readonly clock: Clock;
  readonly logNews: LogNews;
  /** Until the function is stopped from outside. */
  readonly remainingMilliseconds: () => number;
}

/** What one sweep met and did, in pages. */
export interface PageSweep {
  readonly owed: number;
  readonly signed: number;
  /** Still owed an hour after the close. */
  readonly overdue: number;
}

/** Drawing is work for the processor; more at once would only hold more pages in memory. */
const pagesAtOnce = 4;
/** A page and a silent signer's time-out. */
const reserveMilliseconds = 15_000;

/**
 * The guarantee that every closed day gets its signed page: looks at each that is due, has it signed, and lets it go only
 * when it has. Repeating it, or running it beside another sweep, changes nothing.
 */
export async function chasePages(needs: ChasePagesNeeds): Promise<PageSweep> {
  const { ledger, clock, remainingMilliseconds } = needs;
  const owed = await ledger.findOwed();
  const now = clock();
  const due = owed.filter(({ dueAt }) => dueAt <= now);
  const done = new Set<OwedPage>();
  if (due.length > 0) {
    const sign = await needs.openSigning();
    await inParallel(due, pagesAtOnce, async (page) => {
      if (remainingMilliseconds() < reserveMilliseconds) return;
      if (await chasePage(page, sign, needs)) done.add(page);
    });
  }
  const overdue = owed.filter((page) => !done.has(page) && isPageOverdue(page.closedAt, now)).length;
  return { owed: owed.length, signed: done.size, overdue };
}

/** One that cannot be signed, or not even put off, holds up no other. */
async function chasePage(page: OwedPage, sign: PageSigning, { ledger, clock, logNews }: ChasePagesNeeds) {
  const answer = await sign(addressOf(page));
  try {
    if (answer.kind === 'done') {
      // A page that was recorded owes nothing already; what is left are days that no unit signs for any more.
      await ledger.reschedule(page, undefined);
      return true;
    }
    logNews(answer.kind === 'fault' ? 'BALANCE_PAGE_FAULT' : 'BALANCE_PAGE_DELAYED', {
      ...addressOf(page),
      why: answer.why,
    });
    const waitsFor = answer.kind === 'fault' ? 'person' : 'signer';
    await ledger.reschedule(page, nextPageLook(page.closedAt, waitsFor, clock()));
  } catch (error) {
    // It stays due as it was, so the next sweep comes back to it all the same.
    logNews('BALANCE_PAGE_DELAYED', { ...addressOf(page), why: `it could not be put off: ${explain(error)}` });
  }
  return false;
}
