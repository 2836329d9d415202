import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BusinessDate } from '#schemas/ids.ts';
import type { FileDigest } from '#schemas/reconciliation.ts';
import type { StatementFault } from '#shared/domain/statement.ts';
import type { BankTable, StatementSettings } from '#shared/domain/statement-layout.ts';
import type { Engine } from '../../engine.ts';
import { FaultList, type RefusedStatement } from '../fault-list.ts';
import { type LocatedTable, locateTable } from '../locate-table.ts';
import { type OpenedFile, openStatementFile } from '../open-file.ts';
import type { RowSource } from '../statement-sql.ts';
import { carefulSource, faultOfCutEnd } from '../text-table.ts';
import { sheetSource, sheetTimeFormats } from '../workbook/open-sheet.ts';
import { type BankRecords, sourceOfRecords } from './bank-records.ts';
import { isMt940, readMt940 } from './mt940.ts';
import { type BankSummary, type BankTaking, takeBankRows } from './take-bank-rows.ts';

export interface BankOrder {
  /** Days of booking that the statement may tell of, both included. */
  readonly firstDay: BusinessDate;
  readonly lastDay: BusinessDate;
  /** Accounts that it may be of; any where none is named. */
  readonly accounts?: readonly string[];
  readonly settings: StatementSettings;
  /** Name of a mapping; left out, the first that fits. camt.053 and MT940 tell themselves. */
  readonly layout?: string;
}

export type LoadedBank = ({ readonly kind: 'loaded'; readonly digest: FileDigest } & BankSummary) | RefusedStatement;

/** What is read, before it is taken by SQL. */
interface BankReading extends Pick<BankTaking, 'source' | 'plan' | 'titles'> {
  readonly faults: readonly StatementFault[];
  check(lastLine: number): StatementFault | undefined;
}

/** Reads a bank's statement into the relation `bank`, whole or not at all. */
export async function loadBank(engine: Engine, file: string, order: BankOrder): Promise<LoadedBank> {
  const scratch = await mkdtemp(join(engine.tempFolder, 'bank-'));
  try {
    const opened = await openStatementFile(file, scratch);
    if ('code' in opened) return refusalOf([opened]);
    const reading = await readingOf(opened, order, scratch);
    if ('kind' in reading) return reading;
    const { firstDay, lastDay, accounts = [] } = order;
    const { summary, faults } = await takeBankRows(engine, { ...reading, firstDay, lastDay, accounts });
    const cut = reading.check(summary.rows);
    for (const fault of [...reading.faults, ...(cut === undefined ? [] : [cut])]) faults.add(fault);
    return faults.isEmpty ? { kind: 'loaded', digest: opened.digest, ...summary } : faults.refusal;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function refusalOf(found: readonly StatementFault[]): RefusedStatement {
  const faults = new FaultList();
  for (const fault of found) faults.add(fault);
  return faults.refusal;
}

async function readingOf(
  opened: OpenedFile,
  order: BankOrder,
  scratch: string,
): Promise<BankReading | RefusedStatement> {
  const records = await recordsOf(opened);
  if (records !== undefined) return recordReading(records, scratch);
  const banks = order.settings.banks.filter(({ name }) => order.layout === undefined || name === order.layout);
  const located = await locateTable(opened, banks, order.settings.gateways);
  return located.kind === 'refused' ? located : tableReading(located, scratch);
}

/** Formats for machines are read into memory; what is larger can only be a table. */
const largestText = 64 * 1024 * 1024;

/** Formats that machines write, told by their first characters. */
async function recordsOf(opened: OpenedFile): Promise<BankRecords | undefined> {
  if (opened.kind === 'workbook') return undefined;
  const isXml = opened.kind === 'xml';
  const isShort = isXml || opened.survey.bytes < largestText;
  const text = isShort ? await readFile(opened.path, 'utf8') : '';
  if (isXml || /^\uFEFF?\s*<[?!A-Za-z]/.test(text)) {
    // The parser is some megabytes, which gateways' files never need.
    const { readCamt053 } = await import('./camt053.ts');
    return readCamt053(text);
  }
  return isMt940(text.slice(0, 200)) ? readMt940(text) : undefined;
}

async function recordReading({ records, faults }: BankRecords, scratch: string): Promise<BankReading> {
  return {
    source: await sourceOfRecords(records, scratch),
    plan: {
      amounts: { thousands: '', times: 1, currency: [] },
      times: { formats: ['yyyy-MM-dd'], offset: '+07:00' },
      summaryWords: [],
    },
    titles: new Map(),
    faults,
    check: () => undefined,
  };
}

async function tableReading(located: LocatedTable<BankTable>, scratch: string): Promise<BankReading> {
  const { layout, found } = located;
  const titles = new Map([...found.places].map(([role, place]) => [role, found.header.cells[place] ?? role]));
  const { amounts, times, summaryWords } = layout;
  if (located.kind === 'text') {
    const read: { readonly source: RowSource; readonly faults: readonly StatementFault[] } = await carefulSource(
      located.table,
      scratch,
    );
    return {
      ...read,
      plan: layout,
      titles,
      check: (rows) => faultOfCutEnd(located.table, found.header.line + rows + 1),
    };
  }
  const decimals = amounts.thousands === '.' ? ',' : '.';
  const read = await sheetSource(located.sheet, found, { decimals, scratch });
  const plan = { amounts, times: { ...times, formats: [...sheetTimeFormats, ...times.formats] }, summaryWords };
  return { ...read, plan, titles, check: () => undefined };
}
