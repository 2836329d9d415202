import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { ConditionalAnswer } from '#shared/domain/ports.ts';
import type { Table } from './dynamo.ts';
import { sendPatiently } from './dynamo-retry.ts';
import { type Clause, updateOf } from './expressions.ts';
import { type Item, paymentKey } from './payment-items.ts';

/** Updates a payment in one request; refused, the old item comes back with the refusal and says why. */
export async function updatePayment(
  table: Table,
  paymentId: string,
  ...clauses: readonly Clause[]
): Promise<ConditionalAnswer> {
  const command = new UpdateCommand({
    TableName: table.name,
    Key: paymentKey(paymentId),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    ...updateOf(...clauses),
  });
  try {
    await sendPatiently(() => table.client.send(command));
    return { kind: 'written' };
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    if (error.Item === undefined) return { kind: 'refused', old: undefined };
    const { readOldPayment } = await import('./read-payment.ts');
    return { kind: 'refused', old: readOldPayment(error.Item) };
  }
}

/** Puts an item unless it is there: the same fact told again changes nothing. */
export async function putOnce(table: Table, item: Item): Promise<'written' | 'exists'> {
  const command = new PutCommand({
    TableName: table.name,
    Item: item,
    ConditionExpression: 'attribute_not_exists(pk)',
  });
  try {
    await sendPatiently(() => table.client.send(command));
    return 'written';
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return 'exists';
  }
}
