import * as z from 'zod/mini';
import { dayFiguresSchema } from '#schemas/balance-proof.ts';
import { bankInputsSchema } from '#schemas/day-close.ts';
import { businessDateSchema, gatewayNameSchema, instantSchema, merchantNameSchema } from '#schemas/ids.ts';
import { fileDigestSchema } from '#schemas/reconciliation.ts';
import type { Finding } from './exception.ts';

/** What a run compared. The same inputs give the same result, so a run of the same inputs is no new one. */
export const runInputsSchema = z.strictObject({
  statement: fileDigestSchema,
  /** Statements of the days before and after, where there were any. */
  before: z.optional(fileDigestSchema),
  after: z.optional(fileDigestSchema),
  /** Over the ledger rows of the three days in a settled order. */
  ledger: fileDigestSchema,
  /** Where the day's money was followed to the bank. */
  bank: z.optional(bankInputsSchema),
});
export type RunInputs = z.infer<typeof runInputsSchema>;

/** One comparison of an account's day, as it ended. Never changed. */
export const reconciliationRunSchema = z.strictObject({
  gateway: gatewayNameSchema,
  merchant: merchantNameSchema,
  day: businessDateSchema,
  /** Counts the runs of the day that ended, from 1. */
  number: z.int().check(z.minimum(1)),
  inputs: runInputsSchema,
  figures: dayFiguresSchema,
  /** How many exceptions it found, whatever people have made of them. */
  exceptions: z.int().check(z.minimum(0)),
  /** The day was closed before: what it found anew is booked on the day on which it was found. */
  isAfterClose: z.boolean(),
  recordedAt: instantSchema,
});
export type ReconciliationRun = z.infer<typeof reconciliationRunSchema>;

/** What a run came to. */
export interface RunResult {
  /** `statement` is that of the ticket. */
  readonly inputs: Omit<RunInputs, 'statement'>;
  readonly figures: RunFigures;
  /** Every row that needs a person (`findingOf`), each once. */
  readonly findings: readonly Finding[];
}
export type RunFigures = ReconciliationRun['figures'];
