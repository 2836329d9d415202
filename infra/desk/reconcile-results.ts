import { mkdir, mkdtemp, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { needsPerson } from '#shared/domain/found-exceptions.ts';
import { type Engine, quoted } from '#shared/reconciling/engine.ts';
import { readResult } from '#shared/reconciling/matching/read-result.ts';
import { CsvWriter } from '#shared/rendering/reports/csv-writer.ts';
import { differenceCells, differencesTable } from '#shared/rendering/reports/differences-table.ts';
import { bookCells, reconciliationBook } from '#shared/rendering/reports/reconciliation-book.ts';
import type { ByteSink, ReportWriter } from '#shared/rendering/reports/report-table.ts';
import { XlsxWriter } from '#shared/rendering/reports/xlsx-writer.ts';
import type { Reconciled, ReconcileOrder, WrittenResults } from './reconcile-order.ts';
import { summaryOf } from './reconcile-summary.ts';

export type ComparedFigures = Omit<Reconciled, 'kind' | 'results'>;

/** Nobody works through a sheet of more; the CSV file has them all. */
const mostSheetRows = 100_000;

/** Writes all results beside the folder, and moves them in when all are whole. */
export async function writeResults(
  engine: Engine,
  order: ReconcileOrder,
  compared: ComparedFigures,
): Promise<WrittenResults> {
  await mkdir(order.out, { recursive: true });
  const unfinished = await mkdtemp(join(order.out, '.dang-lap-'));
  try {
    const exceptions = await writeDifferences(engine, order, unfinished);
    await engine.run(`COPY result TO ${quoted(join(unfinished, 'result.parquet'))} (FORMAT parquet)`);
    if (order.matched) {
      await engine.run(`COPY matched TO ${quoted(join(unfinished, 'matched.parquet'))} (FORMAT parquet)`);
    }
    await writeBook(order, compared, unfinished);
    const names = [...(await readdir(unfinished)), 'summary.json'].toSorted();
    const files = names.map((name) => join(order.out, name));
    const summary = summaryOf(order, { ...compared, results: { exceptions, files } });
    await writeFile(join(unfinished, 'summary.json'), `${JSON.stringify(summary, undefined, 2)}\n`);
    for (const name of names) await rename(join(unfinished, name), join(order.out, name));
    return { exceptions, files };
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

/** `exceptions.csv`, and `exceptions.xlsx` where a sheet can be worked with. */
async function writeDifferences(engine: Engine, order: ReconcileOrder, folder: string): Promise<number> {
  const tables = [differencesTable(order)];
  const csv = await openFile(join(folder, 'exceptions.csv'));
  const xlsx = await openFile(join(folder, 'exceptions.xlsx'));
  const writers: readonly ReportWriter[] = [
    new CsvWriter(tables, async () => csv.sink, order.separator),
    new XlsxWriter(tables, xlsx.sink),
  ];
  let exceptions = 0;
  let rows = 0;
  for await (const group of readResult(engine)) {
    for (const row of group) {
      rows += 1;
      if (needsPerson(row)) exceptions += 1;
      const cells = differenceCells(row);
      for (const writer of rows > mostSheetRows ? writers.slice(0, 1) : writers) await writer.addRow(cells);
    }
  }
  for (const writer of writers) await writer.close();
  await Promise.all([csv.close(), xlsx.close()]);
  if (rows > mostSheetRows) await rm(join(folder, 'exceptions.xlsx'));
  return exceptions;
}

/** `so-doi-soat.csv`: one line, so that the files of a month can be put under each other. */
async function writeBook(order: ReconcileOrder, compared: ComparedFigures, folder: string): Promise<void> {
  const file = await openFile(join(folder, 'so-doi-soat.csv'));
  const writer = new CsvWriter([reconciliationBook], async () => file.sink, order.separator);
  const { gateway, merchant, day } = order;
  const { figures, ledger, bank, payIn } = compared;
  const channel = merchant === undefined ? gateway : `${gateway}/${merchant}`;
  await writer.addRow(
    bookCells({
      day,
      channel,
      ledger,
      ...figures,
      bank: bank && { creditedVnd: bank.foundVnd, differenceVnd: bank.differenceVnd },
      treasury: payIn && { paidInVnd: payIn.foundVnd, differenceVnd: payIn.differenceVnd },
    }),
  );
  await writer.close();
  await file.close();
}

async function openFile(path: string): Promise<{ readonly sink: ByteSink; close(): Promise<void> }> {
  const handle = await open(path, 'w');
  return { sink: (bytes) => handle.writeFile(bytes), close: () => handle.close() };
}
