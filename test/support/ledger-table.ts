import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';

const indexes = {
  'charges-by-dossier': [
    ['dossierKey', 'S'],
    ['createdAt', 'S'],
  ],
  'money-by-day': [
    ['moneyDay', 'S'],
    ['moneyAt', 'S'],
  ],
  'payments-due': [
    ['dueShard', 'S'],
    ['dueAt', 'S'],
  ],
  'receipts-by-number': [
    ['seriesKey', 'S'],
    ['receiptNumber', 'N'],
  ],
  'receipts-by-lookup': [['lookupCode', 'S']],
} as const;

/** The ledger's keys, indexes and stream. */
export function ledgerTableDefinition(): Omit<CreateTableCommandInput, 'TableName'> {
  const attributes = new Map<string, 'S' | 'N'>([
    ['pk', 'S'],
    ['sk', 'S'],
  ]);
  for (const keys of Object.values(indexes)) for (const [name, type] of keys) attributes.set(name, type);
  return {
    AttributeDefinitions: [...attributes].map(([AttributeName, AttributeType]) => ({ AttributeName, AttributeType })),
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    GlobalSecondaryIndexes: Object.entries(indexes).map(([IndexName, keys]) => ({
      IndexName,
      KeySchema: keys.map(([AttributeName], place) => ({ AttributeName, KeyType: place === 0 ? 'HASH' : 'RANGE' })),
      Projection: { ProjectionType: 'ALL' },
    })),
    BillingMode: 'PAY_PER_REQUEST',
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
  };
}
