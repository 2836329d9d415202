import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import type { BenchFiles, Found } from './contenders.ts';

/** Both files into tables of SQLite, in one transaction each, and joined there. */
export async function reconcile({ ledger, statement }: BenchFiles): Promise<Found> {
  const database = new DatabaseSync(':memory:');
  database.exec(
    'CREATE TABLE s(reference TEXT, amount INTEGER); CREATE TABLE l(reference TEXT PRIMARY KEY) WITHOUT ROWID',
  );
  const intoStatement = database.prepare('INSERT INTO s VALUES (?, ?)');
  const intoLedger = database.prepare('INSERT INTO l VALUES (?)');
  database.exec('BEGIN');
  for await (const line of linesOf(statement)) {
    const [mark, reference = '', , , amount = ''] = line.split('|');
    if (mark === 'DTL') intoStatement.run(reference, Number(amount));
  }
  for await (const line of linesOf(ledger)) intoLedger.run(line.slice(0, line.indexOf(',')));
  database.exec('COMMIT');
  const found = database.prepare('SELECT count(*) AS joined, sum(amount) AS sum FROM s JOIN l USING (reference)').get();
  return { joined: Number(found?.['joined']), sum: Number(found?.['sum']) };
}

function linesOf(file: string) {
  return createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY });
}
