import { join } from 'node:path';
import type { StatementFault } from '#shared/domain/statement.ts';
import { shown } from '../fault-list.ts';
import { RowsFile } from '../rows-file.ts';
import type { RowSource } from '../statement-sql.ts';

/** One booking of an account, as formats for machines tell it. */
export interface BankRecord {
  readonly line: number;
  /** `yyyy-MM-dd`, as far as the file has it. */
  readonly bookedOn: string;
  /** What came in above 0, in the file's digits. */
  readonly amount: string;
  readonly account: string;
  readonly content: string;
  readonly bankReference: string;
}

/** What a format comes down to: its bookings, and what is wrong with the frame around them. */
export interface BankRecords {
  readonly records: readonly BankRecord[];
  readonly faults: readonly StatementFault[];
}

const columns = ['bookedOn', 'amount', 'account', 'content', 'bankReference'] as const;

/** Bookings of a machine's format take the same way as those of a table. */
export async function sourceOfRecords(records: readonly BankRecord[], scratch: string): Promise<RowSource> {
  const rows = new RowsFile(join(scratch, 'rows.txt'), columns);
  for (const record of records) {
    rows.add(
      record.line,
      record.amount,
      columns.map((column) => record[column]),
    );
    await rows.flush();
  }
  return rows.close();
}

/** Whole đồng of `50000`, `50000.00` or `50000,`; nothing for anything else. */
export function wholeVndOf(text: string): bigint | undefined {
  const digits = /^(\d{1,15})(?:[.,]0*)?$/.exec(text.trim())?.[1];
  return digits === undefined ? undefined : BigInt(digits);
}

export interface Balance {
  readonly line: number;
  readonly vnd: bigint;
}

/** Opening balance and bookings must come to the closing balance, where the file tells both. */
export function faultOfBalance(
  opening: Balance | undefined,
  closing: Balance | undefined,
  movements: bigint,
): StatementFault | undefined {
  if (opening === undefined || closing === undefined || opening.vnd + movements === closing.vnd) return undefined;
  const found = opening.vnd + movements;
  return {
    line: closing.line,
    code: 'wrong-total',
    says:
      `Số dư đầu ${opening.vnd} cộng các bút toán ra ${found}, sao kê ghi số dư cuối ${closing.vnd}: thiếu ` +
      'bút toán? Hãy xin ngân hàng gửi lại tệp.',
  };
}

export function foreignCurrency(line: number, currency: string): StatementFault {
  return {
    line,
    code: 'bad-amount',
    says: `Loại tiền ${shown(currency)}; chỉ đối chiếu tài khoản VND. Hãy xin sao kê của tài khoản đồng Việt Nam.`,
  };
}

export function unreadableAmount(line: number, amount: string): StatementFault {
  return {
    line,
    code: 'bad-amount',
    says: `Số tiền ${shown(amount)} không phải số đồng tròn. Hãy xin ngân hàng gửi lại tệp.`,
  };
}
