import { attemptNumberSchema, type Instant, instantSchema } from '#schemas/ids.ts';
import { type OwedConfirmation, owedConfirmations } from '#shared/domain/owed-confirmations.ts';
import { type Attempt, attemptSchema } from '#shared/domain/payment.ts';
import type { PaymentRecord } from '#shared/domain/payment-record.ts';
import type { Receipt } from '#shared/domain/receipt.ts';
import type { NumberingFacts } from '#shared/domain/receipt-content.ts';
import { planReceipts } from '#shared/domain/receipt-plan.ts';
import { aFee, aPaidRecord, type ChargeDraft } from './paid-record.ts';
import { aReceiptOf } from './receipts.ts';

/** When the builders' payments were created, were paid, expire at the latest, and expire in fact, and when their receipts are signed. */
export const createdAt = instantSchema.parse('2026-11-23T02:00:00.000Z');
export const settledAt = instantSchema.parse('2026-11-23T02:15:31.000Z');
export const expiresAt = instantSchema.parse('2026-11-26T02:00:00.000Z');
export const expiredAt = instantSchema.parse('2026-11-26T02:00:20.000Z');
export const signedAt = instantSchema.parse('2026-11-23T02:15:33.000Z');

/** Neither paid nor tried yet; `change` replaces fields of the payment. */
export function anOpenRecord(drafts?: readonly ChargeDraft[], change: object = {}): PaymentRecord {
  return aPaidRecord(drafts, {
    state: 'open',
    settlement: undefined,
    attempts: {},
    dueAt: expiresAt,
    history: { open: { at: createdAt } },
    version: 1,
    ...change,
  });
}

export function anExpiredRecord(drafts?: readonly ChargeDraft[], change: object = {}): PaymentRecord {
  return anOpenRecord(drafts, { state: 'expired', expiredAt, dueAt: expiredAt, ...change });
}

/** All that it asks for comes to 0 đ. */
export function aWaivedRecord(): PaymentRecord {
  return anOpenRecord([{ feeLines: [aFee({ amountVnd: 0 })] }], { state: 'waived', dueAt: createdAt });
}

/** Opened at creation at VNPAY, to be paid within a quarter of an hour, and never heard of again. */
export function anAttempt(change: object = {}): Attempt {
  return attemptSchema.parse({
    gateway: 'vnpay',
    merchant: 'ttpvhcc',
    gatewayRef: 'opaque',
    requestId: 'opaque',
    openedAt: createdAt,
    expiresAt: '2026-11-23T02:15:00.000Z',
    outcome: 'started',
    ...change,
  });
}

/** The record with one more attempt. */
export function withAttempt(record: PaymentRecord, number: string, change: object = {}): PaymentRecord {
  const { payment } = record;
  const attempts = { ...payment.attempts, [attemptNumberSchema.parse(number)]: anAttempt(change) };
  return { ...record, payment: { ...payment, attempts } };
}

/** The record with all its receipts numbered, by the usual facts or others. */
export function withReceipts(
  record: PaymentRecord,
  change: object = {},
  facts: Partial<NumberingFacts> = {},
): PaymentRecord {
  const receipts = planReceipts(record).map((plan) => aReceiptOf(plan, change, facts));
  return { ...record, receipts: [...record.receipts, ...receipts] };
}

/** The record with all its receipts numbered and signed. */
export function withSignedReceipts(record: PaymentRecord, change: object = {}): PaymentRecord {
  return withReceipts(record, { ...signedFacts, ...change });
}

const aDocument = (extension: 'xml' | 'pdf', digit: string): NonNullable<Receipt['pdf']> => ({
  key: `5709990011/EBL01/26TAA/00000001.${extension}`,
  sha256: digit.repeat(64),
  bytes: 20_480,
  archivedAt: signedAt,
});

/** What a receipt gets when it is signed. */
export const signedFacts = {
  state: 'signed',
  xml: aDocument('xml', 'a'),
  pdf: aDocument('pdf', 'b'),
  signedAt,
} as const;

/** The record once everything that it owes to the dossier system is said. */
export function withConfirmationsSent(record: PaymentRecord, sentAt: Instant = signedAt): PaymentRecord {
  const { paymentId } = record.payment;
  const sent = owedConfirmations(record).map((owed: OwedConfirmation) => ({ ...owed, paymentId, sentAt }));
  return { ...record, confirmations: [...record.confirmations, ...sent] };
}
