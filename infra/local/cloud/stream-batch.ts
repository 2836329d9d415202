import { setTimeout as pause } from 'node:timers/promises';
import type { DynamoDBRecord } from 'aws-lambda';
import * as z from 'zod';

/** What an event source mapping says about failures. */
export interface RetryRules {
  readonly retryAttempts: number;
  readonly bisectOnError: boolean;
  readonly reportsItemFailures: boolean;
}

/** Everything that delivering needs of the world. */
export interface Delivery {
  readonly rules: RetryRules;
  readonly invoke: (records: readonly DynamoDBRecord[]) => Promise<unknown>;
  /** Keeps records that are given up after all attempts. */
  readonly giveUp: (records: readonly DynamoDBRecord[], attempts: number, why: string) => Promise<void>;
  readonly signal?: AbortSignal;
  /** Milliseconds before the first retry; doubles with each. */
  readonly firstPauseMs?: number;
}

interface Part {
  readonly records: readonly DynamoDBRecord[];
  readonly attempt: number;
}

type Outcome =
  | { readonly kind: 'done' }
  /** The function named the first record that failed: what stands before it is done. */
  | { readonly kind: 'failed-from'; readonly place: number }
  | { readonly kind: 'failed'; readonly why: string };

/**
 * Delivers one batch as Lambda does: nothing is skipped and order is kept. A partial answer repeats everything
 * from the first failed record; a failed batch is cut in two, which does not count as an attempt; what still
 * fails after the last attempt is kept elsewhere and passed over.
 */
export async function deliverBatch(records: readonly DynamoDBRecord[], delivery: Delivery): Promise<void> {
  const waiting: Part[] = [{ records, attempt: 0 }];
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    delivery.signal?.throwIfAborted();
    const outcome = await attemptPart(part, delivery);
    waiting.push(...(await partsAfter(part, outcome, delivery)));
  }
}

/** What is left to do, last first. */
async function partsAfter(part: Part, outcome: Outcome, delivery: Delivery): Promise<Part[]> {
  if (outcome.kind === 'done') return [];
  const { rules } = delivery;
  if (outcome.kind === 'failed' && rules.bisectOnError && part.records.length > 1) return bisect(part);
  const left = outcome.kind === 'failed-from' ? part.records.slice(outcome.place) : part.records;
  if (part.attempt >= rules.retryAttempts) {
    const why = outcome.kind === 'failed' ? outcome.why : 'the function reported item failures';
    await delivery.giveUp(left, part.attempt + 1, why);
    return [];
  }
  await pauseBefore(part.attempt, delivery);
  return [{ records: left, attempt: part.attempt + 1 }];
}

function bisect({ records, attempt }: Part): Part[] {
  const middle = Math.ceil(records.length / 2);
  return [
    { records: records.slice(middle), attempt },
    { records: records.slice(0, middle), attempt },
  ];
}

async function attemptPart(part: Part, delivery: Delivery): Promise<Outcome> {
  try {
    const answer = await delivery.invoke(part.records);
    return delivery.rules.reportsItemFailures ? readAnswer(answer, part.records) : { kind: 'done' };
  } catch (fault) {
    return { kind: 'failed', why: fault instanceof Error ? `${fault.name}: ${fault.message}` : String(fault) };
  }
}

const answerSchema = z
  .object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string().min(1) })).nullish() })
  .nullish();

/** An answer that names no record of the batch fails the whole batch, as in Lambda. */
function readAnswer(answer: unknown, records: readonly DynamoDBRecord[]): Outcome {
  const read = answerSchema.safeParse(answer);
  if (!read.success)
    return { kind: 'failed', why: 'the answer is not of the form {batchItemFailures: [{itemIdentifier}]}' };
  const failures = read.data?.batchItemFailures ?? [];
  const places = failures.map(({ itemIdentifier }) =>
    records.findIndex(({ dynamodb }) => dynamodb?.SequenceNumber === itemIdentifier),
  );
  if (places.includes(-1)) return { kind: 'failed', why: 'the answer names a record that is not in the batch' };
  return places.length === 0 ? { kind: 'done' } : { kind: 'failed-from', place: Math.min(...places) };
}

const longestPauseMs = 5_000;

async function pauseBefore(attempt: number, { firstPauseMs = 200, signal }: Delivery): Promise<void> {
  const options = signal === undefined ? {} : { signal };
  await pause(Math.min(firstPauseMs * 2 ** attempt, longestPauseMs), undefined, options);
}
