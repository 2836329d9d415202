import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { makeSampleDay, type SampleDay, tallyPlanted } from '#infra/desk/sample-day.ts';
import { ledgerText, sampleLayout, sampleLayoutName, tableStatementText } from '#infra/desk/sample-files.ts';
import type { Planting, SampleStatementRow } from '#infra/desk/sample-plot.ts';
import { type BusinessDate, businessDateSchema, gatewayNameSchema } from '#schemas/ids.ts';
import type { ReconciliationClass } from '#schemas/reconciliation.ts';
import { findingOf } from '#shared/domain/found-exceptions.ts';
import { type ClassTally, reconciliationClasses } from '#shared/domain/reconciliation.ts';
import { statementSettingsSchema } from '#shared/domain/statement-layout.ts';
import type { Engine } from '#shared/reconciling/engine.ts';
import { type Classified, classify } from '#shared/reconciling/matching/classify.ts';
import { loadLedger } from '#shared/reconciling/matching/load-ledger.ts';
import { type ResultRow, readResult } from '#shared/reconciling/matching/read-result.ts';
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

/** What was found of a day, row by row, to be compared at once. */
export interface FoundRows {
  /** Class, reference and đồng of every row but those without money. */
  readonly rows: readonly string[];
  /** Class and reference of the rows that a person is asked about. */
  readonly forPeople: readonly string[];
  /** Count and sum of every class, as the books have them. */
  readonly figures: readonly string[];
}

export function plantedRows(planted: readonly Planting[]): FoundRows {
  const explained: readonly Planting['class'][] = ['KHOP', 'LECH_NGAY'];
  const forPeople = planted.filter((one) => !explained.includes(one.class) && one.isPaidBackByBoth !== true);
  return {
    rows: planted.map(({ class: name, reference, vnd }) => `${name} ${reference} ${vnd}`).toSorted(),
    forPeople: forPeople.map(({ class: name, reference }) => `${name} ${reference}`).toSorted(),
    figures: figuresOf(Object.fromEntries(tallyPlanted(planted))),
  };
}

export async function foundRows(engine: Engine, { classes }: Classified): Promise<FoundRows> {
  const different: ResultRow[] = [];
  for await (const group of readResult(engine)) different.push(...group);
  const matched = await engine.rows(
    z.object({ reference: z.string(), vnd: z.number() }),
    `SELECT statement.reference, matched.amount AS vnd FROM matched JOIN statement ON statement.line = matched.statement_line`,
  );
  return {
    rows: [
      ...matched.map(({ reference, vnd }) => `KHOP ${reference} ${vnd}`),
      ...different.map((row) => `${row.class} ${row.reference} ${row.statementAmountVnd ?? row.ledgerAmountVnd}`),
    ].toSorted(),
    forPeople: different
      .filter((row) => findingOf(row) !== undefined)
      .map((row) => `${row.class} ${row.reference}`)
      .toSorted(),
    figures: figuresOf(classes),
  };
}

function figuresOf(classes: Partial<Readonly<Record<ReconciliationClass, ClassTally>>>): readonly string[] {
  return reconciliationClasses.flatMap((name) => {
    const tally = classes[name];
    return tally === undefined ? [] : [`${name} ${tally.count} ${tally.sum}`];
  });
}
