import type { Month, MonthCloseCommand, MonthView } from '#schemas/day-close.ts';
import type { StaffCode } from '#schemas/staff-code.ts';
import {
  accountsOf,
  approveMonth,
  daysToClose,
  type MonthBooks,
  type MonthDecision,
  type MonthRefusal,
  openDaysOf,
  proposeMonth,
  rejectMonth,
} from '#shared/domain/close-month.ts';
import { BrokenInvariant } from '#shared/domain/failures.ts';
import { newsOf } from './close-day.ts';
import { explainCloseRefusal } from './explain-close-refusal.ts';
import { mostRounds, type ReconciliationNeeds, type Refused } from './reconciliation-needs.ts';

type Needs = Pick<ReconciliationNeeds, 'book' | 'settings' | 'clock' | 'logNews'>;

export type MonthOutcome = { readonly kind: 'done'; readonly month: MonthView } | Refused<MonthRefusal['code']>;

/** A month, and what of it is not closed yet. */
export async function findMonth(month: Month, needs: Omit<Needs, 'logNews'>): Promise<MonthView> {
  return showMonth(await readBooks(month, needs));
}

/** Closes a month of all accounts by two persons, once each of its days is closed. */
export async function closeMonth(
  month: Month,
  command: MonthCloseCommand,
  by: StaffCode,
  needs: Needs,
): Promise<MonthOutcome> {
  for (let round = 0; round < mostRounds; round += 1) {
    const books = await readBooks(month, needs);
    const decision = decide(books, command, by);
    if (decision.kind === 'refused') {
      const { refusal } = decision;
      return { kind: 'refused', code: refusal.code, explanation: explainCloseRefusal(refusal) };
    }
    if (decision.kind === 'known') return { kind: 'done', month: showMonth(books) };
    const { after } = decision.move;
    if ((await needs.book.moveMonth(decision.move)) === 'changed') continue;
    needs.logNews(newsOf[after.state], { month, number: after.number, digest: after.digest, by });
    return { kind: 'done', month: showMonth({ ...books, close: after }) };
  }
  throw new BrokenInvariant(`the close of ${month} could not be written ${mostRounds} times, and did not move`);
}

async function readBooks(month: Month, { book, settings, clock }: Omit<Needs, 'logNews'>): Promise<MonthBooks> {
  const days = daysToClose(settings, month);
  return { month, days, closes: await book.readCloses(days), close: await book.readMonth(month), now: clock() };
}

function decide(books: MonthBooks, command: MonthCloseCommand, by: StaffCode): MonthDecision {
  const word = { by, at: books.now, note: command.note };
  switch (command.act) {
    case 'propose':
      return proposeMonth(books, word);
    case 'approve':
      return approveMonth(books, command.number, word);
    case 'reject':
      return rejectMonth(books, command.number, word);
    case 'reopen':
      return { kind: 'refused', refusal: { code: 'reopening' } };
  }
}

const openDaysShown = 100;

function showMonth(books: MonthBooks): MonthView {
  const { month, days, close } = books;
  const open = openDaysOf(books);
  return {
    month,
    accounts: accountsOf(books),
    days: days.length,
    closedDays: days.length - open.length,
    openDays: open.slice(0, openDaysShown).map((one) => ({ ...one })),
    ...(close === undefined ? {} : { close: showClose(close) }),
  };
}

function showClose(close: NonNullable<MonthBooks['close']>): NonNullable<MonthView['close']> {
  const { month: _month, days: _days, accounts: _accounts, revision: _revision, ...shown } = close;
  return shown;
}
