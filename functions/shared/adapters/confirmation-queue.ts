import { type BatchResultErrorEntry, SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { DossierConfirmation } from '#schemas/dossier-confirmation.ts';
import type { ConfirmationQueue, SendingAnswer } from '#shared/domain/ports.ts';
import { type RetryBudget, startPatience, usualBudget } from './retry-budget.ts';

/** SQS takes ten entries a request and 1 MiB since August 2025; the 256 KiB of before are room enough for ten events. */
const mostEntries = 10;
const mostBytes = 256 * 1024;

export function makeConfirmationQueue(
  client: SQSClient,
  queueUrl: string,
  budget: RetryBudget = usualBudget,
): ConfirmationQueue {
  return { send: (events) => sendInOrder(events, (batch) => sendBatch(client, queueUrl, batch), budget) };
}

interface Entry {
  readonly event: DossierConfirmation;
  readonly body: string;
}

/** `stuck`: what the queue may take when it is asked again, unlike what it has `refused`. */
type Verdict = { readonly kind: 'sent' } | { readonly kind: 'stuck' | 'refused'; readonly why: string };

/** Events that wait, by group and in order; a group whose event failed waits for nothing more. */
class WaitingGroups {
  readonly #groups: Map<string, Entry[]>;
  readonly sent: string[] = [];
  readonly failed: { eventId: string; why: string }[] = [];

  constructor(events: readonly DossierConfirmation[]) {
    const entries = events.map((event) => ({ event, body: JSON.stringify(event) }));
    this.#groups = Map.groupBy(entries, ({ event }) => event.subject);
  }

  /** The first event of up to ten groups: entries of one batch succeed and fail singly, which would break the order. */
  nextBatch(): Entry[] {
    const batch: Entry[] = [];
    let bytes = 0;
    for (const [entry] of this.#groups.values()) {
      if (entry === undefined) continue;
      bytes += Buffer.byteLength(entry.body);
      if (batch.length === mostEntries || (batch.length > 0 && bytes > mostBytes)) break;
      batch.push(entry);
    }
    return batch;
  }

  accept({ event }: Entry): void {
    this.sent.push(event.id);
    const [, ...rest] = this.#groups.get(event.subject) ?? [];
    this.#groups.delete(event.subject);
    // Behind the others, so that batches stay full while there are ten groups.
    if (rest.length > 0) this.#groups.set(event.subject, rest);
  }

  refuse({ event }: Entry, why: string): void {
    for (const entry of this.#groups.get(event.subject) ?? []) {
      const isCause = entry.event.id === event.id;
      this.failed.push({ eventId: entry.event.id, why: isCause ? why : `held back behind event ${event.id}: ${why}` });
    }
    this.#groups.delete(event.subject);
  }
}

/** Entries that are stuck are sent again while the budget lasts; it begins anew whenever the queue takes something. */
async function sendInOrder(
  events: readonly DossierConfirmation[],
  send: (batch: readonly Entry[]) => Promise<(entry: Entry) => Verdict>,
  budget: RetryBudget,
): Promise<SendingAnswer> {
  const groups = new WaitingGroups(events);
  let pause = startPatience(budget);
  for (let batch = groups.nextBatch(); batch.length > 0; batch = groups.nextBatch()) {
    const verdictOn = await send(batch);
    const stuck: { entry: Entry; why: string }[] = [];
    for (const entry of batch) {
      const verdict = verdictOn(entry);
      if (verdict.kind === 'sent') groups.accept(entry);
      else if (verdict.kind === 'refused') groups.refuse(entry, verdict.why);
      else stuck.push({ entry, why: verdict.why });
    }
    if (stuck.length < batch.length) pause = startPatience(budget);
    if (stuck.length > 0 && !(await pause())) for (const { entry, why } of stuck) groups.refuse(entry, why);
  }
  return { sent: groups.sent, failed: groups.failed };
}

async function sendBatch(
  client: SQSClient,
  queueUrl: string,
  batch: readonly Entry[],
): Promise<(entry: Entry) => Verdict> {
  const command = new SendMessageBatchCommand({
    QueueUrl: queueUrl,
    Entries: batch.map(({ event, body }) => ({
      Id: event.id,
      MessageBody: body,
      MessageGroupId: event.subject,
      MessageDeduplicationId: event.id,
    })),
  });
  try {
    const { Successful: taken = [], Failed: refused = [] } = await client.send(command);
    return ({ event }) =>
      verdictOf(
        taken.some(({ Id }) => Id === event.id),
        refused.find(({ Id }) => Id === event.id),
      );
  } catch (error) {
    // The queue may have taken the batch all the same; the deduplication ids make it safe to send again.
    const why = error instanceof Error ? `${error.name}: ${error.message}` : 'the request failed';
    return () => ({ kind: 'stuck', why });
  }
}

/** HTTP 200 says nothing about an entry: only its own line in the answer does. */
function verdictOf(taken: boolean, refusal: BatchResultErrorEntry | undefined): Verdict {
  if (refusal !== undefined) {
    const why = `${refusal.Code}: ${refusal.Message ?? 'no reason given'}`;
    return { kind: refusal.SenderFault === true ? 'refused' : 'stuck', why };
  }
  return taken ? { kind: 'sent' } : { kind: 'stuck', why: 'the queue answered without naming the event' };
}
