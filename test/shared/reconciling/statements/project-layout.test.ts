import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadStatementLayouts } from '#config/statement-layouts.ts';
import { loadStatement } from '#shared/reconciling/statements/load-statement.ts';
import type { StatementOrder } from '#shared/reconciling/statements/statement-order.ts';
import { openStatementBench, projectFile, type StatementBench, statementDay } from '#test/support/statement-files.ts';

const settings = loadStatementLayouts('dev');
const order: StatementOrder = { gateway: 'vnpay', merchant: 'ttpvhcc', day: statementDay, settings };
const row = (
  reference: string,
  transaction: string,
  more: { amount?: string; at?: string; status?: string; bank?: string } = {},
) =>
  [
    reference,
    transaction,
    more.at ?? '20261121093000',
    more.amount ?? '50000',
    more.status ?? '00',
    more.bank ?? 'NCB',
  ].join('|');
const [first, second] = [
  row('4862039175110101', '14000001'),
  row('4862039175110202', '14000002', { at: '20261121235959' }),
];

let bench: StatementBench;
beforeAll(async () => {
  bench = await openStatementBench();
});
afterAll(() => bench.close());

async function load(content: string | Uint8Array, change: Partial<StatementOrder> = {}) {
  return loadStatement(bench.engine, bench.write(content), { ...order, ...change });
}

/** Line and code of each fault. */
async function faultsOf(content: string | Uint8Array, change: Partial<StatementOrder> = {}) {
  const loaded = await load(content, change);
  return loaded.kind === 'loaded' ? [] : loaded.faults.map(({ line, code }) => `${line} ${code}`);
}

describe('a file in the project layout', () => {
  it('is read with its lines, its times in UTC and its days in Vietnam', async () => {
    const loaded = await load(projectFile([first, second, row('', '14000003', { status: '24', bank: '' })]));
    expect(loaded).toMatchObject({
      kind: 'loaded',
      summary: {
        rows: 3,
        successCount: 2,
        successSumVnd: 100_000,
        firstPaidAt: '2026-11-21T02:30:00.000Z',
        lastPaidAt: '2026-11-21T16:59:59.000Z',
      },
    });
    expect(await bench.rows()).toEqual([
      expect.objectContaining({
        line: 2,
        reference: '4862039175110101',
        transactionId: '14000001',
        paidAt: '2026-11-21T02:30:00.000Z',
        amountVnd: 50_000,
        kind: 'payment',
        status: 'success',
        bankCode: 'NCB',
      }),
      expect.objectContaining({ line: 3, paidAt: '2026-11-21T16:59:59.000Z', businessDate: '2026-11-21' }),
      expect.objectContaining({ line: 4, reference: null, status: 'failed', bankCode: null }),
    ]);
  });

  it('may have no transactions', async () => {
    expect(await load(projectFile([]))).toMatchObject({ kind: 'loaded', summary: { rows: 0, firstPaidAt: undefined } });
  });

  it('tells a refund by a word or a negative amount, which lessens the total', async () => {
    const refunds = [
      row('4862039175110101', '15', { amount: '-20000' }),
      row('4862039175110202', '16', { amount: '30000', status: 'HOAN' }),
    ];
    expect(await load(projectFile([first, ...refunds], { total: 0 }))).toMatchObject({
      kind: 'loaded',
      summary: { successSumVnd: 0 },
    });
    expect((await bench.rows()).map(({ kind, amountVnd }) => [kind, amountVnd])).toEqual([
      ['payment', 50_000],
      ['refund', 20_000],
      ['refund', 30_000],
    ]);
  });

  it('may count what did not succeed into its total', async () => {
    expect(
      await faultsOf(projectFile([first, row('4862039175110202', '9', { status: '02' })], { total: 100_000 })),
    ).toEqual([]);
  });

  it.each([
    ['a byte order mark', (text: string) => `\uFEFF${text}`],
    ['UTF-16 with its mark', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['UTF-16 the other way round', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
    ['UTF-16 without a mark', (text: string) => Buffer.from(text, 'utf16le')],
    ['line ends of Windows that a transfer made', (text: string) => text.replaceAll('\n', '\r\n')],
    ['an empty line at the end', (text: string) => `${text}\n`],
    ['no line end at the end', (text: string) => text.trimEnd()],
  ])('is read with %s', async (_, change) => {
    expect(await faultsOf(change(projectFile([first, second])))).toEqual([]);
    expect((await bench.rows()).map(({ line, transactionId }) => [line, transactionId])).toEqual([
      [2, '14000001'],
      [3, '14000002'],
    ]);
  });

  it('is read with line ends of Windows that its sender digested', async () => {
    expect(await faultsOf(projectFile([first, second], { lineEnd: '\r\n' }))).toEqual([]);
  });

  it('is read when its sender digested the lines without the end of the last one', async () => {
    const before = projectFile([first, second], { trailer: '' });
    const trailer = `TRL|${createHash('sha256').update(before.trimEnd()).digest('hex')}`;
    expect(await faultsOf(before + trailer)).toEqual([]);
  });

  it.each([
    ['nothing in it', '', ['0 empty']],
    ['no last line', projectFile([first, second], { trailer: '' }), ['0 truncated']],
    ['another digest', projectFile([first], { trailer: `TRL|${'0'.repeat(64)}\n` }), ['3 wrong-digest']],
    ['another count', projectFile([first, second], { count: 3 }), ['1 wrong-count']],
    ['another total', projectFile([first, second], { total: 99_999 }), ['1 wrong-total']],
    ['another day', projectFile([first], { day: '20261122' }), ['1 wrong-day']],
    ['another account', projectFile([first], { partner: 'BIENLAI2' }), ['1 other-partner']],
    ['another gateway', projectFile([first], { partner: 'MOMOBIENLAI' }), ['1 other-partner']],
    [
      'a header of another kind',
      projectFile([first]).replace('HDR|BIENLAI1|20261121', 'HDR|BIENLAI1|21/11/2026'),
      ['1 layout'],
    ],
    [
      'two files after each other',
      projectFile([first]) + projectFile([second]),
      ['0 layout', '1 wrong-count', '4 layout'],
    ],
    ['a cut line', projectFile([first, second.slice(0, 40)]), ['3 truncated']],
    ['a field too many', projectFile([`${first}|x`]), ['2 layout']],
  ])('is refused with %s', async (_, content, faults) => {
    expect(await faultsOf(content)).toEqual(faults);
  });

  it.each([
    ['a row of the day before', row('1', '1', { at: '20261120235959' }), 'wrong-day'],
    ['a row of the day after', row('1', '1', { at: '20261122000000' }), 'wrong-day'],
    ['a day that does not exist', row('1', '1', { at: '20260230093000' }), 'bad-date'],
    ['a time with a digit less', row('1', '1', { at: '2026112109300' }), 'bad-date'],
    ['a time that is a power of ten', row('1', '1', { at: '20261121e00006' }), 'bad-date'],
    ['a time at the sixtieth minute', row('1', '1', { at: '20261121096000' }), 'bad-date'],
    ['a fraction of a đồng', row('1', '1', { amount: '50000.5' }), 'bad-amount'],
    ['an exponent', row('1', '1', { amount: '5e4' }), 'bad-amount'],
    ['no amount', row('1', '1', { amount: '' }), 'bad-amount'],
    ['an amount of 0', row('1', '1', { amount: '0' }), 'bad-amount'],
    ['an amount beyond 2^53', row('1', '1', { amount: '9007199254740993' }), 'bad-amount'],
    ['an amount of forty digits', row('1', '1', { amount: '9'.repeat(40) }), 'bad-amount'],
    ['thousand separators', row('1', '1', { amount: '50.000' }), 'bad-amount'],
    ['an unknown status', row('1', '1', { status: 'XX' }), 'bad-status'],
    ['neither reference nor transaction', row('', ''), 'bad-text'],
    ['a formula for a reference', row('=1+1', '1'), 'formula'],
    ['a hidden sign in a reference', row('48620391\u200b75110101', '1'), 'bad-text'],
    ['a control character', row('4862039175110101\u0007', '1'), 'bad-text'],
    ['an id of an essay', row('1', 'x'.repeat(200)), 'bad-text'],
  ])('is refused for %s, with its line', async (_, wrong, code) => {
    expect(await faultsOf(projectFile([first, wrong], { total: 50_000 }))).toEqual([`3 ${code}`]);
  });

  it('takes whole amounts that are written with decimals of zero', async () => {
    expect(await faultsOf(projectFile([row('1', '1', { amount: '50000.00' })]))).toEqual([]);
  });

  it('is refused for a transaction that stands in it twice, and says where it stood first', async () => {
    const loaded = await load(projectFile([first, second, first]));
    expect(loaded).toMatchObject({ kind: 'refused', faults: [{ line: 4, code: 'repeated-row' }] });
    expect(loaded.kind === 'refused' && loaded.faults[0]?.says).toContain('dòng 2');
  });

  it('does not blame a refund for being negative when something else is wrong with it', async () => {
    const refund = row('4862039175110101', '15', { amount: '-20000', at: '20261122000000' });
    expect(await faultsOf(projectFile([refund]))).toEqual(['2 wrong-day']);
  });

  it('is refused for a row without a transaction that stands in it twice', async () => {
    const nameless = row('4862039175110101', '', { status: '02' });
    expect(await faultsOf(projectFile([nameless, second, nameless]))).toEqual(['4 repeated-row']);
  });

  it('may pay back a part of one transaction twice', async () => {
    const part = (at: string) => row('4862039175110101', '14000001', { amount: '-10000', at });
    expect(
      await faultsOf(projectFile([first, part('20261121100000'), part('20261121110000')], { total: 30_000 })),
    ).toEqual([]);
  });

  it('has right lines behind an empty line in its middle', async () => {
    const file = projectFile([first, row('1', '1', { status: 'XX' })]).replace('\nDTL|1', '\n\nDTL|1');
    expect(await faultsOf(file)).toContain('4 bad-status');
  });

  it('in an encoding of old is refused with the first line that tells it', async () => {
    const file = Buffer.from(projectFile([first, row('1', '1', { bank: 'Ngân hàng' })]), 'latin1');
    expect(await faultsOf(file)).toEqual(['3 encoding']);
  });

  it('lists a thousand faults and counts the others, with those of the whole file among them', async () => {
    const rows = Array.from({ length: 1500 }, (_, index) => row('1', String(index), { status: 'XX' }));
    const loaded = await load(projectFile(rows, { count: 7 }));
    if (loaded.kind === 'loaded') throw new Error('a file of faults was taken');
    expect(loaded.faults.length + loaded.unlisted).toBe(1501);
    expect(loaded.faults.filter(({ code }) => code === 'bad-status')).toHaveLength(1000);
    expect(loaded.faults[0]).toMatchObject({ line: 1, code: 'wrong-count' });
  });

  it('is told by its partner only where the account is known by codes', async () => {
    const file = projectFile([first], { partner: 'DVC-QN' });
    expect(await faultsOf(file, { gateway: 'onepay' })).toEqual([]);
    expect(await faultsOf(file)).toEqual(['1 other-partner']);
    expect(await faultsOf(projectFile([first], { partner: 'VNPAY' }))).toEqual([]);
    expect(await faultsOf(projectFile([first], { partner: 'MoMo' }), { gateway: 'onepay' })).toEqual([
      '1 other-partner',
    ]);
  });
});
