import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { bankDayOf, isOfBank } from '#shared/domain/bank-days.ts';
import type { Compared, ComparisonFiles, DayComparison, StatementReading } from '#shared/domain/day-comparison.ts';
import type { LedgerRow } from '#shared/domain/ledger-day.ts';
import type { ReconciledRow } from '#shared/domain/reconciliation.ts';
import type { DayAddress } from '#shared/domain/statement-day.ts';
import type { StatementSettings } from '#shared/domain/statement-layout.ts';
import { compareOnward, readBankStatement } from './bank-comparison.ts';
import { type Engine, openEngine } from './engine.ts';
import { exportLedger } from './export-ledger.ts';
import { classify } from './matching/classify.ts';
import { expectCredits } from './matching/compare-totals.ts';
import { ledgerColumns } from './matching/ledger-file.ts';
import { loadLedger } from './matching/load-ledger.ts';
import { readResult } from './matching/read-result.ts';
import { type ClassifyingOrder, setAsideStatement } from './matching/sides.ts';
import { loadStatement } from './statements/load-statement.ts';

export interface ComparisonSettings {
  /** Under which each comparison has a folder of its own. */
  readonly temporaryFolder: string;
  /** As DuckDB writes it, `1GB`: beyond it, it spills into the folder. */
  readonly memoryLimit: string;
  readonly statements: StatementSettings;
  /** Bank accounts that the money of the day may be credited to; without any, accounts are not looked at. */
  readonly collectingAccounts: readonly string[];
}

/** Opens the database of one run. */
export async function openDayComparison(settings: ComparisonSettings): Promise<DayComparison> {
  const folder = await mkdtemp(join(settings.temporaryFolder, 'reconcile-'));
  const engine = await openEngine({ memoryLimit: settings.memoryLimit, tempFolder: folder });
  let areStatementsLoaded = false;
  return {
    folder,
    readStatement: (address, file) => read(engine, address, file, settings.statements),
    async compare(address, files, ledger) {
      if (!areStatementsLoaded) await loadStatements(engine, address, files, settings.statements);
      areStatementsLoaded = true;
      return compare(engine, { day: address.day, accounts: settings.collectingAccounts }, ledger);
    },
    exportLedger: (address, compared) => exportLedger(engine, address, compared),
    compareOnward: (address, order, files) =>
      compareOnward(engine, order, files, {
        expectOf: ({ day, file }) =>
          inOtherDatabase(settings, folder, async (other) => {
            await loadTaken(other, { ...address, day }, file, settings.statements);
            return expectCredits(other, order);
          }),
        loadBank: ({ account, day, file }) => loadTaken(engine, bankDayOf(account, day), file, settings.statements),
      }),
    async close() {
      engine.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The day's own tables are asked for again after it. */
async function inOtherDatabase<Answer>(
  { memoryLimit }: ComparisonSettings,
  folder: string,
  ask: (other: Engine) => Promise<Answer>,
): Promise<Answer> {
  const other = await openEngine({ memoryLimit, tempFolder: await mkdtemp(join(folder, 'other-')) });
  try {
    return await ask(other);
  } finally {
    other.close();
  }
}

async function read(
  engine: Engine,
  address: DayAddress,
  file: string,
  settings: StatementSettings,
): Promise<StatementReading> {
  if (isOfBank(address)) return readBankStatement(engine, file, address, settings);
  const { gateway, merchant, day } = address;
  return loadStatement(engine, file, { gateway, merchant, day, settings, isForComparison: true });
}

/** The day's own statement last: it is the one that stays where it was loaded. */
async function loadStatements(
  engine: Engine,
  address: DayAddress,
  { statement, neighbours }: ComparisonFiles,
  settings: StatementSettings,
): Promise<void> {
  for (const { day, file } of neighbours) {
    await loadTaken(engine, { ...address, day }, file, settings);
    await setAsideStatement(engine, day);
  }
  await loadTaken(engine, address, statement, settings);
}

async function loadTaken(
  engine: Engine,
  address: DayAddress,
  file: string,
  settings: StatementSettings,
): Promise<void> {
  const reading = await read(engine, address, file, settings);
  if (reading.kind === 'loaded') return;
  throw new Error(
    `the statement of ${address.day} was taken before and is refused now (${reading.faults[0]?.code}): has its layout ` +
      'or the program changed? Put a corrected file into the store.',
  );
}

async function compare(engine: Engine, order: ClassifyingOrder, ledger: readonly LedgerRow[]): Promise<Compared> {
  const file = join(engine.tempFolder, 'ledger.csv');
  await writeLedger(file, ledger);
  const loading = await loadLedger(engine, file, order);
  if (loading.kind === 'refused') throw new Error(`our own ledger is refused: ${loading.faults[0]?.code}`);
  const figures = await classify(engine, order);
  const rows: ReconciledRow[] = [];
  for await (const group of readResult(engine)) rows.push(...group);
  return { figures, rows };
}

/** The ledger as everybody may write it, so that what the command line reads is what the function compares. */
async function writeLedger(file: string, rows: readonly LedgerRow[]): Promise<void> {
  await pipeline(Readable.from(linesOf(rows)), createWriteStream(file));
}

const rowsAtOnce = 1_000;

function* linesOf(rows: readonly LedgerRow[]): Generator<string> {
  yield `${ledgerColumns.join(',')}\n`;
  for (let first = 0; first < rows.length; first += rowsAtOnce) {
    yield rows
      .slice(first, first + rowsAtOnce)
      .map(lineOf)
      .join('');
  }
}

function lineOf({ reference, transactionId, amountVnd, state, paidAt, receipt }: LedgerRow): string {
  return `${[reference, transactionId, String(amountVnd), state, paidAt, receipt].map(fieldOf).join(',')}\n`;
}

function fieldOf(text: string | null): string {
  return text === null ? '' : `"${text.replaceAll('"', '""')}"`;
}
