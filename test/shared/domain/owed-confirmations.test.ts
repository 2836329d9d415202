import { describe, expect, it } from '@jest/globals';
import { type DossierConfirmation, dossierConfirmationSchema, eventTypes } from '#schemas/dossier-confirmation.ts';
import { BrokenInvariant } from '#shared/domain/failures.ts';
import { owedConfirmations } from '#shared/domain/owed-confirmations.ts';
import type { PaymentRecord } from '#shared/domain/payment-record.ts';
import { identityOf, type Receipt } from '#shared/domain/receipt.ts';
import {
  anExpiredRecord,
  anOpenRecord,
  aWaivedRecord,
  createdAt,
  expiredAt,
  settledAt,
  signedAt,
  withConfirmationsSent,
  withReceipts,
  withSignedReceipts,
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

/** The nth replacement of the record's only receipt, numbered right after it. */
function replacementIn({ receipts }: PaymentRecord, revision: number): Receipt {
  const [receipt] = receipts;
  if (receipt === undefined) throw new Error('no receipt');
  const { content } = receipt;
  const replaces = { ...identityOf(receipt), number: content.number + revision - 1, reason: 'Sai mã số thuế' };
  return { ...receipt, revision, content: { ...content, number: content.number + revision, replaces } };
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
    const event = only(withSignedReceipts(record));
    expect(event).toMatchObject({
      type: eventTypes.receiptIssued,
      time: signedAt,
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
          signed: true,
          xmlSha256: 'a'.repeat(64),
          pdfSha256: 'b'.repeat(64),
        },
      },
    });
  });

  it('call for a person where a receipt is signed but lacks a document', () => {
    expect(() => eventsOf(withSignedReceipts(aPaidRecord(), { xml: undefined }))).toThrow(BrokenInvariant);
  });

  it('wait for the signature of a receipt', () => {
    expect(typesOf(withReceipts(aPaidRecord()))).toEqual([eventTypes.paymentPaid]);
  });

  it('name both receipts where one was replaced, in places and with ids that no other event has', () => {
    const issued = withSignedReceipts(aPaidRecord());
    const revisionOf = (revision: number) => replacementIn(issued, revision);
    const chain = { ...issued, receipts: [...issued.receipts, revisionOf(1), revisionOf(2)] };
    const [, first, second, third] = eventsOf(chain);

    expect(first?.type).toBe(eventTypes.receiptIssued);
    expect(second).toMatchObject({
      type: eventTypes.receiptReplaced,
      data: {
        sequence: 50_102,
        receipt: { number: 2 },
        replaced: { series: '26TAA', number: 1, reason: 'Sai mã số thuế' },
      },
    });
    expect(third).toMatchObject({ data: { sequence: 60_102, receipt: { number: 3 }, replaced: { number: 2 } } });
    expect(new Set(eventsOf(chain).map(({ id }) => id)).size).toBe(4);
    // Told in any order, and alone, it is the same event.
    expect(eventsOf({ ...chain, receipts: [revisionOf(2)] }).at(-1)).toEqual(third);
    expect(dossierConfirmationSchema.parse(second)).toEqual(second);
  });

  it('call for a person where a later revision replaces nothing', () => {
    expect(() => eventsOf(withSignedReceipts(aPaidRecord(), { revision: 1 }))).toThrow(/replaces none/);
  });

  it('are owed for each charge, by its own dossier', () => {
    const record = aPaidRecord([{}, {}]);
    expect(eventsOf(record).map(({ subject }) => subject)).toEqual(
      record.charges.map(({ dossierCode }) => dossierCode),
    );
    expect(owedConfirmations(record).map(({ chargeNumber }) => chargeNumber)).toEqual(['01', '02']);
  });

  it('are owed no more once they are recorded as sent', () => {
    const record = withSignedReceipts(aPaidRecord([{}, {}]));
    expect(eventsOf(withConfirmationsSent(record))).toEqual([]);
  });

  it.each([
    ['paid, with receipts', withSignedReceipts(aPaidRecord([{}, {}]))],
    ['expired', anExpiredRecord([{}, {}])],
    ['waived', aWaivedRecord()],
  ])('keep the form that readers are promised: %s', (_, record) => {
    for (const event of eventsOf(record)) expect(dossierConfirmationSchema.parse(event)).toEqual(event);
  });

  it('carry nothing about the payer', () => {
    const payer = { name: 'Trần Thị Bích', address: 'Tổ 9', taxCode: '001086012345', email: 'bich@example.vn' };
    const text = JSON.stringify(eventsOf(withSignedReceipts(aPaidRecord([{ payer }]))));
    for (const personal of Object.values(payer)) expect(text).not.toContain(personal);
  });

  it('tell of no receipt whose money is not known: a restored table may have lost it', () => {
    const record = withSignedReceipts(aPaidRecord());
    expect(owedConfirmations({ ...record, payment: anOpenRecord().payment })).toEqual([]);
  });

  it('refuse to tell of a receipt that no fee line called for', () => {
    const record = withSignedReceipts(aPaidRecord());
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
    const sequences = sequencesOf(withSignedReceipts(record));
    expect(sequences).toHaveLength(45 + 45 + 90);
    expect(sequences).toEqual([...new Set(sequences)].toSorted((one, other) => one - other));
    expect(sequences.at(-1)).toBeLessThan(40_000);
  });

  it('puts money after the expiry that it overtook, and receipts after money', () => {
    const record = withSignedReceipts(aPaidRecord([{}], { expiredAt: '2026-11-23T02:15:00.000Z' }));
    expect(typesOf(record)).toEqual([eventTypes.paymentExpired, eventTypes.paymentPaid, eventTypes.receiptIssued]);
  });

  it('gives an event the same place and id whatever else is known by then', () => {
    const feeLines = [aFee(), aFee({ kind: 'phi' })];
    const whole = withSignedReceipts(aPaidRecord([{ feeLines }]));
    const [, , second] = eventsOf(whole);
    const late = { ...whole, receipts: whole.receipts.slice(1) };
    expect(eventsOf(withConfirmationsSent(late))).toEqual([]);
    expect(eventsOf(late).at(-1)).toEqual(second);
  });
});
