import { DuckDBInstance } from '@duckdb/node-api';
import type { BenchFiles, Found } from './contenders.ts';

/** Both files into tables with everything that they hold, types found out by DuckDB, and joined: still nothing is checked. */
export async function reconcile({ ledger, statement }: BenchFiles): Promise<Found> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(
    `CREATE TABLE s AS FROM read_csv($statement, delim = '|', header = false, skip = 1, null_padding = true,
       all_varchar = true, names = ['mark', 'reference', 'transaction', 'paidAt', 'amount', 'status', 'bank'])`,
    { statement },
  );
  await connection.run(`CREATE TABLE l AS FROM read_csv($ledger, types = {'reference': 'VARCHAR'})`, { ledger });
  const reader = await connection.runAndReadAll(
    'SELECT count(*), sum(s.amount::BIGINT) FROM s JOIN l USING (reference)',
  );
  const [joined, sum] = reader.getRows()[0] ?? [];
  return { joined: Number(joined), sum: Number(sum) };
}
