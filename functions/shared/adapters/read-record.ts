import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { PaymentId } from '#schemas/ids.ts';
import { BrokenInvariant } from '#shared/domain/failures.ts';
import type { Payment } from '#shared/domain/payment.ts';
import type { PaymentRecord } from '#shared/domain/payment-record.ts';
import type { Receipt } from '#shared/domain/receipt.ts';
import type { Table } from './dynamo.ts';
import { type Item, paymentPartition } from './payment-items.ts';
import {
  readChargeItem,
  readConfirmationItem,
  readMoneyItem,
  readPaymentItem,
  readReceiptItem,
  readRefundItem,
} from './read-items.ts';

/** Everything of one payment, read consistently: a stream image or an index is no permission to act. */
export async function readRecord(table: Table, paymentId: PaymentId): Promise<PaymentRecord | undefined> {
  return readRecordItems(await readPartition(table, paymentId));
}

/** What a receipt's reader must know, also where a restore brought back receipts and not their payment. */
export async function readPaymentAndReceipts(
  table: Table,
  paymentId: PaymentId,
): Promise<{ readonly payment: Payment | undefined; readonly receipts: readonly Receipt[] }> {
  const items = await readPartition(table, paymentId);
  const payment = items.find(isOf('payment'));
  return {
    payment: payment && readPaymentItem(payment),
    receipts: items.filter(isOf('receipt')).map(readReceiptItem),
  };
}

const isOf = (entity: string) => (item: Item) => item['entity'] === entity;

async function readPartition(table: Table, paymentId: PaymentId): Promise<readonly Item[]> {
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
  return items;
}

/** Sorts the items of one payment's partition into a record; `undefined` when the payment does not exist. */
function readRecordItems(items: readonly Item[]): PaymentRecord | undefined {
  const of = (entity: string) => items.filter(isOf(entity));
  const [paymentFound] = of('payment');
  if (paymentFound === undefined) {
    if (items.length === 0) return undefined;
    throw new BrokenInvariant('a payment’s partition holds items but no PAYMENT: was it deleted by hand?');
  }
  return {
    payment: readPaymentItem(paymentFound),
    charges: of('charge').map(readChargeItem),
    money: of('money').map(readMoneyItem),
    receipts: of('receipt').map(readReceiptItem),
    refunds: of('refund')
      .map(readRefundItem)
      .toSorted((one, other) => one.ordinal - other.ordinal),
    confirmations: of('event').map(readConfirmationItem),
  };
}
