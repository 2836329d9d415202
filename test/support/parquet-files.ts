import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

/** What a reader of Parquet finds in a file. */
export interface ReadParquet {
  /** `name TYPE`, in DuckDB's words. */
  readonly columns: readonly string[];
  /** Days and instants as texts, integers as such. */
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly metadata: Readonly<Record<string, string>>;
}

export async function readParquet(bytes: Uint8Array): Promise<ReadParquet> {
  const folder = await mkdtemp(join(tmpdir(), 'bien-lai-parquet-'));
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    const path = join(folder, 'in.parquet');
    await writeFile(path, bytes);
    const ask = async (sql: string) => (await connection.runAndReadAll(sql, { path })).getRowObjectsJson();
    const columns = await ask('DESCRIBE FROM read_parquet($path)');
    const metadata = await ask(
      'SELECT decode(key) AS key, decode(value) AS value FROM parquet_kv_metadata($path) ORDER BY key',
    );
    const rows = await connection.runAndReadAll(
      `SELECT * REPLACE (CAST(amount_vnd AS DOUBLE) AS amount_vnd, CAST(statement_line AS DOUBLE) AS statement_line,
         strftime(paid_at AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%S.%gZ') AS paid_at, CAST(business_date AS VARCHAR) AS business_date)
       FROM read_parquet($path)`,
      { path },
    );
    return {
      columns: columns.map((column) => `${String(column['column_name'])} ${String(column['column_type'])}`),
      rows: rows.getRowObjects(),
      metadata: Object.fromEntries(metadata.map(({ key, value }) => [String(key), String(value)])),
    };
  } finally {
    connection.closeSync();
    instance.closeSync();
    await rm(folder, { recursive: true });
  }
}
