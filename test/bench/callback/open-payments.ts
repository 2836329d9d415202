import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { PaymentId } from '#schemas/ids.ts';
import type { Table } from '#shared/adapters/dynamo.ts';
import { type Item, paymentItem } from '#shared/adapters/payment-items.ts';
import { paymentIdFrom, paymentIdSpace } from '#shared/domain/attempt-ref.ts';
import { type Payment, paymentSchema } from '#shared/domain/payment.ts';

/** The most items that DynamoDB takes in one request. */
const batchSize = 25;

/** Makes so many new payments that wait for their callback: copies of one that the use cases made. */
export type MakeOpenPayments = (count: number) => Promise<readonly PaymentId[]>;

export function copyOpenPayments(table: Table, template: Payment): MakeOpenPayments {
  let made = 0;
  return async (count) => {
    // Far from each other, as chance draws them.
    const ids = Array.from({ length: count }, () => paymentIdFrom(((made += 1) * 1_234_567_891) % paymentIdSpace));
    const items = ids.map((paymentId) => paymentItem(copyOf(template, paymentId)));
    const batches = Array.from({ length: Math.ceil(count / batchSize) }, (_, place) =>
      items.slice(place * batchSize, (place + 1) * batchSize),
    );
    await Promise.all(batches.map((batch) => putAll(table, batch)));
    return ids;
  };
}

function copyOf(template: Payment, paymentId: PaymentId): Payment {
  return paymentSchema.parse(JSON.parse(JSON.stringify(template).replaceAll(template.paymentId, paymentId)));
}

async function putAll(table: Table, items: readonly Item[]): Promise<void> {
  const puts = items.map((item) => ({ PutRequest: { Item: item } }));
  const answer = await table.client.send(new BatchWriteCommand({ RequestItems: { [table.name]: puts } }));
  const left = answer.UnprocessedItems?.[table.name]?.length ?? 0;
  if (left > 0) throw new Error(`the engine left ${left} payments unwritten: is it overloaded?`);
}
