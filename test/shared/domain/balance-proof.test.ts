import { describe, expect, it } from '@jest/globals';
import type { DayFigures } from '#schemas/balance-proof.ts';
import { figuresOfNothing, proveBalance } from '#shared/domain/balance-proof.ts';

const of = (count: number, sum: number) => ({ count, sum });

/** 10 payments agree; 1 is missing here, 1 there; 1 has no receipt yet; 1 was refunded; 1 fell on the next day. */
const day: DayFigures = {
  statement: { payments: of(13, 1_300), refunds: of(1, 100) },
  ledger: {
    paid: of(12, 1_200),
    otherMoney: of(0, 0),
    suspense: of(0, 0),
    refunded: of(1, 100),
    receipted: of(11, 1_100),
    confirmed: of(10, 1_000),
    unconfirmed: of(2, 200),
  },
  classes: {
    KHOP: { count: 10, sum: 1_000, statementVnd: 1_000, ledgerVnd: 1_000, withoutReceiptVnd: 0 },
    THIEU_NOI_BO: { count: 1, sum: 100, statementVnd: 100, ledgerVnd: 0, withoutReceiptVnd: 0 },
    THIEU_DOI_TAC: { count: 1, sum: 100, statementVnd: 0, ledgerVnd: 100, withoutReceiptVnd: 0 },
    THIEU_BIEN_LAI: { count: 1, sum: 100, statementVnd: 100, ledgerVnd: 100, withoutReceiptVnd: 100 },
    HOAN: { count: 1, sum: -100, statementVnd: -100, ledgerVnd: -100, withoutReceiptVnd: 0 },
    LECH_NGAY: { count: 1, sum: 100, statementVnd: 100, ledgerVnd: 0, withoutReceiptVnd: 0 },
  },
  ignored: 3,
};

describe('the balance proof of a day', () => {
  it('names every đồng between the gateway, the ledger, the receipts and the confirmations', () => {
    const proof = proveBalance(day);
    expect(proof.holds).toBe(true);
    expect(proof.equations.map(({ name, differenceVnd, explainedBy }) => [name, differenceVnd, explainedBy])).toEqual([
      ['statement-consumed', 0, []],
      ['ledger-consumed', 0, []],
      [
        'collected',
        100,
        [
          { what: 'THIEU_NOI_BO', vnd: 100 },
          { what: 'THIEU_DOI_TAC', vnd: -100 },
          { what: 'LECH_NGAY', vnd: 100 },
        ],
      ],
      ['receipted', 100, [{ what: 'THIEU_BIEN_LAI', vnd: 100 }]],
      ['confirmed', 200, [{ what: 'chưa báo hệ thống hồ sơ', vnd: 200 }]],
    ]);
  });

  it('fails where a row was lost, or counted twice', () => {
    const lost = proveBalance({ ...day, statement: { ...day.statement, payments: of(14, 1_400) } });
    expect(lost.holds).toBe(false);
    expect(lost.equations.filter(({ holds }) => !holds)).toMatchObject([
      { name: 'statement-consumed', unexplainedVnd: 100 },
      { name: 'collected', unexplainedVnd: 100 },
    ]);
  });

  it('fails where money has neither receipt nor reason', () => {
    const { KHOP: _matched, ...others } = day.classes;
    expect(proveBalance({ ...day, ledger: { ...day.ledger, receipted: of(10, 1_000) } }).holds).toBe(false);
    expect(proveBalance({ ...day, classes: others }).holds).toBe(false);
  });

  it('goes on to the bank and to the treasury where their figures are there', () => {
    const bank = { creditedVnd: 1_180, feeVnd: 20 };
    const { equations, holds } = proveBalance({ ...day, bank, treasury: { paidInVnd: 900, keptVnd: 280 } });
    expect(equations.slice(-2)).toMatchObject([
      { name: 'banked', differenceVnd: 20, explainedBy: [{ what: 'phí của ngân hàng', vnd: 20 }], holds: true },
      { name: 'paid-in', differenceVnd: 280, holds: true },
    ]);
    expect(holds).toBe(true);
    expect(proveBalance({ ...day, bank: { ...bank, feeVnd: 0 } }).holds).toBe(false);
  });

  it('names what bank and treasury did otherwise than expected, and what earlier days have in it', () => {
    const bank = { creditedVnd: 1_500, feeVnd: 20, elsewhereVnd: 30, earlierVnd: 400, differenceVnd: -50 };
    const treasury = { paidInVnd: 1_000, keptVnd: 300, earlierVnd: 200, differenceVnd: -400 };

    const { equations, holds } = proveBalance({ ...day, bank, treasury });

    expect(holds).toBe(true);
    expect(equations.slice(-2).map(({ explainedBy }) => explainedBy)).toEqual([
      [
        { what: 'phí của ngân hàng', vnd: 20 },
        { what: 'SAI_TAI_KHOAN', vnd: 30 },
        { what: 'của các ngày trước, ghi có cùng ngày', vnd: -400 },
        { what: 'LECH_NGAN_HANG', vnd: 50 },
      ],
      [
        { what: 'phần phí được để lại', vnd: 300 },
        { what: 'của các ngày trước, nộp cùng ngày', vnd: -200 },
        { what: 'LECH_KHO_BAC', vnd: 400 },
      ],
    ]);
  });

  it('holds of a day on which nothing was paid', () => {
    expect(proveBalance(figuresOfNothing)).toMatchObject({ holds: true, equations: Array(5).fill({ leftVnd: 0 }) });
  });
});
