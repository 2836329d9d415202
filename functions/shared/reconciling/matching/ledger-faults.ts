import * as z from 'zod/mini';
import { largestAmountVnd } from '#schemas/money.ts';
import type { StatementFault } from '#shared/domain/statement.ts';
import type { Engine } from '../engine.ts';
import { fileFault, listedFaults, type RefusedStatement } from '../statements/fault-list.ts';
import type { LedgerSigns } from './ledger-file.ts';
import { isMoneySql } from './ledger-words.ts';

interface FaultRule {
  readonly code: StatementFault['code'];
  readonly column: string;
  /** Over the columns of `ledger`. */
  readonly when: string;
  /** Vietnamese; what stands in the file comes before it. */
  readonly says: string;
}

/** What keeps a row of a ledger from being taken, as data that SQL is built from. */
const faultRules: readonly FaultRule[] = [
  {
    code: 'bad-amount',
    column: 'amountVnd',
    when: `amount IS NULL OR amount > ${largestAmountVnd}`,
    says: 'không phải số nguyên đồng, chỉ gồm chữ số: bỏ dấu phân cách nghìn và phần lẻ',
  },
  {
    code: 'bad-status',
    column: 'state',
    when: 'state IS NULL',
    says: 'không phải trạng thái của sổ: dùng paid, surplus, wrong-amount, suspense, refunded, open, review, failed, expired, cancelled hay waived',
  },
  {
    code: 'bad-date',
    column: 'paidAt',
    when: `paid_at NOT BETWEEN '2000-01-01' AND '2100-01-01' OR (paid_at IS NULL AND ${isMoneySql('state')})`,
    says: 'không phải thời điểm: viết như 2026-11-22T09:15:30+07:00; khoản có tiền thì phải có thời điểm',
  },
  {
    code: 'bad-text',
    column: 'reference',
    when: 'reference IS NULL AND transaction_id IS NULL',
    says: 'để trống cùng với gatewayTxnId: dòng không có mã nào để đối chiếu',
  },
];

/** Of files that hold signs of it at all. */
const mangledRules: readonly FaultRule[] = (['reference', 'gatewayTxnId', 'receipt'] as const).map((column) =>
  textRule(column),
);

/** An identifier of one line, and not what a spreadsheet makes of a long number. */
function textRule(column: 'reference' | 'gatewayTxnId' | 'receipt'): FaultRule {
  const name = column === 'gatewayTxnId' ? 'transaction_id' : column;
  return {
    code: 'bad-text',
    column,
    when: `contains(${name}, chr(10)) OR contains(${name}, 'E+')`,
    says: 'bị xuống dòng hoặc bị bảng tính rút gọn thành dạng 1,2E+15: xuất lại với cột này là văn bản',
  };
}

export function faultyRowSql({ mayBeMangled }: LedgerSigns): string {
  const rules = mayBeMangled ? [...faultRules, ...mangledRules] : faultRules;
  return rules.map(({ when }) => `(${when})`).join(' OR ');
}

/** Says of each faulty row what is wrong with it, beside what stands in the file. */
export async function listFaultyRows(engine: Engine, source: string): Promise<RefusedStatement> {
  await engine.run(`CREATE OR REPLACE TEMP TABLE ledger_text AS SELECT * FROM ${source}`);
  const rules = [...faultRules, ...mangledRules];
  const eachRule = rules.map(
    ({ column, when }, rule) => `
      SELECT ledger.rowid + 2 AS line, ${rule} AS rule, left(coalesce(ledger_text.${column}, ''), 40) AS text
      FROM (SELECT *, rowid FROM ledger WHERE ${when}) AS ledger JOIN ledger_text ON ledger_text.rowid = ledger.rowid`,
  );
  const rows = await engine.rows(
    z.object({ line: z.number(), rule: z.number(), text: z.string(), of: z.number() }),
    `SELECT *, count(*) OVER () AS of FROM (${eachRule.join(' UNION ALL ')}) ORDER BY line, rule LIMIT ${listedFaults}`,
  );
  await engine.run('DROP TABLE ledger_text');
  const faults = rows.flatMap(({ line, rule, text }) => {
    const found = rules[rule];
    if (found === undefined) return [];
    const { code, column, says } = found;
    return [{ line, column, code, says: `${column} “${text}” ${says}.` }];
  });
  return { kind: 'refused', faults, unlisted: (rows[0]?.of ?? 0) - faults.length };
}

/** Lines that do not come apart into the columns of the first line, or are no UTF-8. */
export async function listBrokenLines(engine: Engine, sourceWithRejects: string): Promise<RefusedStatement> {
  try {
    await engine.run(`CREATE OR REPLACE TEMP TABLE ledger_text AS FROM ${sourceWithRejects}`);
  } catch {
    // Two sorts of line ends in one file break the reader itself, and it names no line.
    return { kind: 'refused', faults: [fileFault('layout', mixedSays)], unlisted: 0 };
  }
  const rows = await engine.rows(
    z.object({ line: z.number(), kind: z.string(), of: z.number() }),
    `SELECT line, any_value(error_type::VARCHAR) AS kind, count(*) OVER () AS of
     FROM reject_errors GROUP BY line ORDER BY line LIMIT ${listedFaults}`,
  );
  await engine.run('DROP TABLE IF EXISTS reject_errors; DROP TABLE IF EXISTS reject_scans');
  const faults = rows.map(({ line, kind }): StatementFault => {
    const isEncoding = kind === 'INVALID ENCODING';
    return { line, code: isEncoding ? 'encoding' : 'layout', says: isEncoding ? encodingSays : layoutSays };
  });
  return { kind: 'refused', faults, unlisted: (rows[0]?.of ?? 0) - faults.length };
}

const encodingSays = 'Dòng không phải UTF-8: lưu lại tệp sổ dạng CSV UTF-8.';
const mixedSays = 'Không tách được tệp sổ thành dòng và cột (dấu xuống dòng lẫn lộn, ngoặc kép lạc): xuất lại sổ.';
const layoutSays = 'Dòng không có đủ số cột như dòng đầu, hoặc dấu ngoặc kép không khép: xuất lại sổ của ngày.';
