import type { StatementFault } from '#shared/domain/statement.ts';
import { FaultList, fileFault, type RefusedStatement, shown } from './fault-list.ts';
import type { AskedColumns, FoundTable } from './find-table.ts';
import { findTable } from './find-table.ts';
import type { OpenedFile } from './open-file.ts';
import { findTextTable, type TextTable } from './text-table.ts';
import { type OpenedSheet, openSheet } from './workbook/open-sheet.ts';

/** What a mapping of a gateway and one of a bank have in common. */
export interface TableLayout {
  readonly name: string;
  readonly label: string;
  readonly delimiter: string;
  readonly sheet?: string | undefined;
  readonly columns: AskedColumns;
}

/** A table within a file, and the mapping that it was found by. */
export type LocatedTable<Layout> = { readonly layout: Layout } & (
  | { readonly kind: 'text'; readonly table: TextTable; readonly found: FoundTable }
  | { readonly kind: 'sheet'; readonly sheet: OpenedSheet; readonly found: FoundTable }
);

/**
 * Finds the table by the first of the layouts whose columns are all there.
 * @param others layouts of other senders: whose file it is, when it is none of ours
 */
export async function locateTable<Layout extends TableLayout>(
  opened: OpenedFile,
  layouts: readonly Layout[],
  others: readonly TableLayout[],
): Promise<LocatedTable<Layout> | RefusedStatement> {
  if (layouts.length === 0) return refusal(noLayout);
  let nearest: LocatedTable<Layout> | undefined;
  for (const layout of layouts) {
    const located = await locateBy(opened, layout);
    if (located === undefined) continue;
    if (located.kind === 'refused') return located;
    const { missing, doubled } = located.found;
    if (missing.length === 0) return doubled.length === 0 ? located : refusal(doubledColumns(located.found));
    if (located.found.places.size > (nearest?.found.places.size ?? 0)) nearest = located;
  }
  for (const other of others) {
    const located = await locateBy(opened, other);
    if (located !== undefined && located.kind !== 'refused' && located.found.missing.length === 0)
      return refusal(otherSender(other));
  }
  return refusal(nearest === undefined ? noHeader(layouts) : missingColumns(nearest.layout, nearest.found));
}

async function locateBy<Layout extends TableLayout>(
  opened: OpenedFile,
  layout: Layout,
): Promise<LocatedTable<Layout> | RefusedStatement | undefined> {
  if (opened.kind === 'xml') return undefined;
  if (opened.kind === 'text') {
    const table = await findTextTable(opened, layout);
    return table === undefined ? undefined : { kind: 'text', layout, table, found: table.found };
  }
  const sheet = await openSheet(opened.path, layout.sheet);
  if ('kind' in sheet) return sheet;
  const found = findTable(sheet.head, layout.columns);
  return found === undefined ? undefined : { kind: 'sheet', layout, sheet, found };
}

function refusal(fault: StatementFault): RefusedStatement {
  const faults = new FaultList();
  faults.add(fault);
  return faults.refusal;
}

const noLayout = fileFault(
  'layout',
  'Tệp không theo mẫu HDR/DTL/TRL, và chưa có mẫu cột nào cho cổng này (hoặc không có mẫu mang tên đã ' +
    'chọn). Hãy thêm mẫu theo docs/statement-layouts.md.',
);

function otherSender({ label, name }: TableLayout): StatementFault {
  return fileFault('other-partner', `Tệp này theo mẫu của ${label} (“${name}”). Hãy chọn đúng cổng, hoặc đúng tệp.`);
}

function noHeader(layouts: readonly TableLayout[]): StatementFault {
  const names = layouts.map(({ name }) => `“${name}”`).join(', ');
  return fileFault(
    'layout',
    `Không thấy dòng tiêu đề nào của mẫu ${names} trong 60 dòng đầu. Nhầm tệp, hoặc bên gửi đã đổi mẫu: ` +
      'hãy so với mẫu bằng lệnh kiểm tra thử.',
  );
}

function missingColumns({ name, columns }: TableLayout, { header, missing }: FoundTable): StatementFault {
  const titles = missing.map((role) => `“${columns[role]?.titles[0] ?? role}”`).join(', ');
  return {
    line: header.line,
    code: 'column-missing',
    says:
      `Thiếu cột ${titles} của mẫu “${name}”. Bên gửi đã đổi tiêu đề? Hãy thêm cách viết mới vào "titles" ` +
      'rồi kiểm tra thử.',
  };
}

function doubledColumns({ header, places, doubled }: FoundTable): StatementFault {
  const titles = doubled.map((role) => shown(header.cells[places.get(role) ?? 0])).join(', ');
  return {
    line: header.line,
    code: 'layout',
    says:
      `Có nhiều cột cùng mang tên ${titles}, không rõ cột nào đúng. Hãy xin bên gửi đặt tên khác nhau, hoặc ` +
      'xuất lại tệp không có cột thừa.',
  };
}
