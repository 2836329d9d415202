import { join } from 'node:path';
import type { StatementFault } from '#shared/domain/statement.ts';
import { quoted } from '../engine.ts';
import { fileFault } from './fault-list.ts';
import { type AskedColumns, type FoundTable, findTable } from './find-table.ts';
import { RowScanner, type TextRow } from './row-scanner.ts';
import { RowsFile } from './rows-file.ts';
import type { RowSource } from './statement-sql.ts';
import type { FileSurvey } from './survey-file.ts';
import { readLineBlocks } from './text-blocks.ts';

/** A text file with a table in it: which delimiter, and where the table begins. */
export interface TextTable {
  readonly path: string;
  readonly survey: FileSurvey;
  readonly delimiter: string;
  readonly found: FoundTable;
  /** The first rows, with the header and what stands before it. */
  readonly head: readonly TextRow[];
}

export const delimiters = [',', ';', '|', '\t'] as const;
const headBlockBytes = 256 * 1024;
const headRows = 100;

/** Tries the delimiters; the one whose header holds the most titles of the layout is the file's. */
export async function findTextTable(
  { path, survey }: { readonly path: string; readonly survey: FileSurvey },
  layout: { readonly delimiter: string; readonly columns: AskedColumns },
): Promise<TextTable | undefined> {
  const text = await readHeadText(path);
  let best: TextTable | undefined;
  for (const delimiter of layout.delimiter === 'auto' ? delimiters : [layout.delimiter]) {
    const head = headOf(text, delimiter);
    const found = findTable(head, layout.columns);
    if (found !== undefined && found.places.size > (best?.found.places.size ?? 0)) {
      best = { path, survey, delimiter, found, head };
    }
  }
  return best;
}

async function readHeadText(path: string): Promise<string> {
  for await (const block of readLineBlocks(path)) {
    const isWhole = block.length <= headBlockBytes;
    return (isWhole ? block : block.subarray(0, block.lastIndexOf(0x0a, headBlockBytes) + 1 || headBlockBytes))
      .toString('utf8')
      .replace(/^\uFEFF/, '');
  }
  return '';
}

function headOf(text: string, delimiter: string): readonly TextRow[] {
  const rows: TextRow[] = [];
  for (const row of new RowScanner(delimiter, { quotes: true }).scan(text)) {
    rows.push(row);
    if (rows.length >= headRows) break;
  }
  return rows;
}

/**
 * The table as DuckDB reads it from the file itself.
 * @returns nothing where its lines could not be told: the file has empty lines, or rows of several lines at its head
 */
export function directSource({ path, survey, delimiter, found }: TextTable): RowSource | undefined {
  const { header, rowsBefore, places } = found;
  if (survey.hasEmptyLines || header.line !== rowsBefore + 1) return undefined;
  const width = header.cells.length;
  const names = Array.from({ length: width + 1 }, (_, index) => `c${index}`);
  const columns = [...places].map(([role, place]) => `c${place} AS ${role}`);
  const lead = `coalesce(${names.map((name) => `nullif(trim(${name}), '')`).join(', ')}) AS lead`;
  const relation =
    `(SELECT ${[...columns, `c${width} AS excess`, lead].join(', ')} FROM read_csv(${quoted(path)}, delim ` +
    `= ${quoted(delimiter)}, ` +
    `quote = '"', escape = '"', nullstr = '\u0001', header = false, skip = ${header.line}, auto_detect = ` +
    'false, null_padding = true, ' +
    `columns = {${names.map((name) => `${name}: 'VARCHAR'`).join(', ')}}))`;
  return { relation, roles: new Set([...places.keys(), 'excess']), firstLine: header.line + 1, traits: survey };
}

/** The table as our own reader takes it apart, row by row, with the faults that only it can name. */
export async function carefulSource(
  { path, delimiter, found }: TextTable,
  scratch: string,
): Promise<{ readonly source: RowSource; readonly faults: readonly StatementFault[] }> {
  const places = [...found.places.values()];
  const rows = new RowsFile(join(scratch, 'rows.txt'), [...found.places.keys(), 'excess']);
  const faults: StatementFault[] = [];
  const width = found.header.cells.length;
  for await (const row of scanFile(path, delimiter)) {
    if (row.line <= found.header.line) continue;
    if (row.fault !== undefined) faults.push(quoteFault(row));
    else {
      const lead = row.cells.find((cell) => cell.trim() !== '') ?? '';
      rows.add(row.line, lead, [...places.map((place) => row.cells[place]), row.cells.slice(width).join('')]);
      await rows.flush();
    }
  }
  return { source: await rows.close(), faults };
}

async function* scanFile(path: string, delimiter: string): AsyncGenerator<TextRow> {
  const scanner = new RowScanner(delimiter, { quotes: true });
  let isFirst = true;
  for await (const block of readLineBlocks(path)) {
    const text = block.toString('utf8');
    yield* scanner.scan(isFirst ? text.replace(/^\uFEFF/, '') : text);
    isFirst = false;
  }
  yield* scanner.end();
}

function quoteFault({ line, fault }: TextRow): StatementFault {
  return fault === 'open-quote'
    ? {
        line,
        code: 'truncated',
        says: 'Dấu ngoặc kép mở ở dòng này không được đóng: tệp bị cắt khi truyền? Hãy tải lại hoặc xin gửi lại tệp.',
      }
    : {
        line,
        code: 'layout',
        says:
          'Có chữ sau dấu ngoặc kép đóng: dấu ngoặc kép trong nội dung chưa được viết đôi? Hãy xin bên gửi xuất ' +
          'lại tệp.',
      };
}

/** The last line of a file that ends without a line end and lacks cells was cut in transfer. */
export function faultOfCutEnd({ survey, delimiter, found }: TextTable, lastLine: number): StatementFault | undefined {
  if (survey.endsWithLineEnd) return undefined;
  const [row] = new RowScanner(delimiter, { quotes: true }).scan(survey.lastLine);
  const isWhole = row === undefined || row.cells.length >= found.header.cells.length || row.cells.length === 1;
  if (isWhole) return undefined;
  return {
    ...fileFault('truncated', 'Dòng cuối thiếu cột: tệp bị cắt khi truyền. Hãy tải lại hoặc xin gửi lại tệp.'),
    line: lastLine,
  };
}
