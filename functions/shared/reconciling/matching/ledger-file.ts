import { open } from 'node:fs/promises';
import type { StatementFault } from '#shared/domain/statement.ts';
import { readLineBlocks } from '../statements/text-blocks.ts';

/** The columns of a ledger file, in the words of its first line. */
export const ledgerColumns = ['reference', 'gatewayTxnId', 'amountVnd', 'state', 'paidAt', 'receipt'] as const;
/** A file may have it: lets a transfer without our reference be laid beside the payment it may be for. */
export const dossierColumn = 'dossier';

/** How the lines of a ledger file are to be taken apart. */
export interface LedgerHead {
  readonly delimiter: ',' | ';' | '\t';
  /** Every column of the file in its order, with our names where the titles are ours. */
  readonly columns: readonly string[];
}

const headBytes = 64 * 1024;
const newline = 0x0a;
const carriageReturn = 0x0d;

/** Reads the first line: titles may stand in any order, with any of the separators that spreadsheets write. */
export async function readLedgerHead(
  path: string,
): Promise<{ readonly head: LedgerHead } | { readonly fault: StatementFault }> {
  const beginning = await readBeginning(path);
  if (beginning.length === 0) return faultOf(0, 'empty', 'Tệp sổ không có gì: xuất lại sổ của ngày.');
  if (beginning.includes(0)) {
    return faultOf(
      1,
      'encoding',
      'Tệp sổ không phải văn bản UTF-8 (có thể là UTF-16 hay XLSX): lưu lại dạng CSV UTF-8.',
    );
  }
  const [line = ''] = beginning
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/, 1);
  const delimiter = ([';', '\t'] as const).find((sign) => line.includes(sign)) ?? ',';
  const columns = line.split(delimiter).map(columnOf);
  const missing = ledgerColumns.filter((name) => !columns.includes(name));
  if (missing.length === 0 && new Set(columns).size === columns.length) return { head: { delimiter, columns } };
  const wanted = `dòng đầu phải là ${ledgerColumns.join(',')}`;
  const wrong = missing.length === 0 ? 'có cột lặp lại' : `thiếu cột ${missing.join(', ')}`;
  return faultOf(1, 'column-missing', `Tệp sổ ${wrong}: ${wanted}.`);
}

/** What signs there are in a file at all: what it lacks, no row has to be searched for. */
export interface LedgerSigns {
  readonly mayHaveEmptyLines: boolean;
  /** Apostrophes and spaces, with which spreadsheets and people dress a text. */
  readonly mayBeDressed: boolean;
  /** Quotation marks, within which a line may end, and numbers like `1.2E+15`. */
  readonly mayBeMangled: boolean;
}

/** Goes through the bytes at the speed of memory. */
export async function surveyLedger(path: string): Promise<LedgerSigns> {
  const signs = { mayHaveEmptyLines: false, mayBeDressed: false, mayBeMangled: false };
  for await (const block of readLineBlocks(path)) {
    const beginsEmpty = block[0] === newline || block[0] === carriageReturn;
    const hasEmptyLine = block.includes('\n\n') || (block.includes(carriageReturn) && block.includes('\n\r'));
    signs.mayHaveEmptyLines ||= beginsEmpty || hasEmptyLine;
    signs.mayBeDressed ||= block.includes("'") || block.includes(' ');
    signs.mayBeMangled ||= block.includes('"') || block.includes('E+');
  }
  return signs;
}

/**
 * The first empty line that has others after it. DuckDB passes over empty lines without a word, and would tell every
 * line after them by a wrong number.
 */
export async function findEmptyLine(path: string): Promise<number | undefined> {
  let line = 0;
  let empty: number | undefined;
  for await (const block of readLineBlocks(path)) {
    for (const text of block.toString('latin1').replace(/\n$/, '').split('\n')) {
      line += 1;
      if (text === '' || text === '\r') empty ??= line;
      else if (empty !== undefined) return empty;
    }
  }
  return undefined;
}

async function readBeginning(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Our name for a title, whatever its capitals; else the place of the column, which nobody asks for. */
function columnOf(title: string, index: number): string {
  const plain = title.trim().replaceAll('"', '').toLowerCase();
  return [...ledgerColumns, dossierColumn].find((name) => name.toLowerCase() === plain) ?? `column ${index + 1}`;
}

function faultOf(line: number, code: StatementFault['code'], says: string): { readonly fault: StatementFault } {
  return { fault: { line, code, says } };
}
