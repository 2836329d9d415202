import { mkdir } from 'node:fs/promises';
import { DuckDBInstance, type DuckDBValue } from '@duckdb/node-api';
import * as z from 'zod/mini';

/** What a query gives and takes. Days and instants are made texts by the query itself. */
export type Cell = string | number | boolean | null;

/** One database in memory, of one run: tables come from files and go into files. */
export interface Engine {
  /** Where temporary files of this run may lie; DuckDB spills into it beyond its memory limit. */
  readonly tempFolder: string;
  /** Runs one statement, or several with `;` between them. */
  run(sql: string, values?: Values): Promise<void>;
  /** All rows of a query, each held against the schema. */
  rows<Row>(schema: RowSchema<Row>, sql: string, values?: Values): Promise<readonly Row[]>;
  /** The one row of a query. */
  row<Row>(schema: RowSchema<Row>, sql: string, values?: Values): Promise<Row>;
  /** Rows of a query in groups, for results that do not fit into memory. */
  stream<Row>(schema: RowSchema<Row>, sql: string, values?: Values): AsyncIterable<readonly Row[]>;
  /** How much of the running statement is done, from 0 to 1, as far as that can be told. */
  progress(): number;
  close(): void;
}

/** Parameters, `$name` in the statement. */
export type Values = Readonly<Record<string, Cell>>;
export type RowSchema<Row> = z.core.$ZodType<Row>;

export interface EngineOrder {
  /** As DuckDB writes it, `600MB`. */
  readonly memoryLimit: string;
  readonly tempFolder: string;
  readonly threads?: number;
}

/**
 * Opens a database in memory that loads nothing from the network and takes instants as UTC, whatever the server's zone.
 */
export async function openEngine({ memoryLimit, tempFolder, threads }: EngineOrder): Promise<Engine> {
  await mkdir(tempFolder, { recursive: true });
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: memoryLimit,
    temp_directory: tempFolder,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    // Counts by 16 bits of a hash go without a hash table of its own.
    perfect_ht_threshold: '17',
    ...(threads === undefined ? {} : { threads: String(threads) }),
  });
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'; SET enable_progress_bar = true; SET enable_progress_bar_print = false");
  const prepared = (values: Values | undefined) => (values === undefined ? undefined : { ...values });
  const engine: Engine = {
    tempFolder,
    async run(sql, values) {
      await connection.run(sql, prepared(values));
    },
    async rows(schema, sql, values) {
      const reader = await connection.runAndReadAll(sql, prepared(values));
      return reader.getRowObjects().map((row) => readRow(schema, row));
    },
    async row(schema, sql, values) {
      const [row, ...more] = await engine.rows(schema, sql, values);
      if (row === undefined || more.length > 0) throw new Error('a query for one row gave none, or several');
      return row;
    },
    async *stream(schema, sql, values) {
      const result = await connection.stream(sql, prepared(values));
      for await (const rows of result.yieldRowObjects()) yield rows.map((row) => readRow(schema, row));
    },
    progress: () => Math.max(0, connection.progress.percentage) / 100,
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
  return engine;
}

function readRow<Row>(schema: RowSchema<Row>, row: Readonly<Record<string, DuckDBValue>>): Row {
  const cells = Object.entries(row).map(([name, value]) => [name, cellOf(name, value)] as const);
  return z.parse(schema, Object.fromEntries(cells));
}

/** Amounts are exact or nothing: a sum beyond what a JavaScript number holds exactly is a fault, not a rounding. */
function cellOf(name: string, value: DuckDBValue): Cell {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  if (typeof value !== 'bigint') throw new TypeError(`column ${name}: make it a text or an integer in the query`);
  const integer = Number(value);
  if (Number.isSafeInteger(integer)) return integer;
  throw new RangeError(`column ${name} holds ${value}, which is more than can be counted exactly`);
}

/** A text inside a statement, where a parameter cannot stand: a file name of COPY, a pattern of a view. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A word of a few as DuckDB keeps it in a byte, which a table takes in at a third of the cost of a text. */
export function wordSql(word: string, words: readonly string[]): string {
  return `${quoted(word)}::ENUM(${words.map(quoted).join(', ')})`;
}
