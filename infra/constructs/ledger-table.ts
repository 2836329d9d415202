import { RemovalPolicy } from 'aws-cdk-lib';
import {
  type Attribute,
  AttributeType,
  Billing,
  type GlobalSecondaryIndexPropsV2,
  StreamViewType,
  TableEncryptionV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

const text = (name: string): Attribute => ({ name, type: AttributeType.STRING });
const number = (name: string): Attribute => ({ name, type: AttributeType.NUMBER });

/** Each index answers one question (DESIGN §3). All exist from the first release: CloudFormation changes one at a time. */
const indexes = [
  { indexName: 'charges-by-dossier', partitionKey: text('dossierKey'), sortKey: text('createdAt') },
  { indexName: 'money-by-day', partitionKey: text('moneyDay'), sortKey: text('moneyAt') },
  { indexName: 'payments-due', partitionKey: text('dueShard'), sortKey: text('dueAt') },
  { indexName: 'receipts-by-number', partitionKey: text('seriesKey'), sortKey: number('receiptNumber') },
  { indexName: 'receipts-by-lookup', partitionKey: text('lookupCode') },
] as const satisfies readonly GlobalSecondaryIndexPropsV2[];

type IndexName = (typeof indexes)[number]['indexName'];

/**
 * What a function may ask of the ledger. `Scan` is missing on purpose, since every question has a key or
 * an index, and so are `DeleteItem` and `BatchWriteItem`, since money and receipts stay.
 * The parts of a transaction are granted one by one, as IAM wants it.
 */
type LedgerAction = 'GetItem' | 'BatchGetItem' | 'Query' | 'PutItem' | 'UpdateItem' | 'ConditionCheckItem';

/** The one table of the product; its stream is the outbox. */
export class LedgerTable extends Construct {
  readonly table: TableV2;
  readonly streamArn: string;
  readonly #key: IKey;

  constructor(scope: Construct, id: string, props: { readonly encryptionKey: IKey }) {
    super(scope, id);
    this.#key = props.encryptionKey;
    this.table = new TableV2(this, 'Table', {
      partitionKey: text('pk'),
      sortKey: text('sk'),
      globalSecondaryIndexes: [...indexes],
      billing: Billing.onDemand(),
      encryption: TableEncryptionV2.customerManagedKey(props.encryptionKey),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const { tableStreamArn } = this.table;
    if (tableStreamArn === undefined) throw new Error('The ledger has no stream: nothing would issue receipts');
    this.streamArn = tableStreamArn;
  }

  /** Lets a function do these things to items, and read the named indexes, nothing else. */
  grant(grantee: IGrantable, actions: readonly LedgerAction[], readIndexes: readonly IndexName[] = []): void {
    const { tableArn } = this.table;
    Grant.addToPrincipal({ grantee, actions: actions.map((action) => `dynamodb:${action}`), resourceArns: [tableArn] });
    if (readIndexes.length > 0) {
      const resourceArns = readIndexes.map((index) => `${tableArn}/index/${index}`);
      Grant.addToPrincipal({ grantee, actions: ['dynamodb:Query'], resourceArns });
    }
    this.#letUseKey(grantee);
  }

  /** Lets a function delete claims on debts, the only items that may go: an expired payment gives its debts free. */
  grantReleaseOfClaims(grantee: IGrantable): void {
    Grant.addToPrincipal({
      grantee,
      actions: ['dynamodb:DeleteItem'],
      resourceArns: [this.table.tableArn],
      conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['DEBT#*'] } },
    });
  }

  #letUseKey(grantee: IGrantable): void {
    // DynamoDB uses the key in the caller's name.
    this.#key.grant(grantee, 'kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:DescribeKey');
  }
}
