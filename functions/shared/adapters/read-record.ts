import { GetCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { PaymentId } from '#schemas/ids.ts';
import type { Payment } from '#shared/domain/payment.ts';
import type { PaymentRecord } from '#shared/domain/payment-record.ts';
import type { Table } from './dynamo.ts';
import { type Item, paymentKey, paymentPartition, readPaymentItem, readRecordItems } from './payment-items.ts';

/** Everything of one payment, read consistently: a stream image or an index is no permission to act. */
export async function readRecord(table: Table, paymentId: PaymentId): Promise<PaymentRecord | undefined> {
  const items: Item[] = [];
  const pages = paginateQuery(
    { client: table.client },
    {
      TableName: table.name,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': paymentPartition(paymentId) },
      ConsistentRead: true,
    },
  );
  for await (const page of pages) items.push(...(page.Items ?? []));
  return readRecordItems(items);
}

/** The payment alone, read consistently. */
export async function readPayment(table: Table, paymentId: PaymentId): Promise<Payment | undefined> {
  const { Item: item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: paymentKey(paymentId), ConsistentRead: true }),
  );
  return item === undefined ? undefined : readPaymentItem(item);
}
