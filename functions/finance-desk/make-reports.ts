import type { BusinessDate, Instant } from '#schemas/ids.ts';
import type { StaffCode } from '#schemas/staff-code.ts';
import type { Quarter } from '#shared/domain/receipt-usage.ts';
import { dayCells, dayTable } from '#shared/rendering/reports/day-table.ts';
import { registerCells, registerTables, writeRegisterSums } from '#shared/rendering/reports/register-tables.ts';
import type { ReportTable, ReportWriter } from '#shared/rendering/reports/report-table.ts';
import { usageCells, usageTable } from '#shared/rendering/reports/usage-table.ts';
import { renderUsageXml } from '#shared/rendering/reports/usage-xml.ts';
import type { ReportedOrganisation } from './find-organisation.ts';
import { reportDay } from './report-day.ts';
import { reportRegister } from './report-register.ts';
import { reportUsage } from './report-usage.ts';
import type { ReportNeeds, SeriesFinding } from './walk-organisation.ts';

/** Opens the file that a report is written into, whatever its format. */
export type OpenReport = (tables: readonly ReportTable[]) => Promise<ReportWriter>;

/** Each of these writes a report as it is read, and says what it found of the numbers of each series. */
export type MadeReport = Promise<readonly SeriesFinding[]>;

export interface RegisterOrder {
  readonly organisation: ReportedOrganisation;
  readonly from?: BusinessDate | undefined;
  readonly to?: BusinessDate | undefined;
  /** A register names payers, and who had it made. */
  readonly madeBy: StaffCode;
  readonly madeAt: Instant;
}

/** Bảng kê biên lai, with its sums and the proof of the numbers. */
export async function makeRegister(order: RegisterOrder, open: OpenReport, needs: ReportNeeds): MadeReport {
  const { organisation, from, to, madeBy, madeAt } = order;
  const writer = await open(registerTables({ ...organisation, from, to, madeBy, madeAt }));
  const nextOrdinal = countRows();
  const { totals, series } = await reportRegister(
    { ...organisation, from, to },
    (row) => writer.addRow(registerCells(row, nextOrdinal())),
    needs,
  );
  await writeRegisterSums(writer, totals, series);
  await writer.close();
  return series;
}

export interface DayOrder {
  readonly organisation: ReportedOrganisation;
  readonly date: BusinessDate;
  /** Number of the table, counted by the organisation, and which amendment it is. */
  readonly number: number;
  readonly amendment?: number | undefined;
}

/** 01/TH-BLĐT of a day. */
export async function makeDaySummary(order: DayOrder, open: OpenReport, needs: ReportNeeds): MadeReport {
  const { organisation, date, number, amendment } = order;
  const writer = await open([dayTable({ ...organisation, date, number, amendment })]);
  const nextOrdinal = countRows();
  const series = await reportDay(
    { ...organisation, date },
    (row) => writer.addRow(dayCells(row, nextOrdinal())),
    needs,
  );
  await writer.close();
  return series;
}

export interface UsageOrder {
  readonly organisation: ReportedOrganisation;
  readonly quarter: Quarter;
  readonly madeOn: BusinessDate;
}

/** BC26/BLĐT of a quarter before July 2026. */
export async function makeUsage(order: UsageOrder, open: OpenReport, needs: ReportNeeds): MadeReport {
  const { organisation, quarter, madeOn } = order;
  const { rows, series } = await reportUsage({ ...organisation, quarter }, needs);
  const writer = await open([usageTable({ ...organisation, quarter, madeOn })]);
  for (const [index, row] of rows.entries()) await writer.addRow(usageCells(row, index + 1, quarter));
  await writer.close();
  return series;
}

/** BC26/BLĐT in the element set of the tax authority; the only one of the three that has a published one. */
export async function makeUsageXml(
  { organisation, quarter, madeOn }: UsageOrder,
  write: (xml: string) => Promise<void> | void,
  needs: ReportNeeds,
): MadeReport {
  const { rows, series } = await reportUsage({ ...organisation, quarter }, needs);
  await write(renderUsageXml({ ...organisation, quarter, madeOn }, rows));
  return series;
}

/** Rows are numbered as they come. */
function countRows(): () => number {
  let rows = 0;
  return () => (rows += 1);
}
