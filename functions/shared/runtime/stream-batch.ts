import type { AttributeValue, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { type PaymentId, paymentIdSchema } from '#schemas/ids.ts';
import type { ItemImage, LedgerChange } from '#shared/domain/ledger-change.ts';
import type { LogNews } from '#shared/domain/log-catalogue.ts';
import type { PaymentProcess } from '#shared/domain/ports.ts';

export interface StreamConsumer {
  /** Whether a change may have made work for this function; the others do nothing. */
  readonly concerns: (change: LedgerChange) => boolean;
  /** Does the work of the payments that changed, each once per batch. */
  readonly process: PaymentProcess;
  readonly logNews: LogNews;
}

/** A record of the batch that made work. */
interface Trigger {
  readonly sequenceNumber: string;
  readonly paymentId: PaymentId;
}

/**
 * Makes a Lambda handler of a process. Records whose payments are not finished are answered as failed; Lambda then goes
 * on from the first of them and repeats what follows, so nothing is skipped. A fault is no failure here: repeating
 * would hold up the stream for nothing, and the sweep comes back to it. Nor is a record that cannot be read.
 */
export function consumeStream(
  consumer: StreamConsumer,
): (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse> {
  return async (event) => {
    const triggers = event.Records.flatMap((record) => readTrigger(record, consumer) ?? []);
    if (triggers.length === 0) return { batchItemFailures: [] };
    const answers = await consumer.process([...new Set(triggers.map(({ paymentId }) => paymentId))]);
    const unfinished = triggers.filter(({ paymentId }) => {
      const answer = answers.get(paymentId);
      return answer === undefined || answer.kind === 'later';
    });
    return { batchItemFailures: unfinished.map(({ sequenceNumber }) => ({ itemIdentifier: sequenceNumber })) };
  };
}

function readTrigger(record: DynamoDBRecord, consumer: StreamConsumer): Trigger | undefined {
  const sequenceNumber = record.dynamodb?.SequenceNumber;
  const before = imageOf(record.dynamodb?.OldImage);
  const after = imageOf(record.dynamodb?.NewImage);
  const item = after ?? before;
  const entity = item?.['entity'];
  if (sequenceNumber === undefined || item === undefined || typeof entity !== 'string') {
    consumer.logNews('STREAM_RECORD_SKIPPED', { eventId: record.eventID, why: 'it has no image of an item of ours' });
    return undefined;
  }
  if (!consumer.concerns({ entity, before, after })) return undefined;
  const paymentId = paymentIdSchema.safeParse(item['paymentId']);
  if (paymentId.success) return { sequenceNumber, paymentId: paymentId.data };
  consumer.logNews('STREAM_RECORD_SKIPPED', { eventId: record.eventID, entity, why: 'it names no payment of ours' });
  return undefined;
}

function imageOf(attributes: Readonly<Record<string, AttributeValue>> | undefined): ItemImage | undefined {
  if (attributes === undefined) return undefined;
  return Object.fromEntries(Object.entries(attributes).map(([name, attribute]) => [name, valueOf(attribute)]));
}

/** DynamoDB's notation in plain values; sets and binaries, which no item of ours has, stay as they are. */
function valueOf(attribute: AttributeValue): unknown {
  if (attribute.S !== undefined) return attribute.S;
  if (attribute.N !== undefined) return Number(attribute.N);
  if (attribute.BOOL !== undefined) return attribute.BOOL;
  if (attribute.NULL !== undefined) return null;
  if (attribute.L !== undefined) return attribute.L.map(valueOf);
  return attribute.M === undefined ? attribute : imageOf(attribute.M);
}
