import type { ExceptionId } from '#schemas/exception.ts';
import type { FileDigest } from '#schemas/reconciliation.ts';
import { type DayClose, dayCloseSchema, type MonthClose, monthCloseSchema } from '#shared/domain/day-close.ts';
import {
  type Adjustment,
  addressOfException,
  adjustmentSchema,
  type Exception,
  exceptionSchema,
} from '#shared/domain/exception.ts';
import { type ReconciliationRun, reconciliationRunSchema } from '#shared/domain/reconciliation-run.ts';
import {
  type DayAddress,
  type RefusedFile,
  refusedFileSchema,
  type StatementDay,
  statementDaySchema,
} from '#shared/domain/statement-day.ts';
import type { Item, Key } from './payment-items.ts';

/**
 * The only file that knows how reconciliation lies in the table (ADR 22): one partition for each account and day, and one
 * for each closed month. What comes out is parsed as strictly as what comes from outside.
 */

/** Exceptions that wait for somebody, in the index of what is owed (ADR 14). */
export const openExceptionShards = [
  'OPEN-EXCEPTIONS#0',
  'OPEN-EXCEPTIONS#1',
  'OPEN-EXCEPTIONS#2',
  'OPEN-EXCEPTIONS#3',
] as const;

/** Closed days whose signed page is owed, in the same index; they are few enough for one shard. */
export const owedPageShard = 'OWED-PAGES';

export const reconciliationPartition = ({ gateway, merchant, day }: DayAddress): string =>
  `RECON#${gateway}#${merchant}#${day}`;

export const dayKey = (address: DayAddress): Key => ({ pk: reconciliationPartition(address), sk: 'STATEMENT' });
export const runKey = (address: DayAddress, number: number): Key => ({
  pk: reconciliationPartition(address),
  sk: `RUN#${inOrder(number)}`,
});
export const refusedFileKey = (address: DayAddress, digest: FileDigest): Key => ({
  pk: reconciliationPartition(address),
  sk: `REFUSED#${digest}`,
});
export const exceptionPrefix = 'EXCEPTION#';
export function exceptionKey(exceptionId: ExceptionId): Key {
  const { name, ...address } = addressOfException(exceptionId);
  return { pk: reconciliationPartition(address), sk: `${exceptionPrefix}${name}` };
}
export const closeKey = (address: DayAddress): Key => ({ pk: reconciliationPartition(address), sk: 'CLOSE' });
export const monthKey = (month: string): Key => ({ pk: `RECON-MONTH#${month}`, sk: 'CLOSE' });

/** Lies with the day on which it is booked, and names the day that it concerns. */
function adjustmentKey({ gateway, merchant, bookedOn, exceptionId, revision }: Adjustment): Key {
  const { day, name } = addressOfException(exceptionId);
  return {
    pk: reconciliationPartition({ gateway, merchant, day: bookedOn }),
    sk: `ADJUSTMENT#${day}#${name}#${inOrder(revision)}`,
  };
}

const inOrder = (number: number): string => String(number).padStart(4, '0');

export function dayItem(day: StatementDay): Item {
  return { ...dayKey(day), entity: 'statement-day', ...day };
}

export function runItem(run: ReconciliationRun): Item {
  return { ...runKey(run, run.number), entity: 'reconciliation-run', ...run };
}

export function refusedFileItem(refused: RefusedFile): Item {
  return { ...refusedFileKey(refused, refused.digest), entity: 'refused-file', ...refused };
}

/** `dueAt`, until when it may stay, is the sort key of the index too; closed exceptions leave the index. */
export function exceptionItem(exception: Exception): Item {
  const open = exception.state === 'closed' ? {} : { dueShard: shardOf(exception.exceptionId) };
  return { ...exceptionKey(exception.exceptionId), entity: 'exception', ...open, ...exception };
}

function shardOf(exceptionId: ExceptionId): string {
  const { name } = addressOfException(exceptionId);
  return openExceptionShards[Number.parseInt(name.slice(0, 1), 16) % openExceptionShards.length] ?? '';
}

export function adjustmentItem(adjustment: Adjustment): Item {
  return { ...adjustmentKey(adjustment), entity: 'adjustment', ...adjustment };
}

export function closeItem(close: DayClose): Item {
  const owed = close.dueAt === undefined ? {} : { dueShard: owedPageShard };
  return { ...closeKey(close), entity: 'day-close', ...owed, ...close };
}

export function monthItem(close: MonthClose): Item {
  return { ...monthKey(close.month), entity: 'month-close', ...close };
}

export const readDayItem = (item: Item): StatementDay => statementDaySchema.parse(contentOf(item));
export const readRunItem = (item: Item): ReconciliationRun => reconciliationRunSchema.parse(contentOf(item));
export const readRefusedFileItem = (item: Item): RefusedFile => refusedFileSchema.parse(contentOf(item));
export const readExceptionItem = (item: Item): Exception => exceptionSchema.parse(contentOf(item));
export const readAdjustmentItem = (item: Item): Adjustment => adjustmentSchema.parse(contentOf(item));
export const readCloseItem = (item: Item): DayClose => dayCloseSchema.parse(contentOf(item));
export const readMonthItem = (item: Item): MonthClose => monthCloseSchema.parse(contentOf(item));

function contentOf({ pk: _pk, sk: _sk, entity: _entity, dueShard: _shard, ...content }: Item): Item {
  return content;
}
