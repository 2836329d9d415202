import { describe, expect, it } from '@jest/globals';
import type { PaymentRecord } from '#shared/domain/payment-record.ts';
import { planReceipts } from '#shared/domain/receipt-plan.ts';
import { aFee, aPaidRecord } from '#test/support/paid-record.ts';
import { aReceiptOf } from '#test/support/receipts.ts';

const summaryOf = (record: PaymentRecord) =>
  planReceipts(record).map(({ chargeNumber, unitCode, kind, feeLines }) => [
    chargeNumber,
    unitCode,
    kind,
    feeLines.map(({ feeCode }) => feeCode).join(' '),
  ]);

describe('the receipts that a paid payment needs', () => {
  it('are one for a payment of one fee', () => {
    expect(summaryOf(aPaidRecord())).toEqual([['01', 'vpdkdd', 'le-phi', 'QN-006']]);
  });

  it('are one for each charge, collecting unit and kind, with the lines in the order of the charge', () => {
    const feeLines = [
      aFee({ feeCode: 'A1' }),
      aFee({ feeCode: 'B1', unitCode: 'hong-gai' }),
      aFee({ feeCode: 'A2', kind: 'phi' }),
      aFee({ feeCode: 'A3' }),
    ];

    expect(summaryOf(aPaidRecord([{ feeLines }, {}]))).toEqual([
      ['01', 'vpdkdd', 'le-phi', 'A1 A3'],
      ['01', 'hong-gai', 'le-phi', 'B1'],
      ['01', 'vpdkdd', 'phi', 'A2'],
      ['02', 'vpdkdd', 'le-phi', 'QN-006'],
    ]);
  });

  it('leave out taxes, fees of other bodies and fees of 0 đồng', () => {
    const feeLines = [
      aFee({ feeCode: 'T1', kind: 'thue', receipt: 'CTU_NSNN' }),
      // A row that claims our receipt for a tax is refused by the catalogue; a hand-made item must not get through.
      aFee({ feeCode: 'T2', kind: 'thue' }),
      aFee({ feeCode: 'P1', receipt: 'none' }),
      aFee({ feeCode: 'P2', amountVnd: 0 }),
      aFee({ feeCode: 'P3' }),
    ];

    expect(summaryOf(aPaidRecord([{ feeLines }]))).toEqual([['01', 'vpdkdd', 'le-phi', 'P3']]);
  });

  it.each(['open', 'expired', 'cancelled', 'waived'])('are none while the payment is %s', (state) => {
    expect(summaryOf(aPaidRecord([{}], { state }))).toEqual([]);
  });

  it('are none for money that the gateway took back', () => {
    const history = { '01.paid': { at: '2026-11-23T02:15:31.000Z' }, '01.voided': { at: '2026-11-23T02:30:00.000Z' } };

    expect(summaryOf(aPaidRecord([{}], { history }))).toEqual([]);
  });

  it('are held by the reversal of the attempt that settled, not by that of another one', () => {
    const history = { '01.paid': { at: '2026-11-23T02:15:31.000Z' }, '02.voided': { at: '2026-11-23T02:30:00.000Z' } };

    expect(summaryOf(aPaidRecord([{}], { history }))).toHaveLength(1);
  });

  it('do not name those that exist, whatever has become of them', () => {
    const record = aPaidRecord([{ feeLines: [aFee(), aFee({ unitCode: 'hong-gai' })] }, {}]);
    const [first] = planReceipts(record);
    if (first === undefined) throw new Error('no plan');

    const receipts = [aReceiptOf(first, { state: 'replaced' }), aReceiptOf(first, { revision: 1 })];

    expect(summaryOf({ ...record, receipts })).toEqual([
      ['01', 'hong-gai', 'le-phi', 'QN-006'],
      ['02', 'vpdkdd', 'le-phi', 'QN-006'],
    ]);
  });

  it('do not grow when the unit’s tax code changes after its receipt was made', () => {
    const record = aPaidRecord();
    const receipts = planReceipts(record).map((plan) => aReceiptOf(plan, { taxCode: '5709990044' }));

    expect(summaryOf({ ...record, receipts })).toEqual([]);
  });

  it('cannot be told when a paid payment has no settlement', () => {
    expect(() => planReceipts(aPaidRecord([{}], { settlement: undefined }))).toThrow(/is paid but has no settlement/);
  });
});
