import { loadSeries } from '#config/series.ts';
import type { Stage } from '#config/stage.ts';
import { makeDaySummary, makeRegister, makeUsage, makeUsageXml } from '#functions/finance-desk/make-reports.ts';
import type { ReportNeeds, SeriesFinding } from '#functions/finance-desk/walk-organisation.ts';
import { makeRegisterReader } from '#shared/adapters/register-reader.ts';
import { businessDateOf } from '#shared/domain/calendar.ts';
import { periodOf } from '#shared/domain/receipt-usage.ts';
import { systemClock } from '#shared/runtime/clock.ts';
import { pauseBeforeTry } from '#shared/runtime/pause.ts';
import { openDeskTable } from './desk-table.ts';
import { openReport, type ReportFiles } from './report-files.ts';
import {
  dayOptionsSchema,
  proofOptionsSchema,
  type ReportOptions,
  readOptions,
  registerOptionsSchema,
  usageOptionsSchema,
} from './report-options.ts';
import { organisationOf } from './report-organisation.ts';
import { exitCodeOf, reportText, writtenText } from './report-texts.ts';
import { printSignedProof } from './signed-proof.ts';

/** What a command is given beside its options. */
interface Desk {
  readonly stage: Stage;
  readonly files: ReportFiles;
}

/** What a command says at its end; its files are whole by then. */
interface ToldReport {
  readonly text: string;
  readonly exitCode: 0 | 1;
}

type ReportCommand = (options: ReportOptions, desk: Desk) => Promise<ToldReport>;

/** The commands of `npm run reports`; each checks its options before it touches the ledger. */
export const reportCommands: Readonly<Record<string, ReportCommand>> = {
  register: commandRegister,
  day: commandDaySummary,
  bc26: commandUsage,
  proof: commandProof,
};

async function commandRegister(given: ReportOptions, { stage, files }: Desk): Promise<ToldReport> {
  const options = readOptions(registerOptionsSchema, given);
  const { by: madeBy, from, to } = options;
  const madeAt = systemClock();
  const organisation = organisationOf(options, to ?? businessDateOf(madeAt), stage);
  const order = { organisation, from, to, madeBy, madeAt };
  return finish(
    await makeRegister(order, (tables) => openReport(tables, options, files), await openNeeds(stage)),
    files,
  );
}

async function commandDaySummary(given: ReportOptions, { stage, files }: Desk): Promise<ToldReport> {
  const options = readOptions(dayOptionsSchema, { date: businessDateOf(systemClock()), ...given });
  const { date, number, amendment } = options;
  const order = { organisation: organisationOf(options, date, stage), date, number, amendment };
  return finish(
    await makeDaySummary(order, (tables) => openReport(tables, options, files), await openNeeds(stage)),
    files,
  );
}

async function commandUsage(given: ReportOptions, { stage, files }: Desk): Promise<ToldReport> {
  const { format, ...options } = readOptions(usageOptionsSchema, given);
  const { quarter } = options;
  const organisation = organisationOf(options, periodOf(quarter).to, stage);
  const order = { organisation, quarter, madeOn: businessDateOf(systemClock()) };
  const needs = await openNeeds(stage);
  if (format !== 'xml') {
    return finish(await makeUsage(order, (tables) => openReport(tables, { ...options, format }, files), needs), files);
  }
  const writeXml = async (xml: string) => (await files.open(options.out))(Buffer.from(xml));
  return finish(await makeUsageXml(order, writeXml, needs), files);
}

/** The balance of a day as a page, which its unit has signed once the day is closed. */
async function commandProof(given: ReportOptions, { stage, files }: Desk): Promise<ToldReport> {
  const { gateway, merchant, date: day, by, out } = readOptions(proofOptionsSchema, given);
  const printed = await printSignedProof({ gateway, merchant, day }, by, stage);
  if (printed.kind === 'refused') throw new Error(printed.explanation);
  await (await files.open(out))(printed.pdf);
  return { text: writtenText(await files.keep()), exitCode: 0 };
}

/** Gives the files their names and says what they hold; the numbers of the series decide the exit code. */
async function finish(series: readonly SeriesFinding[], files: ReportFiles): Promise<ToldReport> {
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
