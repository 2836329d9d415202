import { describe, expect, it } from '@jest/globals';
import { type DossierConfirmation, dossierConfirmationSchema, eventTypes } from '#schemas/dossier-confirmation.ts';
import { BrokenInvariant } from '#shared/domain/failures.ts';
import { owedConfirmations } from '#shared/domain/owed-confirmations.ts';
import type { PaymentRecord } from '#shared/domain/payment-record.ts';
import {
  aDocument,
  anExpiredRecord,
  anOpenRecord,
  archivedAt,
  aWaivedRecord,
  createdAt,
  expiredAt,
  settledAt,
  withArchivedReceipts,
  withConfirmationsSent,
  withReceipts,
} from '#test/support/owing-records.ts';
import { aFee, aPaidRecord } from '#test/support/paid-record.ts';

const eventsOf = (record: PaymentRecord): DossierConfirmation[] => owedConfirmations(record).map(({ event }) => event);
const typesOf = (record: PaymentRecord) => eventsOf(record).map(({ type }) => type);
const sequencesOf = (record: PaymentRecord) => eventsOf(record).map(({ data }) => data.sequence);

function only(record: PaymentRecord): DossierConfirmation {
  const [event, ...more] = eventsOf(record);
  if (event === undefined || more.length > 0) throw new Error(`${more.length + 1} events`);
  return event;
}

describe('the confirmations that a payment owes', () => {
  it('are none while nothing has come of it', () => {
    expect(eventsOf(anOpenRecord())).toEqual([]);
    expect(eventsOf(anOpenRecord([{}], { state: 'cancelled' }))).toEqual([]);
  });

  it('say that it was paid, with everything about the money', () => {
    const record = aPaidRecord();
    const { payment } = record;
    expect(only(record)).toEqual({
      specversion: '1.0',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      source: '/bien-lai/payments',
      type: 'vn.bienlai.payment.paid.v1',
      subject: 'H49.14-261122-0001',
      time: settledAt,
      datacontenttype: 'application/json',
      data: {
        paymentId: payment.paymentId,
        reference: payment.reference,
        debtId: record.charges[0]?.debtId,
        chargeAmountVnd: 28_000,
        paymentAmountVnd: 28_000,
        sequence: 20_102,
        gateway: 'vnpay',
        transactionId: payment.settlement?.transactionId,
        gatewayRef: `${payment.paymentId}01`,
        paidAt: '2026-11-23T02:15:30.000Z',
        settledAt,
        businessDate: '2026-11-23',
      },
    });
  });

  it('say that it expired', () => {
    const event = only(anExpiredRecord());
    expect(event).toMatchObject({ type: eventTypes.paymentExpired, time: expiredAt, data: { expiredAt } });
  });

  it('say that there was nothing to pay', () => {
    const event = only(aWaivedRecord());
    expect(event).toMatchObject({
      type: eventTypes.nothingToPay,
      time: createdAt,
      data: { paymentAmountVnd: 0, waivedAt: createdAt },
    });
  });

  it('carry the legal identity of a receipt and the facts of its payment', () => {
    const record = withConfirmationsSent(aPaidRecord());
    const event = only(withArchivedReceipts(record));
    expect(event).toMatchObject({
      type: eventTypes.receiptIssued,
      time: archivedAt,
      data: {
        paymentId: record.payment.paymentId,
        settledAt,
        receipt: {
          template: 'EBL01',
          series: '26TAA',
          number: 1,
          issuedOn: '2026-11-23',
          kind: 'le-phi',
          collectorTaxCode: '5709990011',
          amountVnd: 28_000,
          lookupCode: '7KQ2M9XWPD4T',
          signed: false,
          pdfSha256: 'ab'.repeat(32),
        },
      },
    });
  });

  it('call a receipt signed once it is', () => {
    const record = withArchivedReceipts(withConfirmationsSent(aPaidRecord()), { state: 'signed' });
    expect(only(record)).toMatchObject({ data: { receipt: { signed: true } } });
  });

  it('wait for the document of a receipt, and leave a replacement to its own event', () => {
    expect(typesOf(withReceipts(aPaidRecord()))).toEqual([eventTypes.paymentPaid]);
    expect(typesOf(withReceipts(aPaidRecord(), { revision: 1, pdf: aDocument() }))).toEqual([eventTypes.paymentPaid]);
  });

  it('are owed for each charge, by its own dossier', () => {
    const record = aPaidRecord([{}, {}]);
    expect(eventsOf(record).map(({ subject }) => subject)).toEqual(
      record.charges.map(({ dossierCode }) => dossierCode),
    );
    expect(owedConfirmations(record).map(({ chargeNumber }) => chargeNumber)).toEqual(['01', '02']);
  });

  it('are owed no more once they are recorded as sent', () => {
    const record = withArchivedReceipts(aPaidRecord([{}, {}]));
    expect(eventsOf(withConfirmationsSent(record))).toEqual([]);
  });

  it.each([
    ['paid, with receipts', withArchivedReceipts(aPaidRecord([{}, {}]))],
    ['expired', anExpiredRecord([{}, {}])],
    ['waived', aWaivedRecord()],
  ])('keep the form that readers are promised: %s', (_, record) => {
    for (const event of eventsOf(record)) expect(dossierConfirmationSchema.parse(event)).toEqual(event);
  });

  it('carry nothing about the payer', () => {
    const payer = { name: 'Trần Thị Bích', address: 'Tổ 9', taxCode: '001086012345', email: 'bich@example.vn' };
    const text = JSON.stringify(eventsOf(withArchivedReceipts(aPaidRecord([{ payer }]))));
    for (const personal of Object.values(payer)) expect(text).not.toContain(personal);
  });

  it('refuse to tell of a receipt without money, or of one that no fee line called for', () => {
    const record = withArchivedReceipts(aPaidRecord());
    const unpaid = { ...record, payment: anOpenRecord().payment };
    expect(() => owedConfirmations(unpaid)).toThrow(BrokenInvariant);
    const other = aPaidRecord([{ feeLines: [aFee({ unitCode: 'hong-gai' })] }]);
    expect(() => owedConfirmations({ ...other, receipts: record.receipts })).toThrow(/no fee line/);
  });
});

describe('the sequence of a payment', () => {
  const basket = Array.from({ length: 45 }, () => ({
    feeLines: Array.from({ length: 50 }, () => [aFee(), aFee({ kind: 'phi' })]).flat(),
  }));

  it('grows strictly from event to event, in the largest basket too', () => {
    const record = aPaidRecord(basket, { expiredAt: '2026-11-23T02:15:00.000Z' });
    const sequences = sequencesOf(withArchivedReceipts(record));
    expect(sequences).toHaveLength(45 + 45 + 90);
    expect(sequences).toEqual([...new Set(sequences)].toSorted((one, other) => one - other));
    expect(sequences.at(-1)).toBeLessThan(40_000);
  });

  it('puts money after the expiry that it overtook, and receipts after money', () => {
    const record = withArchivedReceipts(aPaidRecord([{}], { expiredAt: '2026-11-23T02:15:00.000Z' }));
    expect(typesOf(record)).toEqual([eventTypes.paymentExpired, eventTypes.paymentPaid, eventTypes.receiptIssued]);
  });

  it('gives an event the same place and id whatever else is known by then', () => {
    const feeLines = [aFee(), aFee({ kind: 'phi' })];
    const whole = withArchivedReceipts(aPaidRecord([{ feeLines }]));
    const [, , second] = eventsOf(whole);
    const late = { ...whole, receipts: whole.receipts.slice(1) };
    expect(eventsOf(withConfirmationsSent(late))).toEqual([]);
    expect(eventsOf(late).at(-1)).toEqual(second);
  });
});
