import { Grant } from 'aws-cdk-lib/aws-iam';
import { letReadSecretsUnder } from './merchant-secrets.ts';
import type { PrivateBucket } from './private-bucket.ts';
import { type IssuingParts, letIssueReceipts } from './receipt-grants.ts';
import type { WatchedFunction } from './watched-function.ts';

export interface HealingParts extends IssuingParts {
  readonly evidence: PrivateBucket;
}

/** What a function reads secrets under, as its environment says it too. */
export interface SecretPrefixes {
  readonly SECRETS_PREFIX: string;
  readonly SIGNING_SECRETS_PREFIX: string;
}

/**
 * Lets a function mend payments: ask gateways, settle by what they say, and issue what receipts are lacking. What a
 * gateway answers is evidence as what it calls with, and settles by the same writes.
 */
export function letHeal(target: WatchedFunction, parts: HealingParts, prefixes: SecretPrefixes): void {
  letIssueReceipts(target, parts, prefixes.SIGNING_SECRETS_PREFIX);
  const resourceArns = [parts.evidence.arnForObjects('*')];
  Grant.addToPrincipal({ grantee: target, actions: ['s3:PutObject'], resourceArns });
  letReadSecretsUnder(prefixes.SECRETS_PREFIX, target);
}
