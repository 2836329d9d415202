import type { PaymentId } from '#schemas/ids.ts';
import type { Payment } from '#shared/domain/payment.ts';
import type { Table } from './dynamo.ts';
import { claimItem } from './payment-items.ts';

/** The part of a transaction that claims a payment's debts, on condition that no other payment holds one of them. */
export function claimAgain(table: Table, paymentId: PaymentId, claims: Payment['claims']) {
  return claims.map((claim) => ({
    Put: {
      TableName: table.name,
      Item: claimItem(paymentId, claim),
      ConditionExpression: 'attribute_not_exists(pk) OR paymentId = :paymentId',
      ExpressionAttributeValues: { ':paymentId': paymentId },
    },
  }));
}
