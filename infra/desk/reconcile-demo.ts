import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { businessDateSchema, gatewayNameSchema } from '#schemas/ids.ts';
import { reconciliationClasses } from '#shared/domain/reconciliation.ts';
import { statementSettingsSchema } from '#shared/domain/statement-layout.ts';
import { formatVnd } from '#shared/domain/vietnamese-format.ts';
import type { DemoOptions } from './reconcile-options.ts';
import type { Reconciled, ReconcileOrder } from './reconcile-order.ts';
import { makeSampleDay, type SampleDay, tallyPlanted } from './sample-day.ts';
import { ledgerText, sampleLayout, sampleLayoutName, tableStatementText } from './sample-files.ts';
import { textTable } from './text-table.ts';

const day = businessDateSchema.parse('2026-11-30');
const wrong = 'SAI';
// None that we speak to: a day can be reconciled at any.
const gateway = gatewayNameSchema.parse('cong-mau');

/** A day with known faults of every class, as files and as the order to reconcile them. */
export async function makeDemo({
  seed,
  out,
}: DemoOptions): Promise<{ readonly sample: SampleDay; readonly order: ReconcileOrder }> {
  const folder = out ?? (await mkdtemp(join(tmpdir(), 'bien-lai-doi-soat-')));
  await mkdir(folder, { recursive: true });
  const sample = makeSampleDay({ seed, day, least: 1, plain: 200 });
  const ledger = join(folder, 'ledger.csv');
  await writeFile(ledger, ledgerText(sample.ledger));
  const statements: string[] = [];
  for (const [of, rows] of sample.statements) {
    const file = join(folder, `sao-ke-${of}.csv`);
    await writeFile(file, tableStatementText(rows));
    if (of === day) statements.unshift(file);
    else statements.push(file);
  }
  const settings = statementSettingsSchema.parse({ partners: [], gateways: [sampleLayout(gateway)], banks: [] });
  const order: ReconcileOrder = {
    gateway,
    day,
    ledger,
    statements,
    layout: sampleLayoutName,
    accounts: sample.accounts,
    settings,
    separator: ',',
    matched: true,
    out: join(folder, 'ket-qua'),
  };
  return { sample, order };
}

/** What was planted beside what was found, and whether it is the same. */
export function compareWithPlanted(
  { planted }: SampleDay,
  { figures }: Reconciled,
): { readonly text: string; readonly isExact: boolean } {
  const tallies = tallyPlanted(planted);
  const rows = reconciliationClasses.map((name) => {
    const [hidden, found] = [tallies.get(name), figures.classes[name]];
    const isSame = hidden?.count === found?.count && hidden?.sum === found?.sum;
    return [name, wordsOf(hidden), wordsOf(found), isSame ? 'đúng' : wrong];
  });
  const text = textTable([['Loại', 'Đã cài (planted)', 'Tìm thấy (found)', ''], ...rows]);
  return { text, isExact: !rows.some((cells) => cells.includes(wrong)) };
}

function wordsOf(tally: { readonly count: number; readonly sum: number } | undefined): string {
  return tally === undefined ? '0' : `${tally.count} (${formatVnd(tally.sum)})`;
}
