import { describe, expect, it } from '@jest/globals';
import { instantSchema } from '#schemas/ids.ts';
import type { PaymentRecord } from '#shared/domain/payment-record.ts';
import { freezeContent, numberedReceiptOf } from '#shared/domain/receipt-content.ts';
import { planReceipts, type ReceiptPlan } from '#shared/domain/receipt-plan.ts';
import { aFee, aPaidRecord } from '#test/support/paid-record.ts';
import { someNumberingFacts } from '#test/support/receipts.ts';

function planOf(record: PaymentRecord): ReceiptPlan {
  const [plan] = planReceipts(record);
  if (plan === undefined) throw new Error('no plan');
  return plan;
}

describe('the frozen content of a receipt', () => {
  it('holds everything that the law wants printed, and the facts of the payment', () => {
    const record = aPaidRecord([{ feeLines: [aFee(), aFee({ feeCode: 'QN-007', amountVnd: 15_000 })] }]);
    const { paymentId, settlement } = record.payment;

    expect(freezeContent(planOf(record), someNumberingFacts({ number: 123 }))).toEqual({
      profile: 'P3',
      template: 'EBL01',
      series: '26TAA',
      number: 123,
      issuedOn: '2026-11-23',
      kind: 'le-phi',
      collector: {
        unitCode: 'vpdkdd',
        name: 'Văn phòng Đăng ký đất đai tỉnh Quảng Ninh',
        taxCode: '5709990011',
        address: 'Số 1 đường Thử Nghiệm, phường Hồng Gai, tỉnh Quảng Ninh',
        phone: '0203 000 0011',
        account: '9990 0000 0011',
        bank: 'Ngân hàng Thử Nghiệm, chi nhánh Quảng Ninh',
        agencyCode: 'H49.14',
      },
      payer: { name: 'Nguyễn Văn An', address: 'Phường Hồng Gai, tỉnh Quảng Ninh' },
      lines: [
        expect.objectContaining({
          ordinal: 1,
          feeCode: 'QN-006',
          quantity: 1,
          unitPriceVnd: 28_000,
          amountVnd: 28_000,
        }),
        expect.objectContaining({
          ordinal: 2,
          feeCode: 'QN-007',
          quantity: 1,
          unitPriceVnd: 15_000,
          amountVnd: 15_000,
        }),
      ],
      totalVnd: 43_000,
      totalInWords: 'Bốn mươi ba nghìn đồng',
      method: 'Thanh toán trực tuyến',
      paymentId,
      gateway: 'vnpay',
      transactionId: settlement?.transactionId,
      paidAt: '2026-11-23T02:15:30.000Z',
      dossierCode: 'H49.14-261122-0001',
      procedureCode: '1.013831',
      lookupCode: '7KQ2M9XWPD4T',
      lookupUrl: 'https://edge.example.vn/r/7KQ2M9XWPD4T',
      signingTime: '2026-11-23T02:15:32.000Z',
      rendererVersion: '3',
    });
  });

  it('is dated by the Vietnamese day of its numbering, not by the day of the payment', () => {
    const record = aPaidRecord();
    const at = (instant: string) => ({ at: instantSchema.parse(instant) });
    const lastSecond = freezeContent(planOf(record), someNumberingFacts(at('2026-12-31T16:59:59.999Z')));
    const firstMoment = freezeContent(planOf(record), someNumberingFacts(at('2026-12-31T17:00:00.000Z')));

    expect([lastSecond.issuedOn, firstMoment.issuedOn]).toEqual(['2026-12-31', '2027-01-01']);
    expect(firstMoment.paidAt).toBe('2026-11-23T02:15:30.000Z');
  });

  it('is in Unicode NFC, however the registry or the catalogue was typed', () => {
    const decomposed = 'Lệ phí đăng ký'.normalize('NFD');
    const content = freezeContent(
      planOf(aPaidRecord([{ feeLines: [aFee({ name: decomposed })] }])),
      someNumberingFacts(),
    );

    expect(content.lines[0]?.name).toBe('Lệ phí đăng ký'.normalize('NFC'));
  });

  it('prints a unit price only where quantity times price is the amount', () => {
    const feeLines = [aFee({ quantity: 3, amountVnd: 30_000 }), aFee({ quantity: 3, amountVnd: 10_000 })];
    const content = freezeContent(planOf(aPaidRecord([{ feeLines }])), someNumberingFacts());

    expect(content.lines.map(({ unitPriceVnd }) => unitPriceVnd)).toEqual([10_000, undefined]);
  });

  it('keeps the payer’s tax code but no e-mail address', () => {
    const payer = { taxCode: '022099001234', email: 'an@example.vn' };
    const content = freezeContent(planOf(aPaidRecord([{ payer }])), someNumberingFacts());

    expect(content.payer.taxCode).toBe('022099001234');
    expect(JSON.stringify(content)).not.toContain('an@example.vn');
  });

  it('is refused when a text is too long to be printed', () => {
    const record = aPaidRecord([{ feeLines: [aFee({ name: 'x'.repeat(501) })] }]);

    expect(() => freezeContent(planOf(record), someNumberingFacts())).toThrow(/lines/);
  });

  it('makes a receipt that awaits its signature under the name of its charge, organisation and kind', () => {
    const record = aPaidRecord();

    expect(numberedReceiptOf(planOf(record), someNumberingFacts())).toMatchObject({
      paymentId: record.payment.paymentId,
      chargeNumber: '01',
      taxCode: '5709990011',
      kind: 'le-phi',
      revision: 0,
      state: 'awaiting-signature',
      numberedAt: '2026-11-23T02:15:32.000Z',
    });
  });
});
