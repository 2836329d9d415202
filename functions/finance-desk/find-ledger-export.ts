import type { LedgerExportView } from '#schemas/ledger-export.ts';
import { instantAfter } from '#shared/domain/calendar.ts';
import type { LedgerExportShelf } from '#shared/domain/ledger-export.ts';
import type { DayAddress } from '#shared/domain/statement-day.ts';
import type { ReconciliationNeeds, Refused } from './reconciliation-needs.ts';
import { isReconciled, unknownAccount } from './show-day.ts';

export interface ExportFindingNeeds extends Pick<ReconciliationNeeds, 'book' | 'settings' | 'clock'> {
  readonly shelf: LedgerExportShelf;
}

export type ExportFinding =
  | { readonly kind: 'found'; readonly file: LedgerExportView }
  | Refused<'unknown-account' | 'nothing-exported'>;

/** As long as an address of the store holds. */
const validForMilliseconds = 5 * 60_000;

/** Where analysts fetch the ledger of a day as its last run compared it. */
export async function findLedgerExport(
  address: DayAddress,
  { book, settings, clock, shelf }: ExportFindingNeeds,
): Promise<ExportFinding> {
  if (!isReconciled(address, { settings })) return unknownAccount;
  const [day] = await book.readDays([address]);
  const found = day?.latest === undefined ? undefined : await shelf.find(address);
  if (found === undefined) return nothingExported;
  // Before the address is signed, so that it never promises more than it holds.
  const expiresAt = instantAfter(clock(), validForMilliseconds);
  return { kind: 'found', file: { url: await shelf.linkTo(address), expiresAt, ...found } };
}

const nothingExported = {
  kind: 'refused',
  code: 'nothing-exported',
  explanation:
    'Ngày này chưa có tệp sổ: chưa đối soát, hoặc tệp đã quá hai năm. Hãy gửi sao kê của ngày lên, hoặc gửi lại, rồi thử lại. (No file: send the statement, again if need be.)',
} as const;
