import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeStatement } from '#infra/local/bank/statement-file.ts';
import { businessDateSchema, instantSchema } from '#schemas/ids.ts';
import { businessDateOf } from '#shared/domain/calendar.ts';
import type { LedgerRow } from '#shared/domain/ledger-day.ts';
import type { DayAddress } from '#shared/domain/statement-day.ts';
import { openDayComparison } from '#shared/reconciling/day-comparison.ts';
import { type ReadParquet, readParquet } from '#test/support/parquet-files.ts';

const day = businessDateSchema.parse('2026-11-23');
const address: DayAddress = { gateway: 'vnpay', merchant: "nha'o-1", day };

function aLedgerRow(
  reference: string | null,
  changes: Partial<LedgerRow> = {},
  at = '2026-11-23T02:15:32.000Z',
): LedgerRow {
  const paidAt = instantSchema.parse(at);
  const facts = { transactionId: `tx-${reference}`, amountVnd: 28_000, state: 'paid', receipt: '26TAA-1' } as const;
  return { reference, ...facts, paidAt, businessDate: businessDateOf(paidAt), isConfirmed: true, ...changes };
}

const listed = (reference: string, changes: { readonly amountVnd?: number; readonly at?: string } = {}) => {
  const { amountVnd = 28_000, at = '2026-11-23T02:15:32.000Z' } = changes;
  const facts = { kind: 'payment', status: 'success', bankCode: '' } as const;
  return { reference, transactionId: `tx-${reference}`, at: instantSchema.parse(at), amountVnd, ...facts };
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bien-lai-export-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Compares the rows with a statement, and reads the file for analysts back. */
async function exported(
  rows: readonly LedgerRow[],
  entries: readonly ReturnType<typeof listed>[],
): Promise<ReadParquet> {
  const statement = join(folder, 'statement.txt');
  await writeFile(statement, writeStatement('vnpay', day, entries));
  const comparison = await openDayComparison({
    temporaryFolder: folder,
    memoryLimit: '300MB',
    statements: { partners: [], gateways: [], banks: [] },
    collectingAccounts: [],
  });
  try {
    await comparison.compare(address, { statement, neighbours: [] }, rows);
    return await readParquet(await readFile(await comparison.exportLedger(address, { rows, run: 7 })));
  } finally {
    await comparison.close();
  }
}

const matches = [
  aLedgerRow('khop', { receipt: '26TAA-2 26TAB-1' }),
  aLedgerRow('lech-tien', { amountVnd: 30_000, isConfirmed: false }),
  aLedgerRow('thieu-doi-tac'),
  aLedgerRow('thieu-bien-lai', { receipt: null }),
  aLedgerRow(null, { transactionId: 'treo', state: 'suspense', receipt: null, isConfirmed: false }),
  aLedgerRow('hong', { transactionId: null, state: 'failed', receipt: null, isConfirmed: false }),
];
const entries = [listed('khop'), listed('lech-tien'), listed('thieu-bien-lai'), listed('chi-cong-co')];

describe('the ledger of a day for analysts', () => {
  it('has each of its rows once, with what the comparison made of it', async () => {
    const { rows } = await exported(matches, entries);

    expect(rows).toEqual(
      matches
        .map(({ reference, transactionId, amountVnd, state, paidAt, businessDate, receipt, isConfirmed }) => ({
          gateway: 'vnpay',
          merchant: "nha'o-1",
          reference,
          transaction_id: transactionId,
          amount_vnd: amountVnd,
          state,
          paid_at: paidAt,
          business_date: businessDate,
          receipt,
          is_confirmed: isConfirmed,
          class: expect.anything(),
          matched_by: expect.anything(),
          statement_line: expect.anything(),
        }))
        .map((row, index) => ({ ...row, ...comparedAs[index] })),
    );
  });

  const comparedAs = [
    { class: 'KHOP', matched_by: 'reference-and-transaction', statement_line: 2 },
    { class: 'LECH_TIEN', matched_by: 'reference-and-transaction', statement_line: 3 },
    { class: 'THIEU_DOI_TAC', matched_by: null, statement_line: null },
    { class: 'THIEU_BIEN_LAI', matched_by: 'reference-and-transaction', statement_line: 4 },
    { class: 'THIEU_DOI_TAC', matched_by: null, statement_line: null },
    // Money on neither side, and no receipt: nothing to be said of it.
    { class: null, matched_by: null, statement_line: null },
  ];

  it('counts in integers and tells instants, whatever the reader takes texts for; and says whose it is', async () => {
    const { columns, metadata } = await exported(matches, entries);
    expect(columns).toEqual([
      'gateway VARCHAR',
      'merchant VARCHAR',
      'reference VARCHAR',
      'transaction_id VARCHAR',
      'amount_vnd BIGINT',
      'state VARCHAR',
      'paid_at TIMESTAMP WITH TIME ZONE',
      'business_date DATE',
      'receipt VARCHAR',
      'is_confirmed BOOLEAN',
      'class VARCHAR',
      'matched_by VARCHAR',
      'statement_line BIGINT',
    ]);
    expect(metadata).toEqual({ day, gateway: 'vnpay', merchant: "nha'o-1", run: '7' });
  });

  it('leaves the neighbouring days to their own files', async () => {
    const before = aLedgerRow('hom-qua', {}, '2026-11-22T16:59:59.000Z');
    const first = aLedgerRow('dau-ngay', { isConfirmed: false }, '2026-11-22T17:00:00.000Z');
    const last = aLedgerRow('cuoi-ngay', {}, '2026-11-23T16:59:59.000Z');
    const after = aLedgerRow('hom-sau', { isConfirmed: false }, '2026-11-23T17:00:00.000Z');
    const { rows } = await exported(
      [before, first, last, after],
      [listed('dau-ngay', { at: first.paidAt }), listed('cuoi-ngay', { at: last.paidAt })],
    );
    expect(rows.map((row) => [row['reference'], row['paid_at'], row['is_confirmed'], row['class']])).toEqual([
      ['dau-ngay', first.paidAt, false, 'KHOP'],
      ['cuoi-ngay', last.paidAt, true, 'KHOP'],
    ]);
  });

  it('is a file with its columns although the day has no row', async () => {
    const { columns, rows } = await exported([], [listed('chi-cong-co')]);
    expect([columns.length, rows]).toEqual([13, []]);
  });
});
