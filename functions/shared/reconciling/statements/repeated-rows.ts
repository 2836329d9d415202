import * as z from 'zod/mini';
import type { Engine } from '../engine.ts';
import { type FaultList, listedFaults, shown } from './fault-list.ts';

const suspicionSchema = z.object({ named: z.int(), different: z.int(), nameless: z.int() });
const repeatSchema = z.object({ line: z.int(), first: z.int(), id: z.nullable(z.string()) });

/** Refunds of parts may share the transaction that they pay back: they are the same only when time and amount are. */
const sameTransaction =
  "transaction_id, kind, CASE kind WHEN 'refund' THEN paid_at END, CASE kind WHEN 'refund' THEN amount END";
/** A row without a transaction is compared whole. */
const sameRow = 'reference, kind, paid_at, amount, status';

/** Rows that say the same transaction twice. */
export async function addRepeats(engine: Engine, relation: string, faults: FaultList): Promise<void> {
  const named = 'transaction_id IS NOT NULL';
  // Hashes are counted first, which costs a third of comparing texts and settles nearly every file.
  const counts = await engine.row(
    suspicionSchema,
    `SELECT count(transaction_id) AS named, count(DISTINCT hash(transaction_id, kind)) FILTER (${named}) AS different,
      count(*) FILTER (transaction_id IS NULL) AS nameless FROM ${relation}`,
  );
  const asked = [
    ...(counts.named > counts.different ? [repeatsSql(relation, named, sameTransaction)] : []),
    ...(counts.nameless > 1 ? [repeatsSql(relation, 'transaction_id IS NULL', sameRow)] : []),
  ];
  for (const sql of asked) {
    for (const { line, first, id } of await engine.rows(repeatSchema, sql)) {
      faults.add({
        line,
        code: 'repeated-row',
        says: `Giao dịch ${shown(id)} đã có ở dòng ${first}. Tệp bị nối hai lần? Hãy xin bên gửi xuất lại tệp.`,
      });
    }
  }
}

function repeatsSql(relation: string, which: string, same: string): string {
  return `
    SELECT line, "first", coalesce(transaction_id, reference) AS id
    FROM (SELECT *, min(line) OVER (PARTITION BY ${same}) AS "first" FROM ${relation} WHERE ${which})
    WHERE line > "first" ORDER BY line LIMIT ${listedFaults}`;
}
