import type { Month } from '#schemas/day-close.ts';
import type { Instant } from '#schemas/ids.ts';
import { businessDateOf } from './calendar.ts';
import { digestOfData } from './canonical-json.ts';
import {
  type CloseWord,
  decided,
  type ProposalRefusal,
  proposed,
  refusalOfDecision,
  wasDecided,
} from './close-proposal.ts';
import type { DayClose, MonthClose } from './day-close.ts';
import type { MonthMove } from './reconciliation-ports.ts';
import { accountsOn, type ReconciliationSettings } from './reconciliation-settings.ts';
import { addressOf, type DayAddress } from './statement-day.ts';
import { daysOfMonth } from './working-days.ts';

/** A month as it was read: the days that must be closed, and those that are. */
export interface MonthBooks {
  readonly month: Month;
  readonly days: readonly DayAddress[];
  readonly closes: readonly DayClose[];
  readonly close: MonthClose | undefined;
  readonly now: Instant;
}

export type MonthRefusal =
  | { readonly code: 'month-not-over' }
  | { readonly code: 'nothing-to-close' }
  | { readonly code: 'days-open'; readonly count: number; readonly first: DayAddress }
  | { readonly code: 'outdated' }
  | { readonly code: 'reopening' }
  | ProposalRefusal;

export type MonthDecision =
  | { readonly kind: 'move'; readonly move: MonthMove }
  | { readonly kind: 'known' }
  | { readonly kind: 'refused'; readonly refusal: MonthRefusal };

/** Every day of every account that had to have a statement in a month. */
export function daysToClose(settings: ReconciliationSettings, month: Month): readonly DayAddress[] {
  return daysOfMonth(month).flatMap((day) =>
    accountsOn(settings, day).map(({ gateway, merchant }) => ({ gateway, merchant, day })),
  );
}

export function openDaysOf({ days, closes }: MonthBooks): readonly DayAddress[] {
  const closed = new Set(closes.filter(({ state }) => state === 'closed').map(nameOf));
  return days.filter((day) => !closed.has(nameOf(day)));
}

export const accountsOf = ({ days }: MonthBooks): string[] =>
  [...new Set(days.map(({ gateway, merchant }) => `${gateway}/${merchant}`))].toSorted();

const nameOf = ({ gateway, merchant, day }: DayAddress): string => `${gateway}/${merchant}/${day}`;

/** Closed days never change: once all are closed, they stay it, whatever is written between a look and the close. */
export function digestOfMonth({ month, closes }: MonthBooks) {
  const days = closes
    .map((close) => ({ ...addressOf(close), digest: close.digest }))
    .toSorted((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1));
  return digestOfData({ month, days });
}

export function proposeMonth(books: MonthBooks, word: CloseWord): MonthDecision {
  const { close, month, days } = books;
  if (close?.state === 'closed') return refused({ code: 'already-closed' });
  const hindrance = hindranceOf(books);
  if (hindrance !== undefined) return refused(hindrance);
  const digest = digestOfMonth(books);
  if (close?.state === 'proposed' && close.digest === digest) {
    return close.maker === word.by ? { kind: 'known' } : refused({ code: 'already-proposed', maker: close.maker });
  }
  const after = { month, ...proposed(close, word), digest, days: days.length, accounts: accountsOf(books) };
  return { kind: 'move', move: { before: close, after } };
}

export function approveMonth(books: MonthBooks, number: number, word: CloseWord): MonthDecision {
  const { close } = books;
  if (wasDecided(close, number, 'closed', word.by)) return { kind: 'known' };
  const refusal = refusalOfDecision(close, number, 'approve', word.by) ?? hindranceOf(books);
  if (refusal !== undefined || close === undefined) return refused(refusal ?? { code: 'not-proposed' });
  // An account that was entered since then belongs to the month too.
  if (close.digest !== digestOfMonth(books)) return refused({ code: 'outdated' });
  return { kind: 'move', move: { before: close, after: decided(close, 'closed', word) } };
}

export function rejectMonth({ close }: MonthBooks, number: number, word: CloseWord): MonthDecision {
  if (wasDecided(close, number, 'rejected', word.by)) return { kind: 'known' };
  const refusal = refusalOfDecision(close, number, 'reject', word.by);
  if (refusal !== undefined || close === undefined) return refused(refusal ?? { code: 'not-proposed' });
  return { kind: 'move', move: { before: close, after: decided(close, 'rejected', word) } };
}

function hindranceOf(books: MonthBooks): MonthRefusal | undefined {
  if (businessDateOf(books.now).slice(0, 7) <= books.month) return { code: 'month-not-over' };
  if (books.days.length === 0) return { code: 'nothing-to-close' };
  const open = openDaysOf(books);
  const [first] = open;
  return first === undefined ? undefined : { code: 'days-open', count: open.length, first };
}

function refused(refusal: MonthRefusal): MonthDecision {
  return { kind: 'refused', refusal };
}
