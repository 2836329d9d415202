import type { ExceptionId } from '#schemas/exception.ts';
import type { BusinessDate } from '#schemas/ids.ts';
import type { DayClose, MonthClose } from './day-close.ts';
import type { Adjustment, Exception, ExceptionMove } from './exception.ts';
import type { ReconciliationRun } from './reconciliation-run.ts';
import type { DayAddress, DayMove, RefusedFile, RunTicket, StatementDay } from './statement-day.ts';

/**
 * What reconciliation writes. Every write holds only for what was read; the order in which they are made, so that a run
 * may break off anywhere and be run again, is that of `functions/shared/processes/record-reconciliation.ts`, which is
 * what slices call.
 */
export interface ReconciliationLedger {
  /** Read consistently. */
  readDay(address: DayAddress): Promise<StatementDay | undefined>;
  /** Every exception of a day, closed ones too; read consistently. */
  readExceptions(address: DayAddress): Promise<readonly Exception[]>;
  readRun(address: DayAddress, number: number): Promise<ReconciliationRun | undefined>;
  /** One request. */
  moveDay(move: DayMove): Promise<'written' | 'changed'>;
  /** The refusal and its trace on the day, in one transaction; the same file refused again changes nothing. */
  recordRefusal(refusal: RefusedFile, move: DayMove): Promise<'written' | 'exists' | 'changed'>;
  /**
   * At most `mostMoves` exceptions in one transaction, on condition that the run may still write, that each exception is as
   * it was read, and, with adjustments, that the day on which they are booked is as it was read.
   */
  writeExceptions(batch: ExceptionBatch): Promise<'written' | 'changed'>;
  /** The end of a run, in one transaction: its record, and the day that counts it. */
  commitRun(run: ReconciliationRun, move: DayMove): Promise<'written' | 'changed'>;
}

/** With the day, the day booked on and an adjustment each, still within the 100 items of a transaction. */
export const mostMoves = 49;

export interface ExceptionBatch {
  readonly ticket: RunTicket;
  readonly moves: readonly ExceptionMove[];
  /** Where the moves are adjustments of a closed day. */
  readonly booking?: { readonly move: DayMove; readonly adjustments: readonly Adjustment[] };
}

/** Everything of one account's day, read consistently. */
export interface DayRecord {
  readonly day: StatementDay | undefined;
  /** Oldest first. */
  readonly runs: readonly ReconciliationRun[];
  readonly refusals: readonly RefusedFile[];
  readonly exceptions: readonly Exception[];
  /** What is booked on this day of earlier, closed days. */
  readonly adjustments: readonly Adjustment[];
  readonly close: DayClose | undefined;
}

/** What the finance desk reads and writes of exceptions. */
export interface ExceptionLedger {
  /** All that are not closed, by the time until which they may stay. An index read: a hint, no permission. */
  findOpen(): Promise<readonly Exception[]>;
  /** Read consistently. */
  readException(exceptionId: ExceptionId): Promise<Exception | undefined>;
  /** One request, on condition that nothing moved, and that an approval is another person's than the proposal. */
  moveException(move: ExceptionMove): Promise<'written' | 'changed'>;
}

/** What the finance desk reads and writes of days. */
export interface DayBook {
  readRecord(address: DayAddress): Promise<DayRecord>;
  /** The days that there is anything about, of those asked for; read consistently. */
  readDays(addresses: readonly DayAddress[]): Promise<readonly StatementDay[]>;
  /** Whether the ledger shows money of the account on that day. An index read. */
  hasMoney(address: DayAddress): Promise<boolean>;
  /** The close and the day that it freezes, in one transaction; an approval is another person's than the proposal. */
  moveClose(move: CloseMove, day: DayMove): Promise<'written' | 'changed'>;
  readMonth(month: string): Promise<MonthClose | undefined>;
  /** Closes of days, for the digest of their month. */
  readCloses(addresses: readonly DayAddress[]): Promise<readonly DayClose[]>;
  moveMonth(move: MonthMove): Promise<'written' | 'changed'>;
}

export interface CloseMove {
  readonly before: DayClose | undefined;
  readonly after: DayClose;
}

export interface MonthMove {
  readonly before: MonthClose | undefined;
  readonly after: MonthClose;
}

/** Days between two, both included. */
export interface DayRange {
  readonly from: BusinessDate;
  readonly to: BusinessDate;
}
