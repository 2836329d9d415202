import { Duration } from 'aws-cdk-lib';
import { Grant } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { LedgerTable } from './ledger-table.ts';
import type { PrivateBucket } from './private-bucket.ts';
import type { WatchedFunction } from './watched-function.ts';

/** The function by which two members of the finance staff correct a receipt. */
export const receiptCorrections = {
  failureMeans: 'Finance staff cannot correct wrong receipts; payers keep a receipt that says something false.',
  memorySize: 1024,
  // The API gives up after half a minute.
  timeout: Duration.seconds(29),
} as const;

export interface CorrectionParts {
  readonly ledger: LedgerTable;
  readonly receipts: PrivateBucket;
  readonly encryptionKey: IKey;
}

/**
 * Lets it take numbers and replace receipts in the ledger, and put notices to the tax office into the archive, where it
 * can neither read nor write a receipt: signing is left to the sweep.
 */
export function letCorrectReceipts(
  target: WatchedFunction,
  { ledger, receipts, encryptionKey }: CorrectionParts,
): void {
  ledger.grant(target, ['GetItem', 'Query', 'PutItem', 'UpdateItem'], ['payments-due', 'receipts-by-number']);
  const actions = ['s3:GetObject', 's3:PutObject', 's3:PutObjectRetention'];
  Grant.addToPrincipal({ grantee: target, actions, resourceArns: [receipts.arnForObjects('notices/*')] });
  encryptionKey.grant(target, 'kms:Decrypt', 'kms:GenerateDataKey');
}
