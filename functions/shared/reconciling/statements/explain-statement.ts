import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { StatementFault } from '#shared/domain/statement.ts';
import { formatVnd } from '#shared/domain/vietnamese-format.ts';
import type { Engine } from '../engine.ts';
import { takeReading } from './load-statement.ts';
import { openStatementFile } from './open-file.ts';
import { type FileShape, readingOf } from './reading.ts';
import type { StatementOrder } from './statement-order.ts';
import type { RowTotals } from './take-rows.ts';

const textSchema = z.nullable(z.string());
const shownRowSchema = z.object({
  line: z.int(),
  reference: textSchema,
  transactionId: textSchema,
  paidAt: z.string(),
  amountVnd: z.int(),
  kind: z.string(),
  status: z.string(),
  bankCode: textSchema,
  account: textSchema,
});
export type ShownRow = z.infer<typeof shownRowSchema>;

/** What a file would be read as, for whoever sets a mapping up. Nothing of it is taken. */
export interface StatementExplanation {
  readonly shape: FileShape | undefined;
  readonly firstRows: readonly ShownRow[];
  readonly totals: RowTotals | undefined;
  readonly faults: readonly StatementFault[];
  readonly unlisted: number;
}

const rowsShown = 5;

/** A dry run: reads a file as `loadStatement` does, and shows how it was understood, also when it would be refused. */
export async function explainStatement(
  engine: Engine,
  file: string,
  order: StatementOrder,
): Promise<StatementExplanation> {
  const scratch = await mkdtemp(join(engine.tempFolder, 'statement-'));
  try {
    const opened = await openStatementFile(file, scratch);
    if ('code' in opened) return { ...nothingRead, faults: [opened] };
    const reading = await readingOf(opened, order, scratch);
    if ('kind' in reading) return { ...nothingRead, faults: reading.faults, unlisted: reading.unlisted };
    const { totals, faults } = await takeReading(engine, reading, order);
    const firstRows = await engine.rows(
      shownRowSchema,
      `SELECT line, reference, transaction_id AS "transactionId",
        strftime(paid_at + INTERVAL 7 HOUR, '%d/%m/%Y %H:%M:%S') AS "paidAt",
        amount AS "amountVnd", kind, status, bank_code AS "bankCode", account
       FROM statement ORDER BY line LIMIT ${rowsShown}`,
    );
    const { faults: listed, unlisted } = faults.refusal;
    return { shape: reading.shape, firstRows, totals, faults: listed, unlisted };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

const nothingRead = { shape: undefined, firstRows: [], totals: undefined, unlisted: 0 } as const;

/** The explanation as lines for a terminal. */
export function describeExplanation({
  shape,
  firstRows,
  totals,
  faults,
  unlisted,
}: StatementExplanation): readonly string[] {
  const verdict =
    faults.length === 0 ? 'Tệp đọc được và sẽ được nhận.' : `Tệp sẽ bị từ chối: ${faults.length + unlisted} lỗi.`;
  return [
    ...(shape === undefined ? ['Chưa nhận ra mẫu của tệp.'] : describeShape(shape)),
    ...(firstRows.length === 0 ? [] : ['Các dòng đầu, như đã hiểu:', ...firstRows.map(describeRow)]),
    ...(totals === undefined ? [] : describeTotals(totals)),
    verdict,
    ...faults.map(describeFault),
    ...(unlisted === 0 ? [] : [`  … và ${unlisted} lỗi nữa.`]),
  ];
}

export function describeFault({ line, column, says }: StatementFault): string {
  const place = line === 0 ? 'cả tệp' : `dòng ${line}`;
  return `  ${place}${column === undefined ? '' : `, cột ${column}`}: ${says}`;
}

function describeShape({ layout, headerLine, delimiter, columns }: FileShape): readonly string[] {
  const separated =
    delimiter === undefined ? '' : `, phân cách bằng ${delimiter === '\t' ? 'phím Tab' : `“${delimiter}”`}`;
  return [
    `Mẫu: ${layout}; tiêu đề ở dòng ${headerLine}${separated}.`,
    ...columns.map(({ role, title, column }) => `  cột ${column} “${title}” → ${role}`),
  ];
}

function describeRow({
  line,
  reference,
  transactionId,
  paidAt,
  amountVnd,
  kind,
  status,
  bankCode,
  account,
}: ShownRow): string {
  const optional = [bankCode, account].filter((text) => text !== null);
  const ids = [reference ?? '(không có mã tham chiếu)', transactionId ?? '(không có mã giao dịch)'];
  return `  dòng ${line}: ${[...ids, paidAt, formatVnd(amountVnd), kind, status, ...optional].join(' · ')}`;
}

function describeTotals({ rows, successCount, successSumVnd, faulty }: RowTotals): readonly string[] {
  const bad = faulty === 0 ? '' : `, ${faulty} dòng không đọc được hoặc là dòng tổng`;
  return [`${rows} giao dịch${bad}; thành công ${successCount}, cộng lại ${formatVnd(successSumVnd)}.`];
}
