import type { BusinessDate, Instant } from '#schemas/ids.ts';
import type { StaffCode } from '#schemas/staff-code.ts';
import { agesOf } from '#shared/domain/exception-ages.ts';
import type { DayAddress } from '#shared/domain/statement-day.ts';
import { bookTables, classRowsOf, dayCells, equationRowsOf } from '#shared/rendering/reports/book-tables.ts';
import { ageCells, ageSumCells, exceptionCells, exceptionTables } from '#shared/rendering/reports/exception-tables.ts';
import type { ReportCell, ReportWriter } from '#shared/rendering/reports/report-table.ts';
import { type ExceptionFilter, listExceptions } from './list-exceptions.ts';
import type { OpenReport } from './make-reports.ts';
import type { ReconciliationNeeds } from './reconciliation-needs.ts';
import { readBooks, showDay } from './show-day.ts';

export interface BookOrder {
  readonly from: BusinessDate;
  readonly to: BusinessDate;
  readonly madeBy: StaffCode;
  readonly madeAt: Instant;
}

/** Sổ đối soát of these days, in their order. */
export async function makeBook(
  order: BookOrder,
  days: readonly DayAddress[],
  open: OpenReport,
  needs: ReconciliationNeeds,
): Promise<void> {
  const writer = await open(bookTables(order));
  const rest: { readonly classes: readonly Row[]; readonly equations: readonly Row[] }[] = [];
  for (const address of days) {
    const day = showDay(await readBooks(address, needs), needs);
    await writer.addRow(dayCells(day));
    rest.push({ classes: classRowsOf(day), equations: equationRowsOf(day) });
  }
  await writer.endTable();
  await writeTable(
    writer,
    rest.flatMap(({ classes }) => classes),
  );
  await writeTable(
    writer,
    rest.flatMap(({ equations }) => equations),
  );
  await writer.close();
}

type Row = readonly ReportCell[];

async function writeTable(writer: ReportWriter, rows: readonly Row[]): Promise<void> {
  for (const row of rows) await writer.addRow(row);
  await writer.endTable();
}

export interface ExceptionReportOrder {
  readonly filter: ExceptionFilter;
  readonly madeBy: StaffCode;
  readonly madeAt: Instant;
}

/** The exceptions that wait, and how long they have waited. */
export async function makeExceptionReport(
  order: ExceptionReportOrder,
  open: OpenReport,
  needs: ReconciliationNeeds,
): Promise<void> {
  const lines = await listExceptions(order.filter, needs);
  const writer = await open(exceptionTables(order));
  for (const line of lines) await writer.addRow(exceptionCells(line));
  await writer.endTable();
  const ages = agesOf(lines);
  for (const one of ages) await writer.addRow(ageCells(one));
  await writer.addRow(ageSumCells(ages), 'total');
  await writer.close();
}
