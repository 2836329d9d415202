import { spawnSync } from 'node:child_process';
import * as z from 'zod';

/** A sheet as a reader that is not ours sees it. */
const sheetSchema = z.object({
  name: z.string(),
  /** Rows that stay in sight. */
  frozenRows: z.number(),
  /** Value, whether it is a number, and its number format (49 is text, 3 is `#,##0`). */
  rows: z.array(z.array(z.object({ value: z.string(), isNumber: z.boolean(), format: z.number() }))),
});
export type ReadSheet = z.infer<typeof sheetSchema>;

/** Reads a workbook by the standard library of Python: ZIP with its checksums, XML, and the style of every cell. */
const reader = `
import io, json, sys, zipfile
import xml.etree.ElementTree as tree
m = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'
r = '{http://schemas.openxmlformats.org/officeDocument/2006/relationships}'
book = zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read()))
assert book.testzip() is None
part = lambda path: tree.fromstring(book.read(path))
formats = [int(xf.get('numFmtId')) for xf in part('xl/styles.xml').find(m + 'cellXfs')]
targets = {one.get('Id'): one.get('Target') for one in part('xl/_rels/workbook.xml.rels')}
types = {one.get('PartName') for one in part('[Content_Types].xml')}
sheets = []
for sheet in part('xl/workbook.xml').find(m + 'sheets'):
    path = 'xl/' + targets[sheet.get(r + 'id')]
    assert '/' + path in types
    page = part(path)
    rows = [[{'value': ''.join(cell.itertext()), 'isNumber': cell.get('t') is None, 'format': formats[int(cell.get('s'))]}
             for cell in row] for row in page.find(m + 'sheetData')]
    pane = page.find(m + 'sheetViews/' + m + 'sheetView/' + m + 'pane')
    sheets.append({'name': sheet.get('name'), 'frozenRows': int(pane.get('ySplit')), 'rows': rows})
json.dump(sheets, sys.stdout)
`;

export function pythonIsPresent(): boolean {
  if (spawnSync('python3', ['--version']).error === undefined) return true;
  const notice = 'python3 not found: install it to test workbooks against another reader';
  if (process.env['CI'] === 'true') throw new Error(notice);
  process.stderr.write(`notice: ${notice}\n`);
  return false;
}

export function readWorkbook(bytes: Uint8Array): readonly ReadSheet[] {
  const { stdout, stderr, status } = spawnSync('python3', ['-c', reader], { input: bytes, maxBuffer: 1024 ** 3 });
  if (status !== 0) throw new Error(`no workbook: ${stderr.toString()}`);
  return z.array(sheetSchema).parse(JSON.parse(stdout.toString()));
}

/** The values of the rows below the frozen ones. */
export function dataOf(sheet: ReadSheet | undefined): readonly (readonly string[])[] {
  return sheet?.rows.slice(sheet.frozenRows).map((row) => row.map(({ value }) => value)) ?? [];
}
