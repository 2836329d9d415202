import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import { SampleChance } from '#infra/desk/sample-chance.ts';
import type { ReconciliationClass } from '#schemas/reconciliation.ts';

/** Two files of a day, and what is wrong between them. */
export interface MillionRows {
  readonly ledger: string;
  readonly statement: string;
  readonly rows: number;
  /** How many rows of each class there are to be found. */
  readonly planted: Readonly<Partial<Record<ReconciliationClass, number>>>;
}

export const day = '2026-11-22';
/** One row in so many is at fault. */
const faultEvery = 1_000;

interface Row {
  readonly reference: string;
  readonly transaction: string;
  readonly amount: number;
  readonly second: number;
}

interface Fault {
  readonly class: ReconciliationClass;
  readonly statement?: (row: Row) => Row | undefined;
  readonly ledger?: { readonly isMissing?: true; readonly state?: string; readonly receipt?: '' };
}

const faults: readonly Fault[] = [
  { class: 'THIEU_NOI_BO', ledger: { isMissing: true } },
  { class: 'THIEU_DOI_TAC', statement: () => undefined },
  { class: 'LECH_TIEN', statement: (row) => ({ ...row, amount: row.amount + 1 }) },
  { class: 'LECH_TRANG_THAI', ledger: { state: 'failed', receipt: '' } },
  { class: 'THIEU_BIEN_LAI', ledger: { receipt: '' } },
];

/** Writes both files, the ledger in an order of its own; the same count gives the same files. */
export async function writeMillionRows(folder: string, rows: number): Promise<MillionRows> {
  const planted: Partial<Record<ReconciliationClass, number>> = {};
  const count = (name: ReconciliationClass) => {
    planted[name] = (planted[name] ?? 0) + 1;
  };
  const faultOf = (index: number) =>
    index % faultEvery === 0 ? faults[(index / faultEvery) % faults.length] : undefined;
  for (let index = 0; index < rows; index += 1) count(faultOf(index)?.class ?? 'KHOP');
  const statementRows = function* () {
    for (let index = 0; index < rows; index += 1) {
      const change = faultOf(index)?.statement;
      const row = change === undefined ? rowOf(index, rows) : change(rowOf(index, rows));
      if (row !== undefined) yield row;
    }
  };
  const ledgerLines = function* () {
    yield 'reference,gatewayTxnId,amountVnd,state,paidAt,receipt\n';
    for (const index of shuffled(rows)) {
      const change = faultOf(index)?.ledger;
      if (change?.isMissing !== true) yield ledgerLine(rowOf(index, rows), change);
    }
  };
  const files = { ledger: join(folder, 'ledger.csv'), statement: join(folder, 'statement.txt') };
  await writeStatement(files.statement, statementRows);
  await writeText(files.ledger, ledgerLines());
  return { ...files, rows, planted };
}

function rowOf(index: number, rows: number): Row {
  return {
    reference: String(1_000_000_000_000_000 + index * 7_919),
    transaction: String(14_000_000 + index),
    amount: 1_000 * (1 + ((index * 37) % 5_000)),
    second: Math.floor((index / rows) * 86_400),
  };
}

async function writeStatement(path: string, rows: () => Generator<Row>): Promise<void> {
  let count = 0;
  let total = 0;
  for (const { amount } of rows()) {
    count += 1;
    total += amount;
  }
  const digest = createHash('sha256');
  const lines = function* () {
    yield `HDR|VNPAY|${day.replaceAll('-', '')}|${count}|${total}\n`;
    for (const row of rows()) {
      const time = clockOf(row.second).replaceAll(':', '');
      yield `DTL|${row.reference}|${row.transaction}|${day.replaceAll('-', '')}${time}|${row.amount}|00|NCB\n`;
    }
  };
  const digested = function* () {
    for (const line of lines()) {
      digest.update(line);
      yield line;
    }
    yield `TRL|${digest.digest('hex')}\n`;
  };
  await writeText(path, digested());
}

function ledgerLine({ reference, transaction, amount, second }: Row, change: Fault['ledger']): string {
  const receipt = change?.receipt ?? `1K26TAA-${reference.slice(-9)}`;
  return `${reference},${transaction},${amount},${change?.state ?? 'paid'},${day}T${clockOf(second)}+07:00,${receipt}\n`;
}

function clockOf(second: number): string {
  const parts = [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}

function shuffled(count: number): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  const chance = new SampleChance(count);
  for (let index = count - 1; index > 0; index -= 1) {
    const other = chance.below(index + 1);
    const [one = 0, two = 0] = [order[index], order[other]];
    order[index] = two;
    order[other] = one;
  }
  return order;
}

const bufferedCharacters = 1024 * 1024;

async function writeText(path: string, lines: Iterable<string>): Promise<void> {
  const file = createWriteStream(path);
  let text = '';
  for (const line of lines) {
    text += line;
    if (text.length < bufferedCharacters) continue;
    await write(file, text);
    text = '';
  }
  await write(file, text);
  file.end();
  await once(file, 'close');
}

async function write(file: WriteStream, text: string): Promise<void> {
  if (!file.write(text)) await once(file, 'drain');
}
