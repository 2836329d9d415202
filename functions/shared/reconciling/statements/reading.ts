import type { StatementFault } from '#shared/domain/statement.ts';
import type { GatewayTable } from '#shared/domain/statement-layout.ts';
import { FaultList, type RefusedStatement } from './fault-list.ts';
import { type LocatedTable, locateTable } from './locate-table.ts';
import type { OpenedFile } from './open-file.ts';
import { faultOfPartner, partnerCodesOf } from './partner-codes.ts';
import {
  carefulProjectSource,
  directProjectSource,
  faultsOfFrame,
  type ProjectHeader,
  readProjectHeader,
} from './project-file.ts';
import { planOfTable, projectPlan, projectRoles } from './reading-plan.ts';
import type { StatementOrder } from './statement-order.ts';
import type { RowSource } from './statement-sql.ts';
import type { RowTotals, TakeOrder } from './take-rows.ts';
import { countLines } from './text-blocks.ts';
import { carefulSource, directSource, faultOfCutEnd } from './text-table.ts';
import { sheetSource, sheetTimeFormats } from './workbook/open-sheet.ts';

/** A file whose layout is found: all that is known of it before its rows are read by SQL. */
export interface Reading extends Pick<TakeOrder, 'plan' | 'titles' | 'summaryWords'> {
  /** For people: what was found out about the file. */
  readonly shape: FileShape;
  /** The fast way, straight from the file; nothing where it could tell lines wrongly. */
  readonly direct: RowSource | undefined;
  /** Whether the fast way has told lines rightly, which quoted line ends upset. */
  tellsLines(totals: RowTotals): Promise<boolean>;
  careful(): Promise<CarefulSource>;
  /** What the file as a whole says of itself. */
  check(totals: RowTotals): Promise<readonly StatementFault[]>;
}

export interface FileShape {
  /** Name of the mapping, or of the format. */
  readonly layout: string;
  readonly headerLine: number;
  /** Of text files. */
  readonly delimiter: string | undefined;
  /** What was found in which column, counted from 1. */
  readonly columns: readonly { readonly role: string; readonly title: string; readonly column: number }[];
}

export interface CarefulSource {
  readonly source: RowSource;
  readonly faults: readonly StatementFault[];
}

/** Finds out by which layout a file is to be read. */
export async function readingOf(
  opened: OpenedFile,
  order: StatementOrder,
  scratch: string,
): Promise<Reading | RefusedStatement> {
  if (opened.kind === 'text') {
    const header = await readProjectHeader(opened.path);
    if (header !== undefined) {
      const fault = 'code' in header ? header : faultOfPartner(header.partner, order);
      if (fault !== undefined) return refusalOf(fault);
      if (!('code' in header)) return projectReading(opened, header, order, scratch);
    }
  }
  const { gateway, layout, settings } = order;
  const ours = settings.gateways.filter(
    (each) => each.gateway === gateway && (layout === undefined || each.name === layout),
  );
  const others = [...settings.gateways.filter((each) => each.gateway !== gateway), ...settings.banks];
  const located = await locateTable(opened, ours, others);
  return located.kind === 'refused' ? located : tableReading(located, order, scratch);
}

function refusalOf(fault: StatementFault): RefusedStatement {
  const faults = new FaultList();
  faults.add(fault);
  return faults.refusal;
}

const projectTitles = ['MaThamChieu', 'MaGiaoDich', 'ThoiGianGD', 'SoTien', 'TrangThai', 'MaNganHang'] as const;

function projectReading(
  opened: Extract<OpenedFile, { readonly kind: 'text' }>,
  header: ProjectHeader,
  { day }: StatementOrder,
  scratch: string,
): Reading {
  return {
    shape: {
      layout: 'HDR/DTL/TRL',
      headerLine: 1,
      delimiter: '|',
      columns: projectTitles.map((title, index) => ({
        role: projectRoles[index + 1] ?? title,
        title,
        column: index + 2,
      })),
    },
    plan: projectPlan,
    titles: new Map(projectTitles.map((title, index) => [projectRoles[index + 1] ?? title, title])),
    summaryWords: [],
    direct: directProjectSource(opened),
    tellsLines: async () => true,
    careful: async () => ({ source: await carefulProjectSource(opened, scratch), faults: [] }),
    check: (totals) => faultsOfFrame(opened, header, totals, day),
  };
}

function tableReading(located: LocatedTable<GatewayTable>, order: StatementOrder, scratch: string): Reading {
  const { layout, found } = located;
  const plan = planOfTable(layout, partnerCodesOf(order));
  const titleOf = (place: number) => found.header.cells[place] ?? '';
  const common = {
    shape: {
      layout: layout.name,
      headerLine: found.header.line,
      delimiter: located.kind === 'text' ? located.table.delimiter : undefined,
      columns: [...found.places].map(([role, place]) => ({ role, title: titleOf(place), column: place + 1 })),
    },
    titles: new Map([...found.places].map(([role, place]) => [role, titleOf(place)])),
    summaryWords: layout.summaryWords,
  };
  if (located.kind === 'text') {
    const { table } = located;
    return {
      ...common,
      plan,
      direct: directSource(table),
      tellsLines: async ({ lastLine }) => !table.survey.hasQuotes || lastLine === (await countLines(table.path)),
      careful: () => carefulSource(table, scratch),
      check: async ({ lastLine }) => [faultOfCutEnd(table, lastLine)].filter((fault) => fault !== undefined),
    };
  }
  const decimals = layout.amounts.thousands === '.' ? ',' : '.';
  return {
    ...common,
    plan: { ...plan, times: { ...plan.times, formats: [...sheetTimeFormats, ...plan.times.formats] } },
    direct: undefined,
    tellsLines: async () => true,
    careful: () => sheetSource(located.sheet, found, { decimals, scratch }),
    check: async () => [],
  };
}
