import type { ReportTable } from './report-table.ts';
import { cellStyles, columnLetter, textCell, writable } from './xlsx-cells.ts';

/** The parts of a workbook (ECMA-376, SpreadsheetML) that do not grow with its rows. */
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const sheetMl = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const documentRelations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packageRelations = 'http://schemas.openxmlformats.org/package/2006/relationships';
const contentTypes = 'http://schemas.openxmlformats.org/package/2006/content-types';
const mediaType = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

export const sheetPath = (index: number): string => `xl/worksheets/sheet${index + 1}.xml`;

/** Number of the row that holds the titles of the columns; what is above it stays in sight with it. */
export const headerRowOf = ({ heading }: ReportTable): number => heading.length + 1;

/** Every part but the sheets, by path. */
export function fixedParts(tables: readonly ReportTable[]): readonly (readonly [string, string])[] {
  return [
    ['[Content_Types].xml', contentTypesOf(tables)],
    ['_rels/.rels', relationsOf([['officeDocument', 'xl/workbook.xml']])],
    ['xl/workbook.xml', workbookOf(tables)],
    [
      'xl/_rels/workbook.xml.rels',
      relationsOf([
        ...tables.map((_, index) => ['worksheet', sheetPath(index).slice('xl/'.length)] as const),
        ['styles', 'styles.xml'],
      ]),
    ],
    ['xl/styles.xml', styleSheet],
  ];
}

function contentTypesOf(tables: readonly ReportTable[]): string {
  const override = (path: string, kind: string) =>
    `<Override PartName="/${path}" ContentType="${mediaType}.${kind}+xml"/>`;
  const defaults = [
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
    '<Default Extension="xml" ContentType="application/xml"/>',
  ];
  const overrides = [
    override('xl/workbook.xml', 'sheet.main'),
    override('xl/styles.xml', 'styles'),
    ...tables.map((_, index) => override(sheetPath(index), 'worksheet')),
  ];
  return `${declaration}<Types xmlns="${contentTypes}">${[...defaults, ...overrides].join('')}</Types>`;
}

function relationsOf(targets: readonly (readonly [kind: string, target: string])[]): string {
  const relations = targets.map(
    ([kind, target], index) =>
      `<Relationship Id="rId${index + 1}" Type="${documentRelations}/${kind}" Target="${target}"/>`,
  );
  return `${declaration}<Relationships xmlns="${packageRelations}">${relations.join('')}</Relationships>`;
}

/** Printed pages repeat the titles of the columns. */
function workbookOf(tables: readonly ReportTable[]): string {
  const sheets = tables.map(
    ({ name }, index) => `<sheet name="${writable(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
  );
  const titles = tables.map((table, index) => {
    const row = headerRowOf(table);
    const area = `'${writable(table.name.replaceAll("'", "''"))}'!$${row}:$${row}`;
    return `<definedName name="_xlnm.Print_Titles" localSheetId="${index}">${area}</definedName>`;
  });
  return (
    `${declaration}<workbook xmlns="${sheetMl}" xmlns:r="${documentRelations}"><sheets>${sheets.join('')}</sheets>` +
    `<definedNames>${titles.join('')}</definedNames></workbook>`
  );
}

/** A sheet up to its first row of data: frozen titles, widths, heading. */
export function sheetBeginning(table: ReportTable): string {
  const { columns, heading } = table;
  const headerRow = headerRowOf(table);
  const widths = columns.map(
    ({ width }, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`,
  );
  const lines = heading.map((line, index) => {
    const style = index === 0 ? cellStyles.title : cellStyles.note;
    return `<row r="${index + 1}">${textCell(`A${index + 1}`, style, line)}</row>`;
  });
  const titles = columns.map(({ title }, index) =>
    textCell(`${columnLetter(index)}${headerRow}`, cellStyles.header, title),
  );
  return (
    `${declaration}<worksheet xmlns="${sheetMl}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>` +
    `<sheetViews><sheetView workbookViewId="0"><pane ySplit="${headerRow}" topLeftCell="A${headerRow + 1}" ` +
    `activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths.join('')}</cols><sheetData>` +
    `${lines.join('')}<row r="${headerRow}">${titles.join('')}</row>`
  );
}

/** A4 across, one page wide. Digits kept as text are meant so, and are not to be marked as a fault. */
export function sheetEnding({ columns }: ReportTable, lastRow: number): string {
  const area = `A1:${columnLetter(columns.length - 1)}${lastRow}`;
  return (
    '</sheetData><pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>' +
    '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>' +
    '<headerFooter><oddFooter>&amp;R&amp;P/&amp;N</oddFooter></headerFooter>' +
    `<ignoredErrors><ignoredError sqref="${area}" numberStoredAsText="1"/></ignoredErrors></worksheet>`
  );
}

const font = (size: number, isBold = false) =>
  `<font>${isBold ? '<b/>' : ''}<sz val="${size}"/><name val="Times New Roman"/><family val="1"/></font>`;
const side = (name: string) => `<${name} style="thin"><color rgb="FF808080"/></${name}>`;
const topAlignment = '<alignment vertical="top"/>';
/** @param format 49 is text, 3 is `#,##0` */
const cellFormat = (
  [format, fontId, fillId, borderId]: readonly [number, number, number, number],
  alignment = topAlignment,
) =>
  `<xf numFmtId="${format}" fontId="${fontId}" fillId="${fillId}" borderId="${borderId}" xfId="0" applyNumberFormat="1" ` +
  `applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">${alignment}</xf>`;

const fill = (inside: string) => `<fill><patternFill ${inside}</fill>`;

/** In the order of `cellStyles`; Times New Roman as official papers want it. */
const cellFormats = [
  cellFormat([0, 0, 0, 0]),
  cellFormat([49, 2, 0, 0]),
  cellFormat([49, 0, 0, 0]),
  cellFormat([49, 1, 2, 1], '<alignment horizontal="center" vertical="center" wrapText="1"/>'),
  cellFormat([49, 0, 0, 1], '<alignment vertical="top" wrapText="1"/>'),
  cellFormat([3, 0, 0, 1]),
  cellFormat([49, 1, 0, 1]),
  cellFormat([3, 1, 0, 1]),
];

const styleSheet = [
  `${declaration}<styleSheet xmlns="${sheetMl}">`,
  `<fonts count="3">${font(11)}${font(11, true)}${font(14, true)}</fonts>`,
  // The first two fills are fixed by the format.
  `<fills count="3">${fill('patternType="none"/>')}${fill('patternType="gray125"/>')}`,
  `${fill('patternType="solid"><fgColor rgb="FFE7EEF7"/></patternFill>')}</fills>`,
  `<borders count="2"><border/><border>${['left', 'right', 'top', 'bottom'].map(side).join('')}</border></borders>`,
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
  `<cellXfs count="${cellFormats.length}">${cellFormats.join('')}</cellXfs>`,
  '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
].join('');
