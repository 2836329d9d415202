import * as z from 'zod/mini';
import { instantSchema, paymentIdSchema } from '#schemas/ids.ts';
import { type Suspense, suspenseSchema } from '#shared/domain/assignment.ts';
import { type Charge, chargeSchema } from '#shared/domain/charge.ts';
import { type SentConfirmation, sentConfirmationSchema } from '#shared/domain/confirmation.ts';
import { type Correction, correctionSchema } from '#shared/domain/correction.ts';
import type { OpenMoney } from '#shared/domain/open-money.ts';
import { type KeptMoney, keptMoneySchema, type Payment, paymentSchema } from '#shared/domain/payment.ts';
import type { DuePayment } from '#shared/domain/ports.ts';
import { type Receipt, receiptSchema } from '#shared/domain/receipt.ts';
import { type Refund, refundSchema } from '#shared/domain/refund.ts';
import { type Series, seriesSchema } from '#shared/domain/series.ts';
import type { Item } from './payment-items.ts';

/**
 * The way back from what `payment-items.ts` writes. What comes out of the table is parsed as strictly as what comes from
 * outside, so that a hand-made item is noticed at once.
 */
export function readPaymentItem(item: Item): Payment {
  const { pk, sk, entity, dueShard, moneyDay, moneyAt, ...payment } = item;
  return paymentSchema.parse(payment);
}

export function readReceiptItem(item: Item): Receipt {
  const { pk, sk, entity, seriesKey: register, receiptNumber, lookupCode, ...receipt } = item;
  return receiptSchema.parse(receipt);
}

export function readRefundItem(item: Item): Refund {
  const { pk, sk, entity, dueShard, dueAt, moneyDay, moneyAt, ...refund } = item;
  return refundSchema.parse(refund);
}

export function readCorrectionItem(item: Item): Correction {
  const { pk, sk, entity, dueShard, dueAt, ...correction } = item;
  return correctionSchema.parse(correction);
}

export function readSeriesItem(item: Item): Series {
  const { pk, sk, entity, ...series } = item;
  return seriesSchema.parse(series);
}

const requestItemSchema = z.object({ paymentId: paymentIdSchema, bodyDigest: z.string() });
export type RequestItem = z.infer<typeof requestItemSchema>;
export const readRequestItem = (item: Item): RequestItem => requestItemSchema.parse(item);

const claimItemSchema = z.object({ paymentId: paymentIdSchema });
export const readClaimItem = (item: Item): z.infer<typeof claimItemSchema> => claimItemSchema.parse(item);

const dueItemSchema = z.object({ paymentId: paymentIdSchema, dueAt: instantSchema });
/** A row of the index of payments that are due, of which only this much is asked for. */
export const readDueItem = (item: Item): DuePayment => dueItemSchema.parse(item);

export function readChargeItem(item: Item): Charge {
  const { pk, sk, entity, dossierKey, ...charge } = item;
  return chargeSchema.parse(charge);
}

export function readMoneyItem(item: Item): KeptMoney {
  const { pk, sk, entity, moneyDay, moneyAt, dueShard, dueAt, ...money } = item;
  return keptMoneySchema.parse(money);
}

export function readSuspenseItem(item: Item): Suspense {
  const { pk, sk, entity, moneyDay, moneyAt, dueShard, dueAt, ...money } = item;
  return suspenseSchema.parse(money);
}

/** A row of the index of what is owed, from a shard of open money. */
export function readOpenMoneyItem(item: Item): OpenMoney {
  return item['entity'] === 'money'
    ? { kind: 'kept', money: readMoneyItem(item) }
    : { kind: 'suspense', money: readSuspenseItem(item) };
}

export function readConfirmationItem(item: Item): SentConfirmation {
  const { pk, sk, entity, ...confirmation } = item;
  return sentConfirmationSchema.parse(confirmation);
}
