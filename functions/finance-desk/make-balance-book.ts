import { balanceTables } from '#shared/rendering/reports/balance-tables.ts';
import type { OpenReport } from './make-reports.ts';
import type { FoundProof } from './print-proof.ts';

/** The proof of a day as tables. */
export async function makeBalanceBook({ facts, page }: FoundProof, open: OpenReport): Promise<void> {
  const filled = balanceTables(facts, page);
  const writer = await open(filled.map(({ table }) => table));
  for (const { rows } of filled) {
    for (const row of rows) await writer.addRow(row);
    await writer.endTable();
  }
  await writer.close();
}
