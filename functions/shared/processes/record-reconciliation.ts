import type { Instant } from '#schemas/ids.ts';
import type { FileDigest } from '#schemas/reconciliation.ts';
import { businessDateOf } from '#shared/domain/calendar.ts';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import type { ExceptionMove } from '#shared/domain/exception.ts';
import { BrokenInvariant } from '#shared/domain/failures.ts';
import { adjustmentOf, planExceptionMoves, type RecordingContext } from '#shared/domain/found-exceptions.ts';
import type { LogNews } from '#shared/domain/log-catalogue.ts';
import type { Clock } from '#shared/domain/ports.ts';
import { type ExceptionBatch, mostMoves, type ReconciliationLedger } from '#shared/domain/reconciliation-ports.ts';
import type { ReconciliationRun, RunResult } from '#shared/domain/reconciliation-run.ts';
import type { ReconciliationSettings } from '#shared/domain/reconciliation-settings.ts';
import type { StatementFault } from '#shared/domain/statement.ts';
import {
  addressOf,
  beginRun,
  bookOn,
  type DayAddress,
  endRun,
  mayWrite,
  type OfferedFile,
  type RunTicket,
  refuseFile,
  type StatementDay,
  takeFile,
} from '#shared/domain/statement-day.ts';

export interface RecordingNeeds {
  readonly ledger: ReconciliationLedger;
  readonly settings: ReconciliationSettings;
  readonly clock: Clock;
  /** Waits a random while before a further try, so that rivals spread out. */
  readonly pauseBeforeTry: (tries: number) => Promise<void>;
  readonly logNews: LogNews;
}

export type TakeAnswer =
  | { readonly kind: 'taken'; readonly revision: number }
  | { readonly kind: 'same' }
  | { readonly kind: 'replaced-before'; readonly revision: number }
  | { readonly kind: 'too-many' };

/** Rivals, and people at work on exceptions, may write in between; so many times in a row they do not. */
const mostRounds = 20;

/** Takes a file that was read to its end. It counts from now on, and no run of the file before writes any more. */
export async function takeStatement(
  address: DayAddress,
  file: OfferedFile,
  needs: RecordingNeeds,
): Promise<TakeAnswer> {
  return untilUnchanged(needs, async () => {
    const decision = takeFile(address, await needs.ledger.readDay(address), file, needs.clock());
    if (decision.kind !== 'take') return decision;
    if ((await needs.ledger.moveDay(decision.move)) === 'changed') return undefined;
    const { revision = 0, digest, rows } = decision.move.after.file ?? {};
    needs.logNews('STATEMENT_TAKEN', { ...addressOf(address), revision, digest, rows });
    return { kind: 'taken', revision };
  });
}

/** Keeps on record that a file was refused whole, and why. The file that counted before still counts. */
export async function refuseStatement(
  address: DayAddress,
  refused: { readonly digest: FileDigest; readonly name: string; readonly faults: readonly StatementFault[] },
  needs: RecordingNeeds,
): Promise<void> {
  await untilUnchanged(needs, async () => {
    const { refusal, move } = refuseFile(address, await needs.ledger.readDay(address), refused, needs.clock());
    const answer = await needs.ledger.recordRefusal(refusal, move);
    return answer === 'changed' ? undefined : answer;
  });
  const { digest, faults } = refused;
  needs.logNews('STATEMENT_REFUSED', { ...addressOf(address), digest, faults: faults.length, first: faults[0]?.code });
}

/**
 * Begins a run of the file that counts: before the ledger is read, so that of two runs the later one has seen the later
 * ledger. A run that is at work already writes no more. Nothing to do while there is no file.
 */
export async function startRun(address: DayAddress, needs: RecordingNeeds): Promise<RunTicket | undefined> {
  const begun = await untilUnchanged(needs, async () => {
    const beginning = beginRun(await needs.ledger.readDay(address), needs.clock());
    if (beginning === undefined) return { ticket: undefined };
    return (await needs.ledger.moveDay(beginning.move)) === 'written' ? beginning : undefined;
  });
  return begun.ticket;
}

export type RecordAnswer =
  | { readonly kind: 'recorded'; readonly run: ReconciliationRun }
  /** The run that counts compared the same and found the same: nothing was written but the end of this one. */
  | { readonly kind: 'unchanged'; readonly run: ReconciliationRun }
  /** A later run, or another file, has come in between: what it finds will count. */
  | { readonly kind: 'superseded' };

/**
 * Records what a run has found: first its exceptions, in transactions that hold only while the run may write, then the
 * run itself as the mark that all of them are there. Broken off anywhere, the day stays "running" and cannot be closed;
 * whoever runs it again goes on where this one stopped, and ends in the same items.
 */
export async function recordRun(ticket: RunTicket, result: RunResult, needs: RecordingNeeds): Promise<RecordAnswer> {
  const context = { ticket, at: needs.clock(), settings: needs.settings };
  const moves = await untilUnchanged(needs, () => writeFindings(result, context, needs));
  if (moves === 'superseded') return { kind: 'superseded' };
  const answer = await untilUnchanged(needs, () => commit(ticket, runOf(ticket, result, context.at), needs.ledger));
  if (answer.kind === 'recorded') {
    needs.logNews('DAY_RECONCILED', {
      ...addressOf(ticket),
      run: ticket.number,
      exceptions: result.findings.length,
      moves,
      isAfterClose: ticket.isAfterClose,
    });
  }
  return answer;
}

/** @returns how many exceptions were moved; nothing when what was read is no longer as it was */
async function writeFindings(
  { findings }: RunResult,
  context: RecordingContext,
  needs: RecordingNeeds,
): Promise<number | 'superseded' | undefined> {
  const { ledger } = needs;
  const { ticket } = context;
  // The exceptions last: whoever may write after they were read has seen all that any run before has written.
  if (!mayWrite(await ledger.readDay(ticket), ticket)) return 'superseded';
  const moves = planExceptionMoves(await ledger.readExceptions(ticket), findings, context);
  let booked = ticket.isAfterClose && moves.length > 0 ? await ledger.readDay(bookingDayOf(context)) : undefined;
  for (let first = 0; first < moves.length; first += mostMoves) {
    const batch = batchOf(moves.slice(first, first + mostMoves), booked, context);
    if ((await ledger.writeExceptions(batch)) === 'changed') return undefined;
    booked = batch.booking?.move.after;
  }
  return moves.length;
}

function batchOf(
  moves: readonly ExceptionMove[],
  booked: StatementDay | undefined,
  context: RecordingContext,
): ExceptionBatch {
  const { ticket } = context;
  if (!ticket.isAfterClose) return { ticket, moves };
  const adjustments = moves.map((move) => adjustmentOf(move, context));
  return { ticket, moves, booking: { move: bookOn(bookingDayOf(context), booked), adjustments } };
}

const bookingDayOf = ({ ticket, at }: RecordingContext): DayAddress => ({
  ...addressOf(ticket),
  day: businessDateOf(at),
});

/** @returns nothing when the day has moved otherwise meanwhile, as by a refused file */
async function commit(
  ticket: RunTicket,
  run: ReconciliationRun,
  ledger: ReconciliationLedger,
): Promise<RecordAnswer | undefined> {
  const day = await ledger.readDay(ticket);
  const latest = day?.latest === undefined ? undefined : await ledger.readRun(ticket, day.latest.number);
  if (!mayWrite(day, ticket)) {
    // The answer to an earlier try of the same request may have been lost on its way.
    const isOurs = latest !== undefined && canonicalJson(latest) === canonicalJson(run);
    return isOurs ? { kind: 'recorded', run } : { kind: 'superseded' };
  }
  if (latest !== undefined && foundTheSame(latest, run)) {
    return (await ledger.moveDay(endRun(day, undefined))) === 'written'
      ? { kind: 'unchanged', run: latest }
      : undefined;
  }
  const { number, recordedAt, exceptions } = run;
  const move = endRun(day, { number, statement: ticket.statement, recordedAt, exceptions });
  return (await ledger.commitRun(run, move)) === 'written' ? { kind: 'recorded', run } : undefined;
}

function foundTheSame(one: ReconciliationRun, other: ReconciliationRun): boolean {
  const compared = ({ inputs, figures, exceptions }: ReconciliationRun) =>
    canonicalJson({ inputs, figures, exceptions });
  return compared(one) === compared(other);
}

function runOf(ticket: RunTicket, { inputs, figures, findings }: RunResult, recordedAt: Instant): ReconciliationRun {
  return {
    ...addressOf(ticket),
    number: ticket.number,
    inputs: { statement: ticket.statement, ...inputs },
    figures,
    exceptions: findings.length,
    isAfterClose: ticket.isAfterClose,
    recordedAt,
  };
}

/** Decides and writes anew while what was read is no longer as it was. */
async function untilUnchanged<Answer>(
  { pauseBeforeTry }: RecordingNeeds,
  attempt: () => Promise<Answer | undefined>,
): Promise<Answer> {
  for (let tries = 0; tries < mostRounds; tries += 1) {
    if (tries > 0) await pauseBeforeTry(tries);
    const answer = await attempt();
    if (answer !== undefined) return answer;
  }
  throw new BrokenInvariant(`a day of the reconciliation changed ${mostRounds} times while it was written to`);
}
