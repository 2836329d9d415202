import type { DayCloseView, DayView } from '#schemas/day-close.ts';
import { isCollectingAccount, isOfBank, needsBankToClose } from '#shared/domain/bank-days.ts';
import { contentOfClose, type DayBooks, hindrancesOf, isOutdated, runThatCounts } from '#shared/domain/close-day.ts';
import { accountsOn, isSameAccount } from '#shared/domain/reconciliation-settings.ts';
import type { DayAddress } from '#shared/domain/statement-day.ts';
import { explainCloseRefusal } from './explain-close-refusal.ts';
import { showDayLine, showFile } from './list-days.ts';
import type { ReconciliationNeeds, Refused } from './reconciliation-needs.ts';

type Needs = Pick<ReconciliationNeeds, 'book' | 'settings' | 'clock'>;

/** An account's day with its files, runs, proof and close; read consistently. */
export async function findDay(
  address: DayAddress,
  needs: Needs,
): Promise<{ readonly kind: 'done'; readonly day: DayView } | Refused<'unknown-account'>> {
  if (!hasStatements(address, needs)) return unknownAccount;
  return { kind: 'done', day: showDay(await readBooks(address, needs), needs) };
}

/** Whether statements of it are taken on that day, a gateway's or a bank's. */
export function hasStatements(address: DayAddress, { settings }: Pick<Needs, 'settings'>): boolean {
  return isReconciled(address, { settings }) || isCollectingAccount(settings, address);
}

/** Whether anybody closes the books of the account on that day. */
export function isReconciled(address: DayAddress, { settings }: Pick<Needs, 'settings'>): boolean {
  return accountsOn(settings, address.day).some((account) => isSameAccount(account, address));
}

export const unknownAccount = {
  kind: 'refused',
  code: 'unknown-account',
  explanation:
    'Tài khoản này không đối soát ngày đó. Có thể nhầm cổng, nhầm tên tài khoản, hoặc ngày ở trước ngày bắt đầu đối soát. Hãy chọn lại từ danh sách ngày.',
} as const satisfies Refused<string>;

/** The books of a day as they are now. */
export async function readBooks(address: DayAddress, { book, clock, settings }: Needs): Promise<DayBooks> {
  const record = await book.readRecord(address);
  const hasMoney = record.day?.file === undefined && (await book.hasMoney(address));
  return { ...address, record, hasMoney, needsBank: needsBankToClose(settings, address), now: clock() };
}

export function showDay(books: DayBooks, { settings }: Pick<Needs, 'settings'>): DayView {
  const { record, now } = books;
  const { day, runs, refusals, close } = record;
  const kind = close?.kind ?? 'reconciled';
  // A bank's day is read and never closed.
  const hindrances = close?.state === 'closed' || isOfBank(books) ? [] : hindrancesOf(books, kind);
  return {
    ...showDayLine(books, day, record.exceptions, { settings, now }),
    replacedFiles: (day?.replacedFiles ?? []).map(showFile),
    refusedFiles: refusals.map(({ gateway: _gateway, merchant: _merchant, day: _day, ...file }) => file),
    runs: runs.map(({ gateway: _gateway, merchant: _merchant, day: _day, ...run }) => run),
    ...(runThatCounts(record) === undefined ? {} : { proof: contentOfClose(books, 'reconciled').proof }),
    hindrances: hindrances.map((hindrance) => ({
      code: hindrance.code,
      explanation: explainCloseRefusal(hindrance),
    })),
    ...(close === undefined ? {} : { close: showClose(books, close) }),
  };
}

function showClose(books: DayBooks, close: NonNullable<DayBooks['record']['close']>): DayCloseView {
  const { gateway: _gateway, merchant: _merchant, day: _day, revision: _revision, books: _books, ...rest } = close;
  const { dueAt: _dueAt, page, ...shown } = rest;
  return {
    ...shown,
    isOutdated: isOutdated(books, close),
    ...(page === undefined ? {} : { page: { sha256: page.sha256, signedAt: page.signedAt } }),
  };
}
