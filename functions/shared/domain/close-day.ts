import type { DayCloseKind } from '#schemas/day-close.ts';
import type { ExceptionId } from '#schemas/exception.ts';
import type { Instant } from '#schemas/ids.ts';
import type { FileDigest } from '#schemas/reconciliation.ts';
import { figuresOfNothing, proveBalance } from './balance-proof.ts';
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
import type { DayClose } from './day-close.ts';
import type { Adjustment } from './exception.ts';
import type { CloseMove, DayRecord } from './reconciliation-ports.ts';
import type { ReconciliationRun } from './reconciliation-run.ts';
import { addressOf, type DayAddress, type DayMove, moveClosing } from './statement-day.ts';

/** What keeps a day from being closed. */
export type CloseHindrance =
  | { readonly code: 'day-not-over' }
  | { readonly code: 'no-file' }
  | { readonly code: 'run-in-progress'; readonly since: Instant }
  | { readonly code: 'not-reconciled' }
  | { readonly code: 'unassigned'; readonly count: number; readonly first: ExceptionId }
  | { readonly code: 'unbalanced'; readonly titles: readonly string[] }
  | { readonly code: 'no-bank-file' }
  | { readonly code: 'has-file' }
  | { readonly code: 'has-money' };

export type CloseRefusal =
  | CloseHindrance
  | ProposalRefusal
  /** The books have moved since it was proposed. */
  | { readonly code: 'outdated' }
  | { readonly code: 'reopening' };

export type CloseDecision =
  | { readonly kind: 'move'; readonly close: CloseMove; readonly day: DayMove }
  | { readonly kind: 'known' }
  | { readonly kind: 'refused'; readonly refusal: CloseRefusal };

/** The books of a day as they were read. */
export interface DayBooks extends DayAddress {
  readonly record: DayRecord;
  /** Whether the ledger shows money on the day; asked for where there is no file. */
  readonly hasMoney: boolean;
  /** Whether the day waits for the bank, as its account is configured. */
  readonly needsBank: boolean;
  readonly now: Instant;
}

/** The run that counts. */
export function runThatCounts({ day, runs }: DayRecord): ReconciliationRun | undefined {
  return runs.find(({ number }) => number === day?.latest?.number);
}

/** What would be closed now: by the run that counts, or as a day without transactions. */
export function contentOfClose(books: DayBooks, kind: DayCloseKind) {
  const { record } = books;
  const run = kind === 'reconciled' ? runThatCounts(record) : undefined;
  const proof = proveBalance(run?.figures ?? figuresOfNothing, record.adjustments.map(viewOfAdjustment));
  const content = {
    kind,
    proof,
    ...(run === undefined ? {} : { run: run.number, statement: run.inputs.statement }),
  };
  return { ...content, digest: digestOfBooks(books, content, run) };
}

/** What people do about exceptions goes on after the close; what was found, and by comparing what, is closed. */
function digestOfBooks(books: DayBooks, content: object, run: ReconciliationRun | undefined): FileDigest {
  const found = books.record.exceptions
    .filter(({ outcome }) => outcome !== 'explained')
    .map(({ exceptionId, statement, ledger }) => ({ exceptionId, statement, ledger }))
    .toSorted((one, other) => (one.exceptionId < other.exceptionId ? -1 : 1));
  return digestOfData({ ...addressOf(books), ...content, inputs: run?.inputs, found });
}

export function viewOfAdjustment({ day, exceptionId, class: name, effect, differenceVnd }: Adjustment) {
  return { day, exceptionId, class: name, effect, differenceVnd };
}

/** Everything that keeps the day from being closed, so that nobody mends one thing to hear of the next. */
export function hindrancesOf(books: DayBooks, kind: DayCloseKind): readonly CloseHindrance[] {
  const over: readonly CloseHindrance[] = books.day < businessDateOf(books.now) ? [] : [{ code: 'day-not-over' }];
  return [...over, ...(kind === 'reconciled' ? hindrancesOfRun(books) : hindrancesOfSilence(books))];
}

function hindrancesOfSilence({ record, hasMoney }: DayBooks): readonly CloseHindrance[] {
  return [
    ...(record.day?.file === undefined ? [] : [{ code: 'has-file' } as const]),
    ...(hasMoney ? [{ code: 'has-money' } as const] : []),
  ];
}

function hindrancesOfRun(books: DayBooks): readonly CloseHindrance[] {
  const { day, exceptions } = books.record;
  if (day?.file === undefined) return [{ code: 'no-file' }];
  const [first, ...others] = exceptions.filter(({ state, assignee }) => state !== 'closed' && assignee === undefined);
  const isCompared = day.latest?.statement === day.file.digest;
  const faulty = contentOfClose(books, 'reconciled').proof.equations.filter(({ holds }) => !holds);
  return [
    ...(day.running === undefined ? [] : [{ code: 'run-in-progress', since: day.running.startedAt } as const]),
    ...(isCompared ? [] : [{ code: 'not-reconciled' } as const]),
    ...(first === undefined
      ? []
      : [{ code: 'unassigned', count: others.length + 1, first: first.exceptionId } as const]),
    ...(isCompared && books.needsBank && runThatCounts(books.record)?.figures.bank === undefined
      ? [{ code: 'no-bank-file' } as const]
      : []),
    ...(isCompared && faulty.length > 0
      ? [{ code: 'unbalanced', titles: faulty.map(({ title }) => title) } as const]
      : []),
  ];
}

/** Whether a proposal is about books that have moved since: another run, another file, an adjustment. */
export function isOutdated(books: DayBooks, close: DayClose): boolean {
  if (close.state !== 'proposed') return false;
  return close.books !== (books.record.day?.books ?? 0) || close.digest !== contentOfClose(books, close.kind).digest;
}

export function proposeClose(books: DayBooks, kind: DayCloseKind, word: CloseWord): CloseDecision {
  const { day, close } = books.record;
  if (close?.state === 'closed') return refused({ code: 'already-closed' });
  if (close?.state === 'proposed' && !isOutdated(books, close)) {
    const isSame = close.maker === word.by && close.kind === kind;
    return isSame ? { kind: 'known' } : refused({ code: 'already-proposed', maker: close.maker });
  }
  const [hindrance] = hindrancesOf(books, kind);
  if (hindrance !== undefined) return refused(hindrance);
  const after = {
    ...addressOf(books),
    ...proposed(close, word),
    ...contentOfClose(books, kind),
    books: day?.books ?? 0,
  };
  return moving(books, { before: close, after });
}

/**
 * Freezes the day, on condition that nothing of its books has moved since they were proposed.
 * @param owesPage whether a unit is to sign its page: the sweep is told in the same write
 */
export function approveClose(books: DayBooks, number: number, word: CloseWord, owesPage: boolean): CloseDecision {
  const { close } = books.record;
  if (wasDecided(close, number, 'closed', word.by)) return { kind: 'known' };
  const refusal = refusalOfDecision(close, number, 'approve', word.by);
  if (refusal !== undefined || close === undefined) return refused(refusal ?? { code: 'not-proposed' });
  if (isOutdated(books, close)) return refused({ code: 'outdated' });
  const [hindrance] = hindrancesOf(books, close.kind);
  if (hindrance !== undefined) return refused(hindrance);
  const openExceptions = books.record.exceptions.filter(({ state }) => state !== 'closed').length;
  const owed = owesPage ? { dueAt: word.at } : {};
  return moving(books, { before: close, after: { ...decided(close, 'closed', word), openExceptions, ...owed } });
}

export function rejectClose(books: DayBooks, number: number, word: CloseWord): CloseDecision {
  const { close } = books.record;
  if (wasDecided(close, number, 'rejected', word.by)) return { kind: 'known' };
  const refusal = refusalOfDecision(close, number, 'reject', word.by);
  if (refusal !== undefined || close === undefined) return refused(refusal ?? { code: 'not-proposed' });
  return moving(books, { before: close, after: decided(close, 'rejected', word) });
}

function moving(books: DayBooks, close: CloseMove): CloseDecision {
  const { state } = close.after;
  const day = moveClosing(books.record.day, addressOf(books), state === 'rejected' ? undefined : state);
  return { kind: 'move', close, day };
}

function refused(refusal: CloseRefusal): CloseDecision {
  return { kind: 'refused', refusal };
}
