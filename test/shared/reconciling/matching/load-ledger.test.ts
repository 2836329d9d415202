import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { loadLedger } from '#shared/reconciling/matching/load-ledger.ts';
import { day, openTestEngine } from '#test/support/sides-of-a-day.ts';

let database: Awaited<ReturnType<typeof openTestEngine>>;
beforeAll(async () => {
  database = await openTestEngine();
});
afterAll(() => database.close());

const header = 'reference,gatewayTxnId,amountVnd,state,paidAt,receipt';
const good = 'R1,T1,28000,paid,2026-11-22T02:00:00.000Z,1K26TAA-7';

async function load(content: string | Buffer) {
  const file = join(database.folder, 'ledger.csv');
  writeFileSync(file, content);
  return loadLedger(database.engine, file, { day });
}

/** `line code` of every fault. */
async function faultsOf(content: string | Buffer): Promise<readonly string[]> {
  const loaded = await load(content);
  return loaded.kind === 'refused' ? loaded.faults.map(({ line, code }) => `${line} ${code}`) : [];
}

function rowsOf(columns: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  return database.engine.rows(z.record(z.string(), z.unknown()), `SELECT ${columns} FROM ledger ORDER BY rowid`);
}

describe('a ledger file', () => {
  it.each([
    ['comes with commas', `${header}\n${good}\n`],
    [
      'comes with semicolons, Windows line ends and a byte order mark',
      `\uFEFF${header}\n${good}\n`.replaceAll(',', ';').replaceAll('\n', '\r\n'),
    ],
    ['comes with tabs and without an end of its last line', `${header}\n${good}`.replaceAll(',', '\t')],
    ['comes with quotation marks', `${header}\n"R1","T1","28000","paid","2026-11-22T02:00:00Z","1K26TAA-7"\n`],
    [
      'has its columns in another order, other capitals and one more',
      `receipt,STATE,PaidAt,AmountVND,note,gatewaytxnid,Reference\n1K26TAA-7,PAID,2026-11-22 09:00:00,28000,x,T1,R1\n`,
    ],
    ['was dressed up for a spreadsheet', `${header}\n'R1, T1 ,28000,Paid,2026-11-22T09:00:00+07:00,'1K26TAA-7\n`],
    ['ends with empty lines', `${header}\n${good}\n\n\n`],
  ])('%s', async (_says, content) => {
    expect(await load(content)).toEqual({ kind: 'loaded', rows: 1 });
    const columns =
      'reference, transaction_id, amount, state, paid_at::VARCHAR AS paid_at, business_date::VARCHAR AS day, receipt';
    expect(await rowsOf(columns)).toEqual([
      {
        reference: 'R1',
        transaction_id: 'T1',
        amount: 28_000,
        state: 'paid',
        paid_at: '2026-11-22 02:00:00',
        day: '2026-11-22',
        receipt: '1K26TAA-7',
      },
    ]);
  });

  it.each([
    ['2026-11-21T17:00:00Z', '2026-11-22'],
    ['2026-11-21T16:59:59.999Z', '2026-11-21'],
    ['2026-11-22 23:59:59', '2026-11-22'],
    ['2026-11-23T00:00:00+07:00', '2026-11-23'],
    ['2026-11-22T18:00:00+0100', '2026-11-23'],
    ['20261231235959', '2026-12-31'],
  ])('books %s on %s', async (paidAt, expected) => {
    await load(`${header}\nR1,T1,1,paid,${paidAt},\n`);
    expect(await rowsOf('business_date::VARCHAR AS day')).toEqual([{ day: expected }]);
  });

  it('takes the words of other systems for our states, and rows without money without a time', async () => {
    const rows = [
      ['SETTLED', '2026-11-22 09:00:00'],
      ['success', '2026-11-22 09:00:00'],
      ['pending', ''],
      ['Thất bại', ''],
    ];
    await load(`${header}\n${rows.map(([state, paidAt], index) => `R${index},,1,${state},${paidAt},\n`).join('')}`);
    expect(await rowsOf('state, business_date::VARCHAR AS day')).toEqual(
      ['paid', 'paid', 'open', 'failed'].map((state) => ({ state, day })),
    );
  });

  it('is taken with a header alone: a day may be without payments', async () => {
    expect(await load(`${header}\n`)).toEqual({ kind: 'loaded', rows: 0 });
  });

  it.each([
    ['an amount with decimals', 'R2,T2,12.5,paid,2026-11-22 09:00:00,', '3 bad-amount'],
    ['an amount with separators', 'R2,T2,"1,000",paid,2026-11-22 09:00:00,', '3 bad-amount'],
    ['an amount in powers of ten', 'R2,T2,1e3,paid,2026-11-22 09:00:00,', '3 bad-amount'],
    ['an amount below zero', 'R2,T2,-5,paid,2026-11-22 09:00:00,', '3 bad-amount'],
    ['an amount beyond twelve digits', 'R2,T2,1000000000000,paid,2026-11-22 09:00:00,', '3 bad-amount'],
    ['no amount', 'R2,T2,,paid,2026-11-22 09:00:00,', '3 bad-amount'],
    ['a state that nobody knows', 'R2,T2,1,maybe,2026-11-22 09:00:00,', '3 bad-status'],
    ['a day that does not exist', 'R2,T2,1,paid,2026-02-30T09:00:00Z,', '3 bad-date'],
    ['a day without a time', 'R2,T2,1,paid,2026-11-22,', '3 bad-date'],
    ['a day in the order of offices', 'R2,T2,1,paid,22/11/2026 09:00:00,', '3 bad-date'],
    ['money without a time', 'R2,T2,1,paid,,', '3 bad-date'],
    ['a row that nothing can be matched by', ',,1,paid,2026-11-22 09:00:00,', '3 bad-text'],
    ['a reference that a spreadsheet has rounded', '1.23E+15,T2,1,paid,2026-11-22 09:00:00,', '3 bad-text'],
    ['a reference of two lines', '"R\n2",T2,1,paid,2026-11-22 09:00:00,', '3 bad-text'],
    ['a row that was cut', 'R2,T2,1', '3 layout'],
    ['a quotation mark that does not close', '"R2,T2,1,paid,2026-11-22 09:00:00,', '3 layout'],
  ])('is refused for %s', async (_says, row, fault) => {
    expect(await faultsOf(`${header}\n${good}\n${row}\n`)).toEqual([fault]);
  });

  it.each([
    ['nothing in it', '', '0 empty'],
    ['columns that are missing', 'reference,amountVnd\n', '1 column-missing'],
    ['UTF-16', Buffer.from(`${header}\n${good}\n`, 'utf16le'), '1 encoding'],
    [
      'letters of an old encoding',
      Buffer.from(`${header}\n${good}\nR\xe9,T2,1,paid,2026-11-22 09:00:00,\n`, 'latin1'),
      '3 encoding',
    ],
    ['an empty line among the others', `${header}\n\n${good}\n`, '2 layout'],
    ['two sorts of line ends', `${header}\n${good}\r\n${good}\n`, '0 layout'],
  ])('is refused for %s', async (_says, content, fault) => {
    expect(await faultsOf(content)).toEqual([fault]);
  });

  it('is refused with every fault, as far as somebody will read', async () => {
    const rows = Array.from({ length: 1_500 }, (_, index) => `R${index},T,x,paid,2026-11-22 09:00:00,\n`);
    const loaded = await load(`${header}\n${rows.join('')}`);
    expect(loaded).toMatchObject({ kind: 'refused', unlisted: 500 });
  });
});
