import * as z from 'zod/mini';
import {
  type BusinessDate,
  businessDateSchema,
  gatewayNameSchema,
  type Instant,
  instantSchema,
  merchantNameSchema,
} from '#schemas/ids.ts';
import { type FileDigest, fileDigestSchema } from '#schemas/reconciliation.ts';
import { BrokenInvariant } from './failures.ts';
import type { MerchantAccountName, StatementFault, StatementSummary } from './statement.ts';

/** The books of one merchant account and business day. */
export interface DayAddress extends MerchantAccountName {
  readonly day: BusinessDate;
}

const addressShape = { gateway: gatewayNameSchema, merchant: merchantNameSchema, day: businessDateSchema };
const count = z.int().check(z.minimum(0));
const ordinal = z.int().check(z.minimum(1));

/** A statement that was read to its end and taken whole. */
const statementFileSchema = z.strictObject({
  digest: fileDigestSchema,
  /** Counts the files that were taken for the day: a corrected file is the next revision. */
  revision: ordinal,
  name: z.string(),
  /** Of the stored file, where the store keeps versions: another file may have come under the same name. */
  storedVersion: z.optional(z.string()),
  takenAt: instantSchema,
  rows: count,
  successCount: count,
  successSumVnd: z.int(),
});
export type StatementFile = z.infer<typeof statementFileSchema>;

/**
 * What holds the books of a day together: every change of them moves its version, and whoever changes them does so on
 * condition of the version that they have read.
 */
export const statementDaySchema = z.strictObject({
  ...addressShape,
  /** The file that counts. */
  file: z.optional(statementFileSchema),
  /** Files that a later revision has replaced, oldest first. */
  replacedFiles: z.array(statementFileSchema),
  /** The run that may write now; another one that begins takes its place. `fence` tells them apart. */
  running: z.optional(z.strictObject({ fence: ordinal, startedAt: instantSchema })),
  /** Runs that ever began. */
  begun: count,
  /** The run that counts. */
  latest: z.optional(
    z.strictObject({ number: ordinal, statement: fileDigestSchema, recordedAt: instantSchema, exceptions: count }),
  ),
  lastRefusal: z.optional(
    z.strictObject({ digest: fileDigestSchema, name: z.string(), refusedAt: instantSchema, faultCount: count }),
  ),
  /** Moves with everything that a balance proof is made of: whoever proposes to close has seen it at one value. */
  books: count,
  closing: z.optional(z.enum(['proposed', 'closed'])),
  version: ordinal,
});
export type StatementDay = z.infer<typeof statementDaySchema>;

/** A change of a day that holds only while it is as it was read; without `before` it must not exist yet. */
export interface DayMove {
  readonly before: StatementDay | undefined;
  readonly after: StatementDay;
}

/** A file that was refused whole, with the first of its faults. */
export const refusedFileSchema = z.strictObject({
  ...addressShape,
  digest: fileDigestSchema,
  name: z.string(),
  refusedAt: instantSchema,
  faultCount: ordinal,
  faults: z.array(z.strictObject({ line: count, column: z.optional(z.string()), code: z.string(), says: z.string() })),
});
export type RefusedFile = z.infer<typeof refusedFileSchema>;

/** More corrected files for one day than anybody sends by intent. */
export const mostRevisions = 99;
const faultsKept = 50;

export interface OfferedFile {
  readonly name: string;
  readonly storedVersion?: string | undefined;
  readonly summary: StatementSummary;
}

export type TakeDecision =
  /** The next revision. A run that is at work on the file before must write no more. */
  | { readonly kind: 'take'; readonly move: DayMove }
  /** This very file counts already. */
  | { readonly kind: 'same' }
  /** This file was taken before, and a later one has replaced it: a message about it that came late changes nothing. */
  | { readonly kind: 'replaced-before'; readonly revision: number }
  | { readonly kind: 'too-many' };

export function takeFile(
  address: DayAddress,
  day: StatementDay | undefined,
  { name, storedVersion, summary }: OfferedFile,
  takenAt: Instant,
): TakeDecision {
  const { digest, rows, successCount, successSumVnd } = summary;
  if (day?.file?.digest === digest) return { kind: 'same' };
  const earlier = day?.replacedFiles.find((file) => file.digest === digest);
  if (earlier !== undefined) return { kind: 'replaced-before', revision: earlier.revision };
  const replacedFiles = [...(day?.replacedFiles ?? []), ...(day?.file === undefined ? [] : [day.file])];
  const revision = replacedFiles.length + 1;
  if (revision > mostRevisions) return { kind: 'too-many' };
  const file = { digest, revision, name, storedVersion, takenAt, rows, successCount, successSumVnd };
  const { running: _fencedOff, ...standing } = day ?? newDay(address);
  return { kind: 'take', move: moved(day, { ...standing, file, replacedFiles, books: standing.books + 1 }) };
}

/** A refused file is on record, and changes nothing of the books. */
export function refuseFile(
  address: DayAddress,
  day: StatementDay | undefined,
  refused: { readonly digest: FileDigest; readonly name: string; readonly faults: readonly StatementFault[] },
  refusedAt: Instant,
): { readonly refusal: RefusedFile; readonly move: DayMove } {
  const { digest, name, faults } = refused;
  const standing = day ?? newDay(address);
  const facts = { digest, name, refusedAt, faultCount: faults.length };
  return {
    refusal: { ...addressOf(standing), ...facts, faults: faults.slice(0, faultsKept).map((fault) => ({ ...fault })) },
    move: moved(day, { ...standing, lastRefusal: facts }),
  };
}

/** A run, from when it begins to its last write. */
export interface RunTicket extends DayAddress {
  readonly fence: number;
  /** The number that it gets when it is recorded; a run that breaks off leaves it to the next. */
  readonly number: number;
  readonly statement: FileDigest;
  readonly isAfterClose: boolean;
}

/** Begins a run, in place of another one that is at work: that one writes no more. Nothing to do without a file. */
export function beginRun(
  day: StatementDay | undefined,
  startedAt: Instant,
): { readonly ticket: RunTicket; readonly move: DayMove } | undefined {
  if (day?.file === undefined) return undefined;
  const fence = day.begun + 1;
  return {
    ticket: {
      ...addressOf(day),
      fence,
      number: (day.latest?.number ?? 0) + 1,
      statement: day.file.digest,
      isAfterClose: day.closing === 'closed',
    },
    move: moved(day, { ...day, begun: fence, running: { fence, startedAt } }),
  };
}

/** Whether the run may still write: none has begun after it, and no other file has come. */
export function mayWrite(day: StatementDay | undefined, ticket: RunTicket): day is StatementDay {
  return day?.running?.fence === ticket.fence;
}

/** Ends a run: as the one that counts, or leaving all as it was when it found nothing new. */
export function endRun(day: StatementDay, latest: StatementDay['latest']): DayMove {
  const { running: _ended, ...standing } = day;
  if (latest === undefined) return moved(day, standing);
  return moved(day, { ...standing, latest, books: day.books + 1 });
}

/** Something of another day is booked on this one: its balance proof is not what it was. */
export function bookOn(address: DayAddress, day: StatementDay | undefined): DayMove {
  if (day?.closing === 'closed') {
    throw new BrokenInvariant(`an adjustment was to be booked on ${address.day}, which is closed: is the clock right?`);
  }
  const standing = day ?? newDay(address);
  return moved(day, { ...standing, books: standing.books + 1 });
}

/** The close of a day has moved. */
export function moveClosing(
  day: StatementDay | undefined,
  address: DayAddress,
  closing: StatementDay['closing'],
): DayMove {
  const { closing: _before, ...standing } = day ?? newDay(address);
  return moved(day, { ...standing, ...(closing === undefined ? {} : { closing }) });
}

/** Two persons have closed it as a day on which nothing was paid, and no file has come since. */
export function isWithoutMoney(day: StatementDay | undefined): boolean {
  return day?.file === undefined && day?.closing === 'closed';
}

export function addressOf({ gateway, merchant, day }: DayAddress): DayAddress {
  return { gateway, merchant, day };
}

function newDay({ gateway, merchant, day }: DayAddress): StatementDay {
  return { gateway, merchant, day, replacedFiles: [], begun: 0, books: 0, version: 1 };
}

function moved(before: StatementDay | undefined, after: StatementDay): DayMove {
  return { before, after: { ...after, version: before === undefined ? 1 : before.version + 1 } };
}
