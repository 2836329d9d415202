import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeSampleDay, type SampleDay, type SampleTallies } from '#infra/desk/sample-day.ts';
import { ledgerText, sampleLayout, sampleLayoutName, tableStatementText } from '#infra/desk/sample-files.ts';
import type { SampleStatementRow } from '#infra/desk/sample-plot.ts';
import { type BusinessDate, businessDateSchema, gatewayNameSchema } from '#schemas/ids.ts';
import { reconciliationClasses } from '#shared/domain/reconciliation.ts';
import { statementSettingsSchema } from '#shared/domain/statement-layout.ts';
import type { Engine } from '#shared/reconciling/engine.ts';
import { type Classified, classify } from '#shared/reconciling/matching/classify.ts';
import { loadLedger } from '#shared/reconciling/matching/load-ledger.ts';
import { forgetNeighbours, setAsideStatement } from '#shared/reconciling/matching/sides.ts';
import { loadStatement } from '#shared/reconciling/statements/load-statement.ts';
import { layStatement } from './sides-of-a-day.ts';

/** Days that end a month or a year, begin one, or are no day in most years. */
const edges = [
  '2026-11-22',
  '2026-11-30',
  '2026-12-31',
  '2027-01-01',
  '2027-02-28',
  '2028-02-29',
  '2027-03-01',
] as const;

export function sampleDayOf(seed: number): SampleDay {
  const day = businessDateSchema.parse(edges[seed % edges.length]);
  return makeSampleDay({ seed, day, least: 0, plain: 3 });
}

const gateway = gatewayNameSchema.parse('vnpay');
const settings = statementSettingsSchema.parse({ partners: [], gateways: [sampleLayout(gateway)], banks: [] });

export interface TestDatabase {
  readonly engine: Engine;
  readonly folder: string;
}

/** Takes the rows of a statement into the database. */
export type TakeRows = (
  database: TestDatabase,
  day: BusinessDate,
  rows: readonly SampleStatementRow[],
) => Promise<void>;

/** As files come: written, read and checked. */
export const takeAsFile: TakeRows = async ({ engine, folder }, day, rows) => {
  const file = join(folder, 'statement.csv');
  writeFileSync(file, tableStatementText(rows));
  const loaded = await loadStatement(engine, file, { gateway, day, settings, layout: sampleLayoutName });
  if (loaded.kind === 'refused') throw new Error(JSON.stringify(loaded));
};

/** What reading would come to: many times as fast, for the many days of a property. */
export const takeAsRead: TakeRows = ({ engine }, _day, rows) => layStatement(engine, rows);

/** What a day comes to with these rows as its statement; the neighbours' files are there only when they are asked for. */
export async function reconcileSample(
  database: TestDatabase,
  sample: SampleDay,
  {
    rows,
    withNeighbours,
    take,
  }: { readonly rows: readonly SampleStatementRow[]; readonly withNeighbours: boolean; readonly take: TakeRows },
): Promise<Classified> {
  const { engine, folder } = database;
  const { day, accounts } = sample;
  await forgetNeighbours(engine);
  for (const [neighbour, theirs] of withNeighbours ? sample.statements : []) {
    if (neighbour === day) continue;
    await take(database, neighbour, theirs);
    await setAsideStatement(engine, neighbour);
  }
  await take(database, day, rows);
  const ledgerFile = join(folder, 'ledger.csv');
  writeFileSync(ledgerFile, ledgerText(sample.ledger));
  const ledger = await loadLedger(engine, ledgerFile, { day });
  if (ledger.kind === 'refused') throw new Error(JSON.stringify(ledger));
  return classify(engine, { day, accounts });
}

/** Counts and sums of every class, in the order of the books, to be compared at once. */
export function plantedFigures(planted: SampleTallies): readonly string[] {
  return reconciliationClasses.flatMap((name) => {
    const tally = planted.get(name);
    return tally === undefined ? [] : [`${name} ${tally.count} ${tally.sum}`];
  });
}

export function foundFigures({ classes }: Classified): readonly string[] {
  return reconciliationClasses.flatMap((name) => {
    const tally = classes[name];
    return tally === undefined ? [] : [`${name} ${tally.count} ${tally.sum}`];
  });
}
