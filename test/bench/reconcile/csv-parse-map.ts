import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse';
import type { BenchFiles, Found } from './contenders.ts';

/** The usual way in Node: one file into a map, the other against it, row by row. */
export async function reconcile({ ledger, statement }: BenchFiles): Promise<Found> {
  const amounts = new Map<string, number>();
  await readRows(statement, '|', ([mark, reference = '', , , amount]) => {
    if (mark === 'DTL') amounts.set(reference, Number(amount));
  });
  let joined = 0;
  let sum = 0;
  await readRows(ledger, ',', ([reference = '']) => {
    const amount = amounts.get(reference);
    if (amount === undefined) return;
    joined += 1;
    sum += amount;
  });
  return { joined, sum };
}

/** By the event of each row, which is many times as fast as iterating over the parser. */
function readRows(file: string, delimiter: string, take: (row: readonly string[]) => void): Promise<void> {
  const parser = parse({ delimiter, relax_column_count: true });
  parser.on('data', take);
  return pipeline(createReadStream(file), parser);
}
