import type { ReconciliationClass } from '#schemas/reconciliation.ts';

/** When a row of the result is of a class: SQL over the two sides, `s` of the statement and `l` of the ledger. */
export interface ClassRule {
  readonly class: ReconciliationClass | null;
  readonly when: string;
}

const isBoth = '(s.row IS NOT NULL AND l.row IS NOT NULL)';
const hasMoney = '(coalesce(s.is_money, false) OR coalesce(l.is_money, false))';

/**
 * What a row turns out to be; the first rule that holds decides. `s.is_money` says that the gateway has the money,
 * `l.is_money` that we have, `s.row` and `l.row` that the side is there at all. `docs/reconciliation.md` tells them.
 */
export const classRules: readonly ClassRule[] = [
  // Failed and pending rows without money on either side explain themselves.
  { class: null, when: `NOT ${hasMoney} AND l.receipt IS NULL` },
  { class: 'BIEN_LAI_THUA', when: `NOT ${hasMoney}` },
  // Our row, on the statement of a neighbouring day: whatever else is wrong with it is told there.
  { class: 'LECH_NGAY', when: 's.row < 0' },
  // The neighbour's file lists the very same transaction.
  { class: 'LECH_NGAY', when: 's.is_repeat' },
  { class: 'HOAN', when: `s.kind = 'refund' OR l.kind = 'refund'` },
  { class: 'SAI_TAI_KHOAN', when: 's.is_money AND s.is_foreign' },
  { class: 'LECH_TRANG_THAI', when: `${isBoth} AND (s.is_money <> l.is_money OR l.state = 'suspense')` },
  { class: 'LECH_TIEN', when: `${isBoth} AND (s.amount <> l.amount OR l.state = 'wrong-amount')` },
  { class: 'TRUNG', when: `s.is_money AND (l.state = 'surplus' OR s.is_second)` },
  { class: 'THIEU_NOI_BO', when: 'l.row IS NULL' },
  { class: 'THIEU_DOI_TAC', when: 's.row IS NULL' },
  { class: 'THIEU_BIEN_LAI', when: 'l.receipt IS NULL' },
  { class: 'LECH_NGAY', when: 's.business_date <> l.business_date' },
];

/** `CASE` over all rules; what none of them names agrees in everything. */
export const classSql = [
  'CASE',
  ...classRules.map(
    ({ class: name, when }) => `WHEN coalesce(${when}, false) THEN ${name === null ? 'NULL' : `'${name}'`}`,
  ),
  `ELSE 'KHOP' END`,
].join('\n      ');
