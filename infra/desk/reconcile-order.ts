import type { BusinessDate, GatewayName, MerchantName } from '#schemas/ids.ts';
import type { StatementSettings } from '#shared/domain/statement-layout.ts';
import type { Classified } from '#shared/reconciling/matching/classify.ts';
import type { FeeRule, TotalComparison } from '#shared/reconciling/matching/compare-totals.ts';
import type { SideFigures } from '#shared/reconciling/matching/side-figures.ts';
import type { RefusedStatement } from '#shared/reconciling/statements/fault-list.ts';

/** A day of one channel with all its files. */
export interface ReconcileOrder {
  readonly gateway: GatewayName;
  readonly merchant?: MerchantName | undefined;
  readonly day: BusinessDate;
  readonly ledger: string;
  /** The day's own file, and those of its neighbours in any order. */
  readonly statements: readonly string[];
  readonly layout?: string | undefined;
  readonly accounts: readonly string[];
  readonly bank?: BankOrder | undefined;
  readonly settings: StatementSettings;
  readonly separator: ',' | ';';
  /** Whether every matched pair is written too, by its lines: for auditors, and long on a long day. */
  readonly matched: boolean;
  readonly out: string;
}

export interface BankOrder {
  readonly file: string;
  readonly bookedOn: BusinessDate;
  readonly layout?: string | undefined;
  readonly content?: string | undefined;
  readonly fee: FeeRule;
  readonly payIn?: { readonly file: string; readonly bookedOn: BusinessDate; readonly keptVnd: number } | undefined;
}

/** Reads one file, and tells why it is not taken. */
export type ReadFile = (
  file: string,
  load: () => Promise<{ readonly kind: 'loaded' } | RefusedStatement>,
) => Promise<readonly Refusal[]>;

/** A file that is not taken, and why. */
export interface Refusal {
  readonly file: string;
  readonly refused: RefusedStatement;
}

export interface Reconciled {
  readonly kind: 'reconciled';
  readonly figures: Classified;
  readonly ledger: SideFigures;
  readonly bank?: TotalComparison;
  readonly payIn?: TotalComparison;
  readonly results: WrittenResults;
}

export type Reconciling = Reconciled | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] };

/** What lies in the folder now. */
export interface WrittenResults {
  /** Rows that a person must look into. */
  readonly exceptions: number;
  readonly files: readonly string[];
}
