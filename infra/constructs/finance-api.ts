import { Duration } from 'aws-cdk-lib';
import { Grant } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { LedgerTable } from './ledger-table.ts';
import { letReadSecretsUnder } from './merchant-secrets.ts';
import type { PaymentApi } from './payment-api.ts';
import type { PrivateBucket } from './private-bucket.ts';
import type { WatchedFunction } from './watched-function.ts';

/** The function by which finance staff see what waits for them, and work on all but refunds and corrections. */
export const financeDesk = {
  failureMeans: 'Finance staff cannot see what waits for them, assign money, make reports or close the day.',
  // Reports are packed as they are read.
  memorySize: 1769,
  // The API gives up after half a minute.
  timeout: Duration.seconds(29),
  prints: true,
} as const;

/** The function by which two members of the finance staff pay money back. */
export const refundDesk = {
  failureMeans:
    'Finance staff cannot ask for refunds, approve them or record transfers; citizens wait for their money.',
  memorySize: 1024,
  // A gateway's answer to an order is awaited for 20 seconds, and then it is asked what became of it. The API gives up
  // before, and who repeats the approval hears what it came to.
  timeout: Duration.minutes(1),
} as const;

export interface DeskParts {
  readonly ledger: LedgerTable;
  readonly receipts: PrivateBucket;
  readonly evidence: PrivateBucket;
  readonly statements: PrivateBucket;
  readonly encryptionKey: IKey;
}

/** Lets it read everything, and write what money in suspense, series, exceptions and closes become. */
export function letServeDesk(
  target: WatchedFunction,
  { ledger, receipts, evidence, statements, encryptionKey }: DeskParts,
): void {
  ledger.grant(
    target,
    ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem'],
    ['payments-due', 'charges-by-dossier', 'receipts-by-number', 'money-by-day'],
  );
  // Signs the addresses under which documents are opened and statements are put, and so needs to be allowed all of it. Of
  // what lies with the evidence it may read the ledger of days, and no message of a gateway.
  const grant = (action: string, bucket: PrivateBucket, objects = '*') =>
    Grant.addToPrincipal({ grantee: target, actions: [action], resourceArns: [bucket.arnForObjects(objects)] });
  grant('s3:GetObject', receipts);
  grant('s3:GetObject', evidence, 'ledger-days/*');
  grant('s3:PutObject', statements);
  encryptionKey.grant(target, 'kms:Decrypt', 'kms:GenerateDataKey');
}

/** @param merchantSecrets prefix of the secrets that orders to gateways are signed with */
export function letRefund(
  target: WatchedFunction,
  { ledger }: Pick<DeskParts, 'ledger'>,
  merchantSecrets: string,
): void {
  ledger.grant(target, ['Query', 'PutItem', 'UpdateItem'], ['payments-due']);
  letReadSecretsUnder(merchantSecrets, target);
}

export interface FinanceFunctions {
  readonly desk: WatchedFunction;
  readonly refunds: WatchedFunction;
  readonly corrections: WatchedFunction;
}

/** People click some times a second at most, all of them together. */
const throttle = { rateLimit: 20, burstLimit: 50 };

/** `/v1/finance/`: refunds and corrections have functions, and so rights, of their own; the desk has the rest. */
export function openFinanceApi(
  { desk, refunds, corrections }: FinanceFunctions,
  { api, originSecret }: { readonly api: PaymentApi; readonly originSecret: Secret },
): void {
  api.forStaff('/v1/finance/refunds', refunds, throttle);
  api.forStaff('/v1/finance/refunds/{proxy+}', refunds, throttle);
  api.forStaff('/v1/finance/corrections', corrections, throttle);
  api.forStaff('/v1/finance/corrections/{proxy+}', corrections, throttle);
  api.forStaff('/v1/finance/{proxy+}', desk, throttle);
  for (const target of [desk, refunds, corrections]) originSecret.grantRead(target);
}
