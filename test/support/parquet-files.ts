import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import * as z from 'zod';

/** What a reader of Parquet finds in a file. */
export interface ReadParquet {
  /** `name TYPE`, in DuckDB's words. */
  readonly columns: readonly string[];
  /** Days and instants as texts, integers as such. */
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly metadata: Readonly<Record<string, string>>;
}

const pairsSchema = z.array(z.tuple([z.string(), z.string()]));

export async function readParquet(bytes: Uint8Array): Promise<ReadParquet> {
  const folder = await mkdtemp(join(tmpdir(), 'bien-lai-parquet-'));
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    const path = join(folder, 'in.parquet');
    await writeFile(path, bytes);
    const askPairs = async (sql: string) =>
      pairsSchema.parse((await connection.runAndReadAll(sql, { path })).getRowsJson());
    const columns = await askPairs('SELECT column_name, column_type FROM (DESCRIBE FROM read_parquet($path))');
    const metadata = await askPairs('SELECT decode(key), decode(value) FROM parquet_kv_metadata($path) ORDER BY key');
    const rows = await connection.runAndReadAll(
      `SELECT * REPLACE (CAST(amount_vnd AS DOUBLE) AS amount_vnd, CAST(statement_line AS DOUBLE) AS statement_line,
         strftime(paid_at AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%S.%gZ') AS paid_at, CAST(business_date AS VARCHAR) AS business_date)
       FROM read_parquet($path)`,
      { path },
    );
    return {
      columns: columns.map(([name, type]) => `${name} ${type}`),
      rows: rows.getRowObjects(),
      metadata: Object.fromEntries(metadata),
    };
  } finally {
    connection.closeSync();
    instance.closeSync();
    await rm(folder, { recursive: true });
  }
}
