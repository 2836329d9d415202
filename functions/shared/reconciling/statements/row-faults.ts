import * as z from 'zod/mini';
import type { BusinessDate } from '#schemas/ids.ts';
import type { StatementFault } from '#shared/domain/statement.ts';
import { formatDay } from '#shared/domain/vietnamese-format.ts';
import { amountFault, dateFault, excessFault, idFault, statusFault } from './cell-faults.ts';
import { idIsSoundSql } from './cell-sql.ts';
import { shown } from './fault-list.ts';
import type { ReadingPlan } from './reading-plan.ts';
import { isOfDaySql, partnerSql, type RowSource } from './statement-sql.ts';

const textSchema = z.nullable(z.string());
const flagSchema = z.nullable(z.boolean());

/** A row that was not taken: its texts, and what could be made of them. */
export const faultyRowSchema = z.object({
  line: z.int(),
  /** The first cell that is not empty. */
  lead: textSchema,
  mark: textSchema,
  reference: textSchema,
  transaction: textSchema,
  paid: textSchema,
  amount: textSchema,
  amountOut: textSchema,
  status: textSchema,
  kind: textSchema,
  partner: textSchema,
  excess: textSchema,
  hasLastField: z.boolean(),
  paidAt: textSchema,
  isOfDay: flagSchema,
  signed: textSchema,
  knowsStatus: z.boolean(),
  knowsKind: z.boolean(),
  isRefund: flagSchema,
  referenceIsSound: flagSchema,
  transactionIsSound: flagSchema,
  knowsPartner: flagSchema,
});
export type FaultyRow = z.infer<typeof faultyRowSchema>;

/** The columns of a faulty row, of what `judgedSql` reads. */
export function faultyRowColumns(
  { roles, traits }: RowSource,
  plan: ReadingPlan,
  day: BusinessDate,
): readonly string[] {
  const raw = (role: string) => (roles.has(role) ? role : 'NULL');
  return [
    'line',
    'lead',
    `CAST(${raw('mark')} AS VARCHAR) AS mark`,
    'reference_text AS reference',
    'transaction_text AS "transaction"',
    'paid_text AS paid',
    'amount_text AS amount',
    'out_text AS "amountOut"',
    `CAST(${raw('status')} AS VARCHAR) AS status`,
    `CAST(${raw('kind')} AS VARCHAR) AS kind`,
    'partner_text AS partner',
    `CAST(${raw('excess')} AS VARCHAR) AS excess`,
    `${roles.has('mark') ? 'bankCode IS NOT NULL' : 'true'} AS "hasLastField"`,
    `strftime(paid_read + INTERVAL 7 HOUR, '%H:%M:%S %d/%m/%Y') AS "paidAt"`,
    `${isOfDaySql(day, plan.edgeSeconds)} AS "isOfDay"`,
    'CAST(signed AS VARCHAR) AS signed',
    'status_read IS NOT NULL AS "knowsStatus"',
    'kind_read IS NOT NULL AS "knowsKind"',
    'kind_read = \'refund\' AS "isRefund"',
    `${idIsSoundSql('reference_text', plan, traits)} AS "referenceIsSound"`,
    `${idIsSoundSql('transaction_text', plan, traits)} AS "transactionIsSound"`,
    `${roles.has('partner') && plan.partnerCodes !== undefined ? partnerSql(plan.partnerCodes) : 'true'} ` +
      'AS "knowsPartner"',
  ];
}

/** Titles of the columns as the file has them, by role. */
export type Titles = ReadonlyMap<string, string>;

/** All that is wrong with a row; at least one fault for a row that was not taken. */
export function faultsOfRow(row: FaultyRow, titles: Titles, day: BusinessDate): readonly StatementFault[] {
  const shape = faultOfShape(row);
  if (shape !== undefined) return [shape];
  const { line } = row;
  const at = (role: string, fault: Pick<StatementFault, 'code' | 'says'>): StatementFault => {
    const column = titles.get(role);
    return column === undefined ? { line, ...fault } : { line, column, ...fault };
  };
  const faults: StatementFault[] = [];
  if (row.paidAt === null) faults.push(at('paidAt', dateFault(row.paid)));
  else if (row.isOfDay !== true) faults.push(at('paidAt', otherDay(row.paidAt, day)));
  const amount = amountFault({ ...row, mayBeNegative: row.isRefund !== false });
  if (amount !== undefined) faults.push(at('amount', amount));
  if (!row.knowsStatus) faults.push(at('status', statusFault('Trạng thái', row.status, 'statuses')));
  if (!row.knowsKind) faults.push(at('kind', statusFault('Loại giao dịch', row.kind, 'kinds')));
  if (row.reference === null && row.transaction === null) faults.push(at('reference', nameless));
  if (row.referenceIsSound === false) faults.push(at('reference', idFault('Mã tham chiếu', row.reference)));
  if (row.transactionIsSound === false) faults.push(at('transactionId', idFault('Mã giao dịch', row.transaction)));
  if (row.knowsPartner !== true) faults.push(at('partner', strangePartner(row.partner)));
  return faults.length > 0
    ? faults
    : [at('reference', { code: 'layout', says: 'Không đọc được dòng này; hãy đối chiếu với mẫu của tệp.' })];
}

function faultOfShape({ line, mark, hasLastField, excess }: FaultyRow): StatementFault | undefined {
  if (mark !== null && mark !== 'DTL') {
    return {
      line,
      code: 'layout',
      says: `Dòng bắt đầu bằng ${shown(mark)}; giữa tệp chỉ có dòng DTL. Hãy xin bên gửi xuất lại tệp.`,
    };
  }
  if (!hasLastField) {
    return {
      line,
      code: 'truncated',
      says: 'Dòng thiếu trường, có lẽ bị cắt khi truyền. Hãy tải lại hoặc xin gửi lại tệp.',
    };
  }
  if (excess !== null && excess !== '') {
    return { line, ...excessFault(excess) };
  }
  return undefined;
}

const nameless = {
  code: 'bad-text',
  says: 'Dòng không có mã tham chiếu lẫn mã giao dịch nên không đối chiếu được. Hãy hỏi bên gửi hai mã này.',
} as const;

function otherDay(paidAt: string, day: BusinessDate) {
  return {
    code: 'wrong-day',
    says:
      `Giao dịch lúc ${paidAt} không thuộc ngày ${formatDay(day)}. Hãy chọn đúng ngày, hoặc xin tệp chỉ gồm ` +
      'giao dịch của ngày đó.',
  } as const;
}

function strangePartner(partner: string | null) {
  return {
    code: 'other-partner',
    says:
      `Mã đối tác ${shown(partner)} không phải của tài khoản này. Đây là tệp của tài khoản khác, hoặc mã ` +
      'còn thiếu trong "partners".',
  } as const;
}
