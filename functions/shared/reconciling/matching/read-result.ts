import * as z from 'zod/mini';
import { businessDateSchema } from '#schemas/ids.ts';
import { type ReconciliationClass, reconciliationClassSchema } from '#schemas/reconciliation.ts';
import type { ReconciledRow } from '#shared/domain/reconciliation.ts';
import { type Engine, quoted } from '../engine.ts';

const rowSchema = z.object({
  class: reconciliationClassSchema,
  matchedBy: z.nullable(z.enum(['reference-and-transaction', 'transaction', 'reference'])),
  reference: z.nullable(z.string()),
  transactionId: z.nullable(z.string()),
  /** `null` also where the row stands in the file of a neighbouring day. */
  statementLine: z.nullable(z.number()),
  statementDate: z.nullable(businessDateSchema),
  statementAmountVnd: z.nullable(z.number()),
  statementStatus: z.nullable(z.string()),
  statementKind: z.nullable(z.enum(['payment', 'refund'])),
  ledgerLine: z.nullable(z.number()),
  ledgerDate: z.nullable(businessDateSchema),
  ledgerAmountVnd: z.nullable(z.number()),
  ledgerState: z.nullable(z.string()),
  paidAt: z.nullable(z.string()),
  receipt: z.nullable(z.string()),
  suggestion: z.nullable(z.string()),
});
/** A row of the result with the days of its two sides. */
export type ResultRow = z.infer<typeof rowSchema> & ReconciledRow;

/**
 * The rows that `classify` found to be more than a match, class by class in the order of the books and by time within a
 * class, in groups: there may be more of them than memory holds.
 */
export function readResult(engine: Engine): AsyncIterable<readonly ResultRow[]> {
  return engine.stream(
    rowSchema,
    `SELECT class, matched_by AS "matchedBy", reference, transaction_id AS "transactionId",
       statement_line AS "statementLine", ${dayText('statement_date')} AS "statementDate",
       statement_amount AS "statementAmountVnd", statement_status AS "statementStatus",
       statement_kind AS "statementKind",
       ledger_line AS "ledgerLine", ${dayText('ledger_date')} AS "ledgerDate",
       ledger_amount AS "ledgerAmountVnd", ledger_state AS "ledgerState",
       strftime(paid_at, '%Y-%m-%dT%H:%M:%S.%gZ') AS "paidAt", receipt, suggestion
     FROM result WHERE class <> 'KHOP'
     ORDER BY list_position([${classOrder}], class), paid_at, reference, transaction_id, statement_line, ledger_line`,
  );
}

const classOrder = reconciliationClassSchema.options.map((name: ReconciliationClass) => quoted(name)).join(', ');

function dayText(column: string): string {
  return `strftime(${column}, '%Y-%m-%d')`;
}
