import { type DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';

const shown = 30;

/**
 * Ids of the newest payments. The product has no such question, and so no index for it: on this machine the whole
 * table may be read.
 */
export async function listNewestPayments(client: DynamoDBClient, tableName: string): Promise<readonly string[]> {
  const found: { readonly paymentId: string; readonly createdAt: string }[] = [];
  const pages = paginateScan(
    { client },
    {
      TableName: tableName,
      FilterExpression: 'entity = :payment',
      ProjectionExpression: 'paymentId, createdAt',
      ExpressionAttributeValues: { ':payment': { S: 'payment' } },
    },
  );
  for await (const { Items = [] } of pages) {
    found.push(
      ...Items.map(({ paymentId, createdAt }) => ({ paymentId: paymentId?.S ?? '', createdAt: createdAt?.S ?? '' })),
    );
  }
  const newestFirst = found.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
  return newestFirst.slice(0, shown).map(({ paymentId }) => paymentId);
}
