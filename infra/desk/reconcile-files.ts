import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { dayAfter } from '#shared/domain/working-days.ts';
import { type Engine, openEngine } from '#shared/reconciling/engine.ts';
import { classify } from '#shared/reconciling/matching/classify.ts';
import {
  type BankComparing,
  compareWithBank,
  compareWithPayIn,
  keepPayIns,
} from '#shared/reconciling/matching/compare-totals.ts';
import { loadLedger } from '#shared/reconciling/matching/load-ledger.ts';
import { readLedgerFigures } from '#shared/reconciling/matching/side-figures.ts';
import { loadBank } from '#shared/reconciling/statements/bank/load-bank.ts';
import type { BankOrder, ReadFile, Reconciled, ReconcileOrder, Reconciling, Refusal } from './reconcile-order.ts';
import { bytesOf, type Progress } from './reconcile-progress.ts';
import { writeResults } from './reconcile-results.ts';
import { loadStatements } from './reconcile-statements.ts';

/** DuckDB spills into the temporary folder beyond it; the whole process stays below a gigabyte. */
const memoryLimit = '600MB';
/** Matching and writing take about as long as reading so much. */
const comparingWeight = 0.6;

/** Reads everything, compares, and writes the results: nothing is written unless every file is taken. */
export async function reconcileFiles(order: ReconcileOrder, progress: Progress): Promise<Reconciling> {
  const tempFolder = await mkdtemp(join(tmpdir(), 'bien-lai-reconcile-'));
  const engine = await openEngine({ memoryLimit, tempFolder });
  progress.follow(() => engine.progress());
  try {
    const files = [order.ledger, ...order.statements, ...bankFilesOf(order)];
    const bytes = files.reduce((sum, file) => sum + bytesOf(file), 0);
    progress.expect(bytes * (1 + 2 * comparingWeight));
    const refusals = await loadFiles(engine, order, progress);
    if (refusals.length > 0) return { kind: 'refused', refusals };
    const figures = await progress.stage('So khớp (matching)', bytes * comparingWeight, () => classify(engine, order));
    const ledger = await readLedgerFigures(engine, order.day);
    const totals = await compareTotals(engine, order);
    const results = await progress.stage('Ghi kết quả (writing)', bytes * comparingWeight, () =>
      writeResults(engine, order, { figures, ledger, ...totals }),
    );
    return { kind: 'reconciled', figures, ledger, ...totals, results };
  } finally {
    progress.end();
    engine.close();
    await rm(tempFolder, { recursive: true, force: true });
  }
}

function bankFilesOf({ bank }: ReconcileOrder): readonly string[] {
  if (bank === undefined) return [];
  return bank.payIn === undefined ? [bank.file] : [bank.file, bank.payIn.file];
}

/** Reads every file also after one was refused, so that all faults are told at once. */
async function loadFiles(engine: Engine, order: ReconcileOrder, progress: Progress): Promise<readonly Refusal[]> {
  const read: ReadFile = async (file, load) => {
    const loading = await progress.stage(`Đọc (reading) ${basename(file)}`, bytesOf(file), load);
    return loading.kind === 'refused' ? [{ file, refused: loading }] : [];
  };
  // A statement is digested and looked through while the database reads the ledger. Both are waited for in any case:
  // nothing may be at work in the database when it is closed.
  const loading = [
    read(order.ledger, () => loadLedger(engine, order.ledger, order)),
    loadStatements(engine, order, read),
  ];
  await Promise.allSettled(loading);
  return [
    ...(await Promise.all(loading)).flat(),
    ...(order.bank === undefined ? [] : await loadBankFiles(engine, order, order.bank, read)),
  ];
}

/** The pay-ins first: the table `bank` is the account's in the end. */
async function loadBankFiles(
  engine: Engine,
  order: ReconcileOrder,
  bank: BankOrder,
  read: ReadFile,
): Promise<readonly Refusal[]> {
  const load = (file: string) => read(file, () => loadBookings(engine, file, order, bank.layout));
  const ofPayIn = bank.payIn === undefined ? [] : await load(bank.payIn.file);
  if (bank.payIn !== undefined && ofPayIn.length === 0) await keepPayIns(engine);
  return [...ofPayIn, ...(await load(bank.file))];
}

/** A bank's statement may be that of a month. */
const bankDays = 31;

function loadBookings(engine: Engine, file: string, { day, settings }: ReconcileOrder, layout: string | undefined) {
  const period = { firstDay: dayAfter(day, -bankDays), lastDay: dayAfter(day, bankDays) };
  return loadBank(engine, file, { ...period, settings, ...(layout === undefined ? {} : { layout }) });
}

async function compareTotals(
  engine: Engine,
  { bank, accounts }: ReconcileOrder,
): Promise<Pick<Reconciled, 'bank' | 'payIn'>> {
  if (bank === undefined) return {};
  const { bookedOn, content, payIn } = bank;
  const credits = {
    bookedOn,
    accounts,
    ...(content === undefined ? {} : { content }),
  } satisfies Partial<BankComparing>;
  const withBank = await compareWithBank(engine, { ...credits, fee: bank.fee });
  if (payIn === undefined) return { bank: withBank };
  const { keptVnd } = payIn;
  return { bank: withBank, payIn: await compareWithPayIn(engine, { ...credits, paidInOn: payIn.bookedOn, keptVnd }) };
}
