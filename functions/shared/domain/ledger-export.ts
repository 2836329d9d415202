import type { Instant } from '#schemas/ids.ts';
import type { DayAddress } from './statement-day.ts';

/** Beside evidence, which goes after two years as these files may: the ledger gives them again. */
export const ledgerExportFolder = 'ledger-days';

/** Where the rows of an account's day lie for analysts; each run puts them there anew. */
export function ledgerExportKeyOf({ gateway, merchant, day }: DayAddress): string {
  return `${ledgerExportFolder}/${gateway}/${merchant}/${day}.parquet`;
}

/** The place of the files, for who writes them. */
export interface LedgerExports {
  /** In the place of the file before. @param run whose comparison the file holds */
  put(address: DayAddress, file: string, run: number): Promise<void>;
}

/** The same place, for who hands them out. */
export interface LedgerExportShelf {
  /** Nothing where no file lies. */
  find(address: DayAddress): Promise<FoundExport | undefined>;
  /** An address that opens the file for some minutes. */
  linkTo(address: DayAddress): Promise<string>;
}

export interface FoundExport {
  readonly run: number;
  readonly bytes: number;
  readonly writtenAt: Instant;
}
