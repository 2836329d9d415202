import { Duration } from 'aws-cdk-lib';
import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { LedgerTable } from './ledger-table.ts';
import type { PaymentApi } from './payment-api.ts';
import type { WatchedFunction } from './watched-function.ts';

/** The function by which anybody looks a receipt up or has its file verified. */
export const publicLookup = {
  failureMeans: 'Whoever is shown a receipt cannot tell whether it is genuine: neither by its code nor by its file.',
  memorySize: 1024,
  // A file of two megabytes, made to be slow, takes a second.
  timeout: Duration.seconds(10),
} as const;

/**
 * Opens it to the public: it reads the ledger, and writes nothing. Its routes are throttled below those by which money
 * comes in, and far above what people ask: a code has 60 random bits, so nobody finds a receipt by trying.
 */
export function openLookup(
  target: WatchedFunction,
  {
    api,
    ledger,
    originSecret,
  }: { readonly api: PaymentApi; readonly ledger: LedgerTable; readonly originSecret: Secret },
): void {
  ledger.grant(target, ['Query'], ['receipts-by-lookup']);
  originSecret.grantRead(target);
  api.open(HttpMethod.GET, '/r/{code}', target, { rateLimit: 50, burstLimit: 100 });
  api.open(HttpMethod.GET, '/verify', target, { rateLimit: 50, burstLimit: 100 });
  // Each upload costs a processor for as long as a hundred look-ups.
  api.open(HttpMethod.POST, '/verify', target, { rateLimit: 10, burstLimit: 20 });
}
