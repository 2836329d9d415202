import { createHash } from 'node:crypto';
import type { BusinessDate } from '#schemas/ids.ts';
import type { SampleLedgerRow, SampleStatementRow } from './sample-plot.ts';

/** The statement in the project layout (receipt rules §10.2), which names no accounts. */
export function projectStatementText(rows: readonly SampleStatementRow[], partner: string, day: BusinessDate): string {
  const words = { success: '00', failed: '99', pending: '01' } as const;
  const vndOf = ({ kind, status, amount }: SampleStatementRow) => {
    if (status !== 'success') return 0;
    return kind === 'refund' ? -amount : amount;
  };
  const total = rows.reduce((sum, row) => sum + vndOf(row), 0);
  const lines = rows.map((row) =>
    [
      'DTL',
      row.reference,
      row.transactionId,
      compact(row.at),
      row.amount,
      row.kind === 'refund' ? 'REFUND' : words[row.status],
      'NCB',
    ].join('|'),
  );
  const text = `${[`HDR|${partner}|${compact(day)}|${rows.length}|${total}`, ...lines].join('\n')}\n`;
  return `${text}TRL|${createHash('sha256').update(text).digest('hex')}\n`;
}

/** The statement as a table with the accounts that were credited; `sampleLayout` reads it. */
export function tableStatementText(rows: readonly SampleStatementRow[]): string {
  const lines = rows.map((row) =>
    [row.reference, row.transactionId, row.at, row.amount, row.kind, row.status, row.account].join(),
  );
  return csvText('Mã tham chiếu,Mã giao dịch,Thời gian,Số tiền,Loại,Trạng thái,Tài khoản nhận', lines);
}

export const sampleLayoutName = 'sao-ke-mau';

/** A mapping as `config/<stage>/statement-layouts.json` holds them. */
export function sampleLayout(gateway: string): object {
  return {
    name: sampleLayoutName,
    label: 'Sao kê mẫu của lệnh đối soát',
    format: 'table',
    gateway,
    columns: {
      reference: { titles: ['Mã tham chiếu'] },
      transactionId: { titles: ['Mã giao dịch'] },
      paidAt: { titles: ['Thời gian'] },
      amount: { titles: ['Số tiền'] },
      kind: { titles: ['Loại'] },
      status: { titles: ['Trạng thái'] },
      account: { titles: ['Tài khoản nhận'] },
    },
    amounts: {},
    times: { formats: ['yyyy-MM-dd HH:mm:ss'] },
    statuses: { success: ['success'], failed: ['failed'], pending: ['pending'] },
    kinds: { payment: ['payment'], refund: ['refund'] },
  };
}

export function ledgerText(rows: readonly SampleLedgerRow[]): string {
  const lines = rows.map((row) =>
    [row.reference, row.transactionId, row.amount, row.state, instantText(row.at), row.receipt].join(),
  );
  return csvText('reference,gatewayTxnId,amountVnd,state,paidAt,receipt', lines);
}

const compact = (text: string): string => text.replaceAll(/\D/g, '');

const instantText = (at: string): string => (at === '' ? '' : `${at.replace(' ', 'T')}+07:00`);

const csvText = (header: string, lines: readonly string[]): string => `${[header, ...lines].join('\n')}\n`;
