import type { DayFigures } from '#schemas/balance-proof.ts';
import type { BusinessDate } from '#schemas/ids.ts';
import type { BankFileName, BankOrder } from './bank-days.ts';
import type { LedgerRow } from './ledger-day.ts';
import type { ReconciledRow } from './reconciliation.ts';
import type { StatementFault, StatementSummary } from './statement.ts';
import type { DayAddress } from './statement-day.ts';

/** What a run compares, as files on the disk of this run. */
export interface ComparisonFiles {
  /** Of the day itself. */
  readonly statement: string;
  /** Of the day before and the day after, where they have been taken. */
  readonly neighbours: readonly { readonly day: BusinessDate; readonly file: string }[];
}

/** Where the money of a day went on, as files on the disk of this run. */
export interface BankFiles {
  /** Statements of the gateway for earlier days that are booked together with this one. */
  readonly earlier: readonly { readonly day: BusinessDate; readonly file: string }[];
  readonly bank: readonly (BankFileName & { readonly file: string })[];
}

export type BankFigures = Pick<DayFigures, 'bank' | 'treasury'>;

export type StatementReading =
  | { readonly kind: 'loaded'; readonly summary: StatementSummary }
  | { readonly kind: 'refused'; readonly faults: readonly StatementFault[] };

/** What statement and ledger of a day come to. */
export interface Compared {
  readonly figures: Pick<DayFigures, 'statement' | 'classes' | 'ignored'>;
  /** Every row of the result that is more than a match; amounts and states of both sides beside each other. */
  readonly rows: readonly ReconciledRow[];
}

/** The database in which one run compares, with a folder of its own that goes with it. */
export interface DayComparison {
  /** Where the run may put the files that it fetches. */
  readonly folder: string;
  /** Reads a statement whole, a gateway's or a bank's as its address says, and compares nothing. */
  readStatement(address: DayAddress, file: string): Promise<StatementReading>;
  /**
   * Reads all statements and compares them with the ledger's rows of the three days; may be asked again with other rows.
   * @throws Error when a file is refused that was taken before
   */
  compare(address: DayAddress, files: ComparisonFiles, ledger: readonly LedgerRow[]): Promise<Compared>;
  /**
   * Writes the day's own rows, as the last comparison has classed them, as a Parquet file.
   * @param compared the very rows of that comparison, and the number of the run
   * @returns the file
   */
  exportLedger(
    address: DayAddress,
    compared: { readonly rows: readonly LedgerRow[]; readonly run: number },
  ): Promise<string>;
  /**
   * Follows the money of the day's statement to bank and treasury; to be asked after `compare`.
   * @throws Error when a file is refused that was taken before
   */
  compareOnward(address: DayAddress, order: BankOrder, files: BankFiles): Promise<BankFigures>;
  close(): Promise<void>;
}
