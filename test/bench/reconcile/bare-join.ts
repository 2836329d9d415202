import { DuckDBInstance } from '@duckdb/node-api';
import type { BenchFiles, Found } from './contenders.ts';

/**
 * What a person would type who wants to know how many rows two files share: nothing is checked, nothing kept, and columns
 * that are not asked for are not read.
 */
export async function reconcile({ ledger, statement }: BenchFiles): Promise<Found> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const reader = await connection.runAndReadAll(
    `SELECT count(*), sum(s.column4::BIGINT)
     FROM read_csv($statement, delim = '|', header = false, skip = 1, null_padding = true, all_varchar = true,
       names = ['column0', 'column1', 'column2', 'column3', 'column4', 'column5', 'column6']) s
     JOIN read_csv($ledger, all_varchar = true) l ON l.reference = s.column1`,
    { statement, ledger },
  );
  const [joined, sum] = reader.getRows()[0] ?? [];
  return { joined: Number(joined), sum: Number(sum) };
}
