import { strToU8, zipSync } from 'fflate';

/** A cell: a text, a number, a date as the number of its day, a formula, or nothing. */
export type TestCell =
  | string
  | number
  | { readonly day: number }
  | { readonly formula: string; readonly value: number }
  | { readonly shared: number }
  | null;

export interface TestWorkbook {
  readonly rows: readonly (readonly TestCell[])[];
  readonly shared?: readonly string[];
  readonly sheetName?: string;
  readonly from1904?: boolean;
  /** Number of the first row. */
  readonly firstRow?: number;
  /** Put before the sheet's root element. */
  readonly prolog?: string;
  /** Replaces the sheet as it was written. */
  readonly sheetXml?: string;
}

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/package/2006/relationships';
const documents = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** A workbook as spreadsheets write it, as far as a reader cares. */
export function workbookFile(workbook: TestWorkbook): Uint8Array {
  return zipSync(workbookEntries(workbook), { level: 6 });
}

export function workbookEntries({
  rows,
  shared = [],
  sheetName = 'Giao dịch',
  from1904 = false,
  firstRow = 1,
  prolog = '',
  sheetXml,
}: TestWorkbook) {
  const data = rows.map((cells, index) => rowXml(cells, firstRow + index)).join('');
  const parts = {
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${documents}"><workbookPr date1904="${from1904 ? 1 : 0}"/><sheets><sheet name="${sheetName}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${relations}"><Relationship Id="rId1" Type="${documents}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/styles.xml': `<styleSheet xmlns="${main}"><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy\\ hh:mm:ss"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>`,
    'xl/sharedStrings.xml': `<sst xmlns="${main}">${shared.map((text) => `<si><t>${escaped(text)}</t></si>`).join('')}</sst>`,
    'xl/worksheets/sheet1.xml':
      sheetXml ??
      `<?xml version="1.0" encoding="UTF-8"?>${prolog}<worksheet xmlns="${main}"><sheetData>${data}</sheetData></worksheet>`,
  };
  return Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)]));
}

function rowXml(cells: readonly TestCell[], row: number): string {
  return `<row r="${row}">${cells.map((cell, index) => cellXml(cell, `${String.fromCodePoint(65 + index)}${row}`)).join('')}</row>`;
}

function cellXml(cell: TestCell, address: string): string {
  if (cell === null) return '';
  if (typeof cell === 'string')
    return `<c r="${address}" t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`;
  if (typeof cell === 'number') return `<c r="${address}"><v>${cell}</v></c>`;
  if ('day' in cell) return `<c r="${address}" s="1"><v>${cell.day}</v></c>`;
  if ('shared' in cell) return `<c r="${address}" t="s"><v>${cell.shared}</v></c>`;
  return `<c r="${address}"><f>${escaped(cell.formula)}</f><v>${cell.value}</v></c>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
