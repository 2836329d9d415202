import { Grant } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { LedgerTable } from './ledger-table.ts';
import { letReadSecretsUnder } from './merchant-secrets.ts';
import type { PrivateBucket } from './private-bucket.ts';
import { countSeriesWarnings } from './series-watch.ts';
import type { SigningKey } from './signing-key.ts';
import type { WatchedFunction } from './watched-function.ts';

export interface IssuingParts {
  readonly ledger: LedgerTable;
  readonly receipts: PrivateBucket;
  readonly encryptionKey: IKey;
  readonly signingKeys: readonly SigningKey[];
}

/**
 * Lets a function number, sign, archive and record receipts. Nothing may be deleted from the archive; a document is
 * written together with its retention, which the lock lets nobody shorten.
 * @param signingSecrets prefix of the tokens of remote signing services
 */
export function letIssueReceipts(target: WatchedFunction, parts: IssuingParts, signingSecrets: string): void {
  const { ledger, receipts, encryptionKey, signingKeys } = parts;
  ledger.grant(target, ['GetItem', 'Query', 'PutItem', 'UpdateItem'], ['receipts-by-number']);
  const actions = ['s3:GetObject', 's3:PutObject', 's3:PutObjectRetention'];
  Grant.addToPrincipal({ grantee: target, actions, resourceArns: [receipts.arnForObjects('*')] });
  // Without it S3 answers a read of what is not archived yet as forbidden, and not as missing.
  Grant.addToPrincipal({ grantee: target, actions: ['s3:ListBucket'], resourceArns: [receipts.bucketArn] });
  encryptionKey.grant(target, 'kms:Decrypt', 'kms:GenerateDataKey');
  letReadSecretsUnder(signingSecrets, target);
  for (const key of signingKeys) key.grantSign(target);
  countSeriesWarnings(target);
}
