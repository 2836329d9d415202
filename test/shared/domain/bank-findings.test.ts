import { describe, expect, it } from '@jest/globals';
import { bankFindingsOf } from '#shared/domain/bank-findings.ts';
import { differenceOf } from '#shared/domain/found-exceptions.ts';
import { digestNamed } from '#test/support/reconciliation-scene.ts';

const evidence = { bank: digestNamed('bank'), treasury: digestNamed('pay-in') };

describe('what went on otherwise than expected', () => {
  it('is one finding for each level, with the file that shows it', () => {
    const bank = { creditedVnd: 90, feeVnd: 0, differenceVnd: -10 };
    const treasury = { paidInVnd: 95, keptVnd: 0, differenceVnd: 5 };

    const findings = bankFindingsOf({ bank, treasury }, evidence);

    expect(findings).toMatchObject([
      { class: 'LECH_NGAN_HANG', statement: { amountVnd: 90 }, ledger: { amountVnd: 100 }, file: evidence.bank },
      { class: 'LECH_KHO_BAC', statement: { amountVnd: 95 }, ledger: { amountVnd: 90 }, file: evidence.treasury },
    ]);
    expect(findings.map(differenceOf)).toEqual([-10, 5]);
  });

  it('is nothing when all went as expected, or when nothing was compared', () => {
    expect(bankFindingsOf({ bank: { creditedVnd: 90, feeVnd: 0, differenceVnd: 0 } }, evidence)).toEqual([]);
    expect(bankFindingsOf({}, evidence)).toEqual([]);
  });

  it.each([
    ['the bank took back more than was refunded', -150, -50],
    ['the bank credited although money was to go back', 50, 150],
    ['the bank took money back that was due', -20, -30],
  ])('keeps its sign when %s', (_what, creditedVnd, differenceVnd) => {
    const [finding] = bankFindingsOf({ bank: { creditedVnd, feeVnd: 0, differenceVnd } }, evidence);
    expect(finding === undefined ? undefined : differenceOf(finding)).toBe(differenceVnd);
  });
});
