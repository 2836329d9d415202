import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openTestEngine, reconcileSides, type SidesOfADay } from '#test/support/sides-of-a-day.ts';

let scene: Awaited<ReturnType<typeof openTestEngine>>;
beforeAll(async () => {
  scene = await openTestEngine();
});
afterAll(() => scene.close());

/** `class` of every listed row with the lines of its two sides, `KHOP 1` for what agrees, `-` where a side is missing. */
async function classesOf(sides: SidesOfADay): Promise<readonly string[]> {
  const { figures, rows } = await reconcileSides(scene, sides);
  const khop = figures.classes.KHOP?.count ?? 0;
  return [
    ...(khop > 0 ? [`KHOP ${khop}`] : []),
    ...rows.map((row) => `${row.class} ${row.statementLine ?? '-'} ${row.ledgerLine ?? '-'}`),
  ];
}

const none = { transactionId: '' };
const late = '2026-11-22 23:59:58';
const early = '2026-11-22 00:00:03';
const dayBefore = '2026-11-21 23:59:58';
const dayAfter = '2026-11-23 00:00:03';

type Case = readonly [says: string, sides: SidesOfADay, expected: readonly string[]];

/** One for each line of the table of docs/reconciliation.md. */
const cases: readonly Case[] = [
  ['both sides agree and the receipt exists', { statement: [{}], ledger: [{}] }, ['KHOP 1']],
  ['the ledger has the very same row twice', { statement: [{}], ledger: [{}, {}] }, ['KHOP 1', 'THIEU_DOI_TAC - 3']],
  ['the gateway has money that the ledger lacks', { statement: [{}], ledger: [] }, ['THIEU_NOI_BO 2 -']],
  ['the ledger has money that the gateway lacks', { statement: [], ledger: [{}] }, ['THIEU_DOI_TAC - 2']],
  ['the amounts differ', { statement: [{ amount: 28_001 }], ledger: [{}] }, ['LECH_TIEN 2 2']],
  [
    'the ledger itself says that the amount is wrong',
    { statement: [{}], ledger: [{ state: 'wrong-amount', receipt: '' }] },
    ['LECH_TIEN 2 2'],
  ],
  [
    'the gateway succeeded where the ledger failed',
    { statement: [{}], ledger: [{ state: 'failed', receipt: '' }] },
    ['LECH_TRANG_THAI 2 2'],
  ],
  [
    'the gateway succeeded where the ledger still waits, and knows no transaction',
    { statement: [{}], ledger: [{ ...none, state: 'open', receipt: '', at: '' }] },
    ['LECH_TRANG_THAI 2 2'],
  ],
  [
    'the gateway failed where the ledger is paid',
    { statement: [{ status: 'failed' }], ledger: [{}] },
    ['LECH_TRANG_THAI 2 2'],
  ],
  [
    'the gateway waits where the ledger is paid',
    { statement: [{ status: 'pending' }], ledger: [{}] },
    ['LECH_TRANG_THAI 2 2'],
  ],
  [
    'the ledger keeps the money in suspense',
    { statement: [{}], ledger: [{ state: 'suspense', receipt: '' }] },
    ['LECH_TRANG_THAI 2 2'],
  ],
  [
    'one request succeeded twice and the ledger has the first',
    { statement: [{}, { transactionId: 'T2', at: late }], ledger: [{}] },
    ['KHOP 1', 'TRUNG 3 -'],
  ],
  [
    'one request succeeded twice and the ledger has the second as paid',
    { statement: [{}, { transactionId: 'T2', at: late }], ledger: [{ transactionId: 'T2', at: late }] },
    ['KHOP 1', 'TRUNG 2 -'],
  ],
  [
    'one request succeeded twice and the ledger has both, the second as surplus',
    { statement: [{}, { transactionId: 'T2' }], ledger: [{}, { transactionId: 'T2', state: 'surplus', receipt: '' }] },
    ['KHOP 1', 'TRUNG 3 3'],
  ],
  [
    'one request succeeded twice and the ledger has both as paid',
    { statement: [{}, { transactionId: 'T2', at: late }], ledger: [{}, { transactionId: 'T2', at: late }] },
    ['KHOP 1', 'TRUNG 3 3'],
  ],
  [
    'one request succeeded twice and the ledger has neither',
    { statement: [{ at: late }, { transactionId: 'T2' }], ledger: [] },
    ['THIEU_NOI_BO 3 -', 'TRUNG 2 -'],
  ],
  [
    'one request succeeded again a day after the ledger was paid',
    { statement: [{ transactionId: 'T2' }], ledger: [{ at: dayBefore }] },
    ['TRUNG 2 -'],
  ],
  ['the receipt is missing', { statement: [{}], ledger: [{ receipt: '' }] }, ['THIEU_BIEN_LAI 2 2']],
  [
    'there is a receipt without money on either side',
    { statement: [], ledger: [{ ...none, state: 'expired', at: '' }] },
    ['BIEN_LAI_THUA - 2'],
  ],
  [
    'there is a receipt, and the gateway failed too',
    { statement: [{ status: 'failed' }], ledger: [{ state: 'failed' }] },
    ['BIEN_LAI_THUA 2 2'],
  ],
  [
    'a refund is on both sides',
    { statement: [{ kind: 'refund' }], ledger: [{ state: 'refunded', receipt: '' }] },
    ['HOAN 2 2'],
  ],
  ['a refund is on the statement only', { statement: [{ kind: 'refund' }], ledger: [] }, ['HOAN 2 -']],
  ['a refund is in the ledger only', { statement: [], ledger: [{ state: 'refunded' }] }, ['HOAN - 2']],
  [
    'the payment and its refund bear one transaction',
    { statement: [{}, { kind: 'refund', at: late }], ledger: [{}, { state: 'refunded', at: late }] },
    ['KHOP 1', 'HOAN 3 3'],
  ],
  [
    'the ledger has the payment as paid back and the statement as paid',
    { statement: [{}], ledger: [{ state: 'refunded' }] },
    ['HOAN 2 2'],
  ],
  [
    'the ledger has it on the day before',
    { statement: [{ at: early }], ledger: [{ at: dayBefore }] },
    ['LECH_NGAY 2 2'],
  ],
  ['the ledger has it on the day after', { statement: [{ at: late }], ledger: [{ at: dayAfter }] }, ['LECH_NGAY 2 2']],
  [
    'the statement has it on the day after',
    { statement: [], after: [{ at: dayAfter }], ledger: [{ at: late }] },
    ['LECH_NGAY - 2'],
  ],
  [
    'the money was credited to another account',
    { statement: [{ account: '999' }], ledger: [{}], accounts: ['101', '102'] },
    ['SAI_TAI_KHOAN 2 2'],
  ],
  [
    'money that we lack was credited to another account',
    { statement: [{ account: '999' }], ledger: [], accounts: ['101'] },
    ['SAI_TAI_KHOAN 2 -'],
  ],
  ['the account is ours', { statement: [{ account: '101' }], ledger: [{}], accounts: ['101'] }, ['KHOP 1']],
  ['nobody said which accounts are ours', { statement: [{ account: '999' }], ledger: [{}] }, ['KHOP 1']],
  [
    'neither side has money',
    {
      statement: [{ status: 'failed' }, { status: 'pending', reference: 'R2' }],
      ledger: [{ state: 'failed', receipt: '' }],
    },
    [],
  ],
];

describe('a day is classified', () => {
  it.each(cases)('when %s', async (_says, sides, expected) => {
    expect(await classesOf(sides)).toEqual(expected);
  });
});

describe('rows find each other', () => {
  it.each<Case>([
    [
      'by the transaction when the reference has another form',
      { statement: [{ reference: 'TT R1' }], ledger: [{}] },
      ['KHOP 1'],
    ],
    [
      'by the transaction when the statement repeats no reference',
      { statement: [{ reference: null }], ledger: [{}] },
      ['KHOP 1'],
    ],
    [
      'by the reference when the statement names no transaction',
      { statement: [{ transactionId: null }], ledger: [{}] },
      ['KHOP 1'],
    ],
    [
      'by the reference when the transactions have other forms',
      { statement: [{ transactionId: 'FT-1' }], ledger: [{}] },
      ['KHOP 1'],
    ],
    [
      'by reference and transaction before the transaction alone',
      {
        statement: [{ reference: 'R2' }, { reference: 'R1' }],
        ledger: [{ reference: 'R1' }, { reference: 'R2' }],
      },
      ['KHOP 2'],
    ],
    [
      'by the amount first where a reference stands twice',
      {
        statement: [{ transactionId: 'A', amount: 5 }, { transactionId: 'B' }],
        ledger: [{ transactionId: 'C' }],
      },
      ['KHOP 1', 'TRUNG 2 -'],
    ],
    [
      'only once, however often the ledger repeats a row',
      { statement: [{}], ledger: [{}, {}] },
      ['KHOP 1', 'THIEU_DOI_TAC - 3'],
    ],
    [
      'only once, in the file of their own day, when the file of the day before lists them too',
      { statement: [{}], before: [{}], ledger: [{}] },
      ['KHOP 1'],
    ],
    [
      'only once, so that what the file of their own day lists is not counted again',
      { statement: [{ at: dayBefore }], before: [{ at: dayBefore }], ledger: [{ at: dayBefore }] },
      ['LECH_NGAY 2 -'],
    ],
    [
      'a failed attempt beside the success of its request',
      { statement: [{ transactionId: 'T0', status: 'failed' }, {}], ledger: [{}] },
      ['KHOP 1'],
    ],
    [
      'on the days of neighbours without being told',
      {
        statement: [],
        before: [{ at: dayBefore }],
        after: [{ reference: 'R2', transactionId: 'T2', at: dayAfter }],
        ledger: [{ at: dayBefore }, { reference: 'R3', transactionId: 'T3', at: dayAfter }],
      },
      [],
    ],
  ])('%s', async (_says, sides, expected) => {
    expect(await classesOf(sides)).toEqual(expected);
  });

  it('also when thousands of rows bear one reference', async () => {
    const many = Array.from({ length: 100 }, (_, index) => ({ reference: 'X', transactionId: `T${index}` }));
    const { figures } = await reconcileSides(scene, { statement: many, ledger: many.slice(1) });
    expect(figures.classes).toMatchObject({ KHOP: { count: 1 }, TRUNG: { count: 99 } });
  });
});

describe('what a day comes to', () => {
  it('counts every đồng of either side once', async () => {
    const { figures } = await reconcileSides(scene, {
      statement: [
        {},
        { reference: 'R2', transactionId: 'T2', amount: 7 },
        { reference: 'R3', transactionId: 'T3', kind: 'refund', amount: 5 },
        { reference: 'R4', transactionId: 'T4', status: 'failed' },
      ],
      ledger: [
        {},
        { reference: 'R2', transactionId: 'T2', amount: 9 },
        { reference: 'R3', transactionId: 'T3', state: 'refunded', amount: 5, receipt: '' },
        { reference: 'R5', transactionId: 'T5', amount: 3, receipt: '' },
      ],
    });
    expect(figures).toEqual({
      statement: { payments: { count: 2, sum: 28_007 }, refunds: { count: 1, sum: 5 } },
      classes: {
        KHOP: { count: 1, sum: 28_000, statementVnd: 28_000, ledgerVnd: 28_000, withoutReceiptVnd: 0 },
        LECH_TIEN: { count: 1, sum: 7, statementVnd: 7, ledgerVnd: 9, withoutReceiptVnd: 0 },
        THIEU_DOI_TAC: { count: 1, sum: 3, statementVnd: 0, ledgerVnd: 3, withoutReceiptVnd: 3 },
        HOAN: { count: 1, sum: 5, statementVnd: -5, ledgerVnd: -5, withoutReceiptVnd: 0 },
      },
      ignored: 1,
    });
  });

  it('books a row on the neighbouring day with the side that is of this day', async () => {
    const { figures } = await reconcileSides(scene, {
      statement: [{ at: early }],
      after: [{ reference: 'R2', transactionId: 'T2', at: dayAfter }],
      ledger: [{ at: dayBefore }, { reference: 'R2', transactionId: 'T2', at: late }],
    });
    expect(figures.classes.LECH_NGAY).toEqual({
      count: 2,
      sum: 56_000,
      statementVnd: 28_000,
      ledgerVnd: 28_000,
      withoutReceiptVnd: 0,
    });
  });

  it('adds sums beyond 32 bits without losing a đồng', async () => {
    const rows = Array.from({ length: 9 }, (_, index) => ({
      reference: `R${index}`,
      transactionId: `T${index}`,
      amount: 999_999_999_999,
    }));
    const { figures } = await reconcileSides(scene, { statement: rows, ledger: rows });
    expect(figures.classes.KHOP?.sum).toBe(8_999_999_999_991);
  });
});

describe('a suggestion', () => {
  const transfer = { reference: 'nop phi H4914.261122.0007 cam on', transactionId: 'FT9' };
  const owed = { reference: '1000000000000011', transactionId: '', state: 'open', receipt: '', at: '' };
  const suggestionOf = async (sides: SidesOfADay) => (await reconcileSides(scene, sides)).rows[0]?.suggestion;

  it('lays a transfer beside the payment of the dossier that its text names', async () => {
    const ledger = [{ ...owed, dossier: 'H49.14-261122-0007' }];
    expect(await suggestionOf({ statement: [transfer], ledger })).toBe(owed.reference);
  });

  it('says nothing when the amounts differ, or when two payments may be meant', async () => {
    const named = { ...owed, dossier: 'H49.14-261122-0007' };
    expect(await suggestionOf({ statement: [transfer], ledger: [{ ...named, amount: 5 }] })).toBeNull();
    const twice = [named, { ...named, reference: '1000000000000022' }];
    expect(await suggestionOf({ statement: [transfer], ledger: twice })).toBeNull();
  });
});
