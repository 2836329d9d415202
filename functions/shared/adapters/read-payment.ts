import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { PaymentId } from '#schemas/ids.ts';
import type { Payment } from '#shared/domain/payment.ts';
import type { Table } from './dynamo.ts';
import { paymentKey } from './payment-items.ts';
import { readPaymentItem } from './read-items.ts';

// A winning callback reads no payment: this module is imported late, with the schemas that it needs, and since an
// import() takes a module whole, it holds nothing else (ADR 12).

/** The payment alone, read consistently. */
export async function readPayment(table: Table, paymentId: PaymentId): Promise<Payment | undefined> {
  const { Item: item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: paymentKey(paymentId), ConsistentRead: true }),
  );
  return item === undefined ? undefined : readPaymentItem(item);
}

/** The payment as DynamoDB returns it with a failed condition. */
export function readOldPayment(image: Record<string, AttributeValue>): Payment {
  return readPaymentItem(unmarshall(image));
}
