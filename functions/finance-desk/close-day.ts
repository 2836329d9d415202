import type { DayCloseCommand, DayView } from '#schemas/day-close.ts';
import type { StaffCode } from '#schemas/staff-code.ts';
import { unitThatSigns } from '#shared/domain/balance-page.ts';
import {
  approveClose,
  type CloseDecision,
  type CloseRefusal,
  type DayBooks,
  proposeClose,
  rejectClose,
} from '#shared/domain/close-day.ts';
import type { DayClose } from '#shared/domain/day-close.ts';
import { BrokenInvariant } from '#shared/domain/failures.ts';
import type { LogCode } from '#shared/domain/log-catalogue.ts';
import { addressOf, type DayAddress } from '#shared/domain/statement-day.ts';
import { explainCloseRefusal } from './explain-close-refusal.ts';
import { mostRounds, type ReconciliationNeeds, type Refused } from './reconciliation-needs.ts';
import { isReconciled, readBooks, showDay, unknownAccount } from './show-day.ts';

type Needs = Pick<ReconciliationNeeds, 'book' | 'settings' | 'clock' | 'logNews'>;

export type CloseOutcome =
  | { readonly kind: 'done'; readonly day: DayView }
  | Refused<CloseRefusal['code'] | 'unknown-account'>;

/**
 * Closes an account's day by two persons: the maker proposes it with the proof of that moment, the checker approves on
 * condition that nothing of the books has moved since. What is closed stays closed.
 */
export async function closeDay(
  address: DayAddress,
  command: DayCloseCommand,
  by: StaffCode,
  needs: Needs,
): Promise<CloseOutcome> {
  if (!isReconciled(address, needs)) return unknownAccount;
  for (let round = 0; round < mostRounds; round += 1) {
    const books = await readBooks(address, needs);
    const decision = decide(books, command, by, needs);
    if (decision.kind === 'refused') return refused(decision.refusal);
    if (decision.kind === 'known') return { kind: 'done', day: showDay(books, needs) };
    if ((await needs.book.moveClose(decision.close, decision.day)) === 'changed') continue;
    const { state, number, kind, digest } = decision.close.after;
    needs.logNews(newsOf[state], { ...addressOf(address), kind, number, digest, by });
    return { kind: 'done', day: showDay(await readBooks(address, needs), needs) };
  }
  throw new BrokenInvariant(
    `the close of ${address.day} could not be written ${mostRounds} times: the day kept moving`,
  );
}

function decide(books: DayBooks, command: DayCloseCommand, by: StaffCode, { settings }: Needs): CloseDecision {
  const word = { by, at: books.now, note: command.note };
  switch (command.act) {
    case 'propose':
      return proposeClose(books, command.kind, word);
    case 'approve':
      return approveClose(books, command.number, word, unitThatSigns(books, settings) !== undefined);
    case 'reject':
      return rejectClose(books, command.number, word);
    case 'reopen':
      return { kind: 'refused', refusal: { code: 'reopening' } };
  }
}

/** The log's word for what a close has become. */
export const newsOf = {
  proposed: 'DAY_CLOSE_PROPOSED',
  closed: 'DAY_CLOSED',
  rejected: 'DAY_CLOSE_REJECTED',
} as const satisfies Record<DayClose['state'], LogCode>;

function refused(refusal: CloseRefusal): CloseOutcome {
  return { kind: 'refused', code: refusal.code, explanation: explainCloseRefusal(refusal) };
}
