import { loadSeries } from '#config/series.ts';
import type { Stage } from '#config/stage.ts';
import { reportDay } from '#functions/finance-desk/report-day.ts';
import { reportRegister } from '#functions/finance-desk/report-register.ts';
import { reportUsage, type UsageReport } from '#functions/finance-desk/report-usage.ts';
import type { ReportNeeds, SeriesFinding } from '#functions/finance-desk/walk-organisation.ts';
import { makeRegisterReader } from '#shared/adapters/register-reader.ts';
import { businessDateOf } from '#shared/domain/calendar.ts';
import { periodOf, type UsageHead } from '#shared/domain/receipt-usage.ts';
import { dayCells, dayTable } from '#shared/rendering/reports/day-table.ts';
import { registerCells, registerTables, writeRegisterSums } from '#shared/rendering/reports/register-tables.ts';
import { usageCells, usageTable } from '#shared/rendering/reports/usage-table.ts';
import { renderUsageXml } from '#shared/rendering/reports/usage-xml.ts';
import { systemClock } from '#shared/runtime/clock.ts';
import { pauseBeforeTry } from '#shared/runtime/pause.ts';
import { openDeskTable } from './desk-table.ts';
import { openReport, type ReportFiles } from './report-files.ts';
import {
  dayOptionsSchema,
  type ReportOptions,
  readOptions,
  registerOptionsSchema,
  type UsageOptions,
  usageOptionsSchema,
} from './report-options.ts';
import { findOrganisation } from './report-organisation.ts';
import { exitCodeOf, reportText } from './report-texts.ts';

/** What a command is given beside its options. */
interface Desk {
  readonly stage: Stage;
  readonly files: ReportFiles;
}

/** What a command says at its end; its files are whole by then. */
interface MadeReport {
  readonly text: string;
  readonly exitCode: 0 | 1;
}

type ReportCommand = (options: ReportOptions, desk: Desk) => Promise<MadeReport>;

/** The commands of `npm run reports`; each checks its options before it touches the ledger. */
export const reportCommands: Readonly<Record<string, ReportCommand>> = {
  register: makeRegister,
  day: makeDaySummary,
  bc26: makeUsage,
};

async function makeRegister(given: ReportOptions, { stage, files }: Desk): Promise<MadeReport> {
  const options = readOptions(registerOptionsSchema, given);
  const { by: madeBy, from, to } = options;
  const madeAt = systemClock();
  const organisation = findOrganisation(options, to ?? businessDateOf(madeAt), stage);
  const needs = await openNeeds(stage);
  const writer = await openReport(registerTables({ ...organisation, from, to, madeBy, madeAt }), options, files);
  let rows = 0;
  const { totals, series } = await reportRegister(
    { ...organisation, from, to },
    (row) => {
      rows += 1;
      return writer.addRow(registerCells(row, rows));
    },
    needs,
  );
  await writeRegisterSums(writer, totals, series);
  await writer.close();
  return finish(series, files);
}

async function makeDaySummary(given: ReportOptions, { stage, files }: Desk): Promise<MadeReport> {
  const options = readOptions(dayOptionsSchema, { date: businessDateOf(systemClock()), ...given });
  const { date, number, amendment } = options;
  const organisation = findOrganisation(options, date, stage);
  const needs = await openNeeds(stage);
  const writer = await openReport([dayTable({ ...organisation, date, number, amendment })], options, files);
  let rows = 0;
  const series = await reportDay(
    { ...organisation, date },
    (row) => {
      rows += 1;
      return writer.addRow(dayCells(row, rows));
    },
    needs,
  );
  await writer.close();
  return finish(series, files);
}

async function makeUsage(given: ReportOptions, { stage, files }: Desk): Promise<MadeReport> {
  const options = readOptions(usageOptionsSchema, given);
  const { quarter } = options;
  const organisation = findOrganisation(options, periodOf(quarter).to, stage);
  const { rows, series } = await reportUsage({ ...organisation, quarter }, await openNeeds(stage));
  await writeUsage({ ...organisation, quarter, madeOn: businessDateOf(systemClock()) }, rows, options, files);
  return finish(series, files);
}

async function writeUsage(
  head: UsageHead,
  rows: UsageReport['rows'],
  { format, ...where }: UsageOptions,
  files: ReportFiles,
): Promise<void> {
  if (format === 'xml') {
    const write = await files.open(where.out);
    return write(Buffer.from(renderUsageXml(head, rows)));
  }
  const writer = await openReport([usageTable(head)], { ...where, format }, files);
  for (const [index, row] of rows.entries()) await writer.addRow(usageCells(row, index + 1, head.quarter));
  return writer.close();
}

/** Gives the files their names and says what they hold; the numbers of the series decide the exit code. */
async function finish(series: readonly SeriesFinding[], files: ReportFiles): Promise<MadeReport> {
  return { text: reportText(series, await files.keep()), exitCode: exitCodeOf(series) };
}

const receiptsBetweenLines = 10_000;

async function openNeeds(stage: Stage): Promise<ReportNeeds> {
  let read = 0;
  let told = 0;
  return {
    register: makeRegisterReader(await openDeskTable()),
    declaredSeries: loadSeries(stage),
    pauseBeforeTry,
    tellProgress: (receipts) => {
      read += receipts;
      if (read - told < receiptsBetweenLines) return;
      told = read;
      process.stderr.write(`Đã đọc ${read} biên lai (receipts read)…\n`);
    },
  };
}
