import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { type RetryBudget, startPatience, usualBudget } from './retry-budget.ts';

/**
 * What may pass when it is sent again. The SDK repeats throttling and broken connections by itself, but not these
 * conflicts, and none that come as the reason of a cancelled transaction (DESIGN §3).
 */
const passing = new Set([
  'TransactionConflictException',
  'TransactionInProgressException',
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'RequestLimitExceeded',
  'InternalServerError',
  'TransactionConflict',
  'ProvisionedThroughputExceeded',
  'ThrottlingError',
]);

/**
 * Sends a request again, with full jitter, while its failure is one that passes and time is left. The request must
 * be safe to repeat: every write of the ledger is, since its own condition recognises what it wrote before.
 */
export async function sendPatiently<Answer>(
  send: () => Promise<Answer>,
  budget: RetryBudget = usualBudget,
): Promise<Answer> {
  const pause = startPatience(budget);
  for (;;) {
    try {
      return await send();
    } catch (error) {
      if (!mayPass(error) || !(await pause())) throw error;
    }
  }
}

function mayPass(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof TransactionCanceledException) {
    const codes = (error.CancellationReasons ?? [])
      .map((reason) => reason.Code ?? 'None')
      .filter((code) => code !== 'None');
    // A failed condition is an answer: it is looked at before anything is sent again.
    return codes.length > 0 && !codes.includes('ConditionalCheckFailed') && codes.every((code) => passing.has(code));
  }
  return passing.has(error.name);
}
