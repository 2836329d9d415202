import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import type { BenchFiles, Found } from './contenders.ts';

/** The usual way in Node: one file into a map, the other against it, row by row. */
export async function reconcile({ ledger, statement }: BenchFiles): Promise<Found> {
  const amounts = new Map<string, number>();
  for await (const row of rowsOf(statement, '|')) {
    if (row[0] === 'DTL') amounts.set(row[1] ?? '', Number(row[4]));
  }
  let joined = 0;
  let sum = 0;
  for await (const row of rowsOf(ledger, ',')) {
    const amount = amounts.get(row[0] ?? '');
    if (amount === undefined) continue;
    joined += 1;
    sum += amount;
  }
  return { joined, sum };
}

async function* rowsOf(file: string, delimiter: string): AsyncGenerator<readonly string[]> {
  const parser = createReadStream(file).pipe(parse({ delimiter, relax_column_count: true }));
  for await (const row of parser) yield row;
}
