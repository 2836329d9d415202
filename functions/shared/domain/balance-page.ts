import type { Instant, UnitCode } from '#schemas/ids.ts';
import { instantAfter } from './calendar.ts';
import { digestOfData } from './canonical-json.ts';
import type { DayClose } from './day-close.ts';
import type { ProofPageFacts } from './proof-page.ts';
import { isSameAccount, type ReconciliationSettings } from './reconciliation-settings.ts';
import type { MerchantAccountName } from './statement.ts';
import { addressOf } from './statement-day.ts';

/** The unit that signs the pages of an account; nothing where they stay unsigned. */
export function unitThatSigns(
  account: MerchantAccountName,
  { accounts }: Pick<ReconciliationSettings, 'accounts'>,
): UnitCode | undefined {
  return accounts.find((one) => isSameAccount(one, account))?.signedBy;
}

/**
 * The unit whose signature a close still lacks. Who signs follows the configuration, and not the close, so that a unit
 * that cannot sign is mended there.
 */
export function signatureOwedBy(
  close: DayClose | undefined,
  settings: Pick<ReconciliationSettings, 'accounts'>,
): UnitCode | undefined {
  return close?.state === 'closed' && close.page === undefined ? unitThatSigns(close, settings) : undefined;
}

/**
 * Where the page of a close lies in the archive. A day is closed once and for good; but after a restore of the table it may
 * be closed again, by others or at another time, and what the archive holds then must not stand in the way.
 */
export function pageKeyOf(close: DayClose): string {
  const { gateway, merchant, day, digest, maker, proposedAt, checker, decidedAt } = close;
  const name = digestOfData({ digest, maker, proposedAt, checker, decidedAt });
  return `balance-pages/${gateway}/${merchant}/${day}/${name}.pdf`;
}

/** What the page of a closed day says: nothing but what its close has frozen. */
export function factsOfClose(
  close: DayClose,
  made: Pick<ProofPageFacts, 'madeBy' | 'madeAt'>,
): ProofPageFacts & { readonly close: DayClose } {
  const { proof, run, statement, openExceptions } = close;
  return { ...addressOf(close), proof, close, run, statement, openExceptions, ...made };
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** A signer that is away for so long will not be back in a moment. */
const overdueAfter = hour;

export function isPageOverdue(closedAt: Instant, now: Instant): boolean {
  return now >= instantAfter(closedAt, overdueAfter);
}

/**
 * When a page that could not be signed is tried again: after as long as it has been owed, within limits. What waits for a
 * person is told once a day.
 */
export function nextPageLook(closedAt: Instant, waitsFor: 'signer' | 'person', now: Instant): Instant {
  if (waitsFor === 'person') return instantAfter(now, day);
  const age = Date.parse(now) - Date.parse(closedAt);
  return instantAfter(now, Math.min(Math.max(age, minute), hour));
}
