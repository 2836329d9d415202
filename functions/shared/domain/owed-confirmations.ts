import { type DossierConfirmation, type EventType, eventTypes } from '#schemas/dossier-confirmation.ts';
import type { ChargeNumber, Instant } from '#schemas/ids.ts';
import type { Charge } from './charge.ts';
import { eventIdOf } from './event-id.ts';
import { BrokenInvariant } from './failures.ts';
import type { Payment } from './payment.ts';
import type { PaymentRecord } from './payment-record.ts';
import type { Receipt } from './receipt.ts';
import type { Refund } from './refund.ts';
import { moneyOfRefund } from './refundable-money.ts';

export interface OwedConfirmation {
  readonly chargeNumber: ChargeNumber;
  readonly event: DossierConfirmation;
}

/** Confirmations that a payment's facts call for and that are not recorded as sent, in the order of their sequence. */
export function owedConfirmations(record: PaymentRecord): readonly OwedConfirmation[] {
  const sent = new Set(record.confirmations.map(({ event }) => event.id));
  return record.charges
    .flatMap((charge) => confirmationsOf(record, charge).map((event) => ({ chargeNumber: charge.chargeNumber, event })))
    .filter(({ event }) => !sent.has(event.id))
    .toSorted((one, other) => one.event.data.sequence - other.event.data.sequence);
}

/**
 * Where a type of event begins in the sequence of a payment. Places follow from the facts and not from a counter, so
 * that the same event has the same place whoever sends it, and whenever. The ends of a payment without money share
 * their thousands, since only one of them can come true; money may follow an expiry, receipts follow money. From
 * 40 000 on the places are free for what can happen in any order, such as replacements and refunds.
 */
const firstPlaces = {
  [eventTypes.paymentExpired]: 10_000,
  [eventTypes.nothingToPay]: 10_000,
  [eventTypes.paymentPaid]: 20_000,
  [eventTypes.receiptIssued]: 30_000,
  [eventTypes.paymentRefunded]: 40_000,
  // Of the first replacements; each further revision of a receipt has the next ten thousand.
  [eventTypes.receiptReplaced]: 50_000,
} as const satisfies Record<EventType, number>;

/** More than a charge has fee lines, and so receipts, or a payment has refunds: 45 charges stay within the ten thousand of a type. */
const placesPerCharge = 101;
const placesPerRevision = 10_000;

function confirmationsOf(record: PaymentRecord, charge: Charge): DossierConfirmation[] {
  const { payment, receipts, refunds } = record;
  return [
    ...(payment.expiredAt === undefined ? [] : [paymentExpired(payment, charge, payment.expiredAt)]),
    ...(payment.state === 'waived' ? [nothingToPay(payment, charge)] : []),
    ...(payment.settlement === undefined ? [] : [paymentPaid(payment, charge)]),
    ...receipts
      .filter(({ chargeNumber }) => chargeNumber === charge.chargeNumber)
      .flatMap((receipt) =>
        // A receipt may come back from the archive before the gateway tells of its money again (`npm run restore-check`).
        receipt.signedAt === undefined || payment.settlement === undefined
          ? []
          : [receiptSigned(payment, charge, receipt, receipt.signedAt)],
      ),
    ...refunds.filter(({ state }) => state === 'refunded').map((refund) => paymentRefunded(record, charge, refund)),
  ];
}

function paymentExpired(payment: Payment, charge: Charge, expiredAt: Instant): DossierConfirmation {
  const type = eventTypes.paymentExpired;
  return {
    ...envelopeOf(charge, type, expiredAt),
    type,
    data: { ...paymentFactsOf(payment, charge, type), expiredAt },
  };
}

/** A payment is waived at its creation, when all that it asks for comes to 0 đ. */
function nothingToPay(payment: Payment, charge: Charge): DossierConfirmation {
  const type = eventTypes.nothingToPay;
  const waivedAt = payment.createdAt;
  return {
    ...envelopeOf(charge, type, waivedAt),
    type,
    data: { ...paymentFactsOf(payment, charge, type), waivedAt },
  };
}

function paymentPaid(payment: Payment, charge: Charge): DossierConfirmation {
  const type = eventTypes.paymentPaid;
  const data = { ...paymentFactsOf(payment, charge, type), ...settledFactsOf(payment) };
  return { ...envelopeOf(charge, type, data.settledAt), type, data };
}

/** Sent when the receipt is signed: before, it has no value for the payer. A replacement says what it replaces. */
function receiptSigned(payment: Payment, charge: Charge, receipt: Receipt, signedAt: Instant): DossierConfirmation {
  const { revision, content } = receipt;
  const line = firstLineOf(receipt, charge);
  const dataOf = (type: EventType, ordinal: number) => ({
    ...paymentFactsOf(payment, charge, type, ordinal),
    ...settledFactsOf(payment),
    receipt: receiptFactsOf(receipt),
  });
  if (revision === 0) {
    const type = eventTypes.receiptIssued;
    return { ...envelopeOf(charge, type, signedAt, line), type, data: dataOf(type, line) };
  }
  const { replaces: replaced } = content;
  if (replaced === undefined) {
    throw new BrokenInvariant(
      `Receipt ${content.series} ${content.number} of payment ${payment.paymentId} is revision ${revision} but replaces none: was an item changed by hand?`,
    );
  }
  const type = eventTypes.receiptReplaced;
  const ordinal = (revision - 1) * placesPerRevision + line;
  return { ...envelopeOf(charge, type, signedAt, ordinal), type, data: { ...dataOf(type, ordinal), replaced } };
}

function receiptFactsOf({ content, xml, pdf, paymentId }: Receipt) {
  const { template, series, number, issuedOn, kind, collector, totalVnd, lookupCode, lookupUrl } = content;
  if (xml === undefined || pdf === undefined) {
    throw new BrokenInvariant(
      `Receipt ${series} ${number} of payment ${paymentId} is signed but lacks a document: was an item changed by hand?`,
    );
  }
  const identity = { template, series, number, issuedOn, kind, collectorTaxCode: collector.taxCode };
  const lookup = { lookupCode, lookupUrl };
  return { ...identity, amountVnd: totalVnd, ...lookup, signed: true, xmlSha256: xml.sha256, pdfSha256: pdf.sha256 };
}

/** Every charge of the payment hears of it: whose part of a basket went back is for people to say. */
function paymentRefunded(record: PaymentRecord, charge: Charge, refund: Refund): DossierConfirmation {
  const type = eventTypes.paymentRefunded;
  const { refundId, amountVnd, endedAt: refundedAt, extent, moneyClass, gateway, ordinal } = refund;
  const paid = moneyOfRefund(record, refund);
  if (paid === undefined || refundedAt === undefined || extent === undefined) {
    throw new BrokenInvariant(
      `Refund ${refundId} of payment ${refund.paymentId} is done, but its money, time or extent is missing: was an item changed by hand?`,
    );
  }
  const { transactionId } = paid.money;
  return {
    ...envelopeOf(charge, type, refundedAt, ordinal),
    type,
    data: {
      ...paymentFactsOf(record.payment, charge, type, ordinal),
      refund: { refundId, amountVnd, refundedAt, extent, money: moneyClass, gateway, transactionId },
    },
  };
}

/**
 * Which of the charge's fee lines is the receipt's first, from 1. A line stands on one receipt only and a charge never
 * changes, so this tells a charge's receipts apart whichever of them were numbered so far.
 */
function firstLineOf({ content, kind }: Receipt, charge: Charge): number {
  const line = charge.feeLines.findIndex((fee) => fee.unitCode === content.collector.unitCode && fee.kind === kind);
  if (line === -1) {
    throw new BrokenInvariant(
      `Receipt ${content.series} ${content.number} names a collector and kind that no fee line of charge ${charge.chargeNumber} of payment ${charge.paymentId} has: was the receipt written by hand?`,
    );
  }
  return line + 1;
}

function envelopeOf(charge: Charge, type: EventType, time: Instant, ordinal = 1) {
  const { paymentId, chargeNumber, dossierCode } = charge;
  return {
    specversion: '1.0',
    id: eventIdOf({ paymentId, chargeNumber, type, ordinal }),
    source: '/bien-lai/payments',
    subject: dossierCode,
    time,
    datacontenttype: 'application/json',
  } as const;
}

function paymentFactsOf(payment: Payment, charge: Charge, type: EventType, ordinal = 1) {
  return {
    paymentId: payment.paymentId,
    reference: payment.reference,
    debtId: charge.debtId,
    chargeAmountVnd: charge.amountVnd,
    paymentAmountVnd: payment.amountVnd,
    sequence: firstPlaces[type] + Number(charge.chargeNumber) * placesPerCharge + ordinal,
  };
}

function settledFactsOf({ paymentId, settlement, attempts }: Payment) {
  const gatewayRef = settlement === undefined ? undefined : attempts[settlement.attempt]?.gatewayRef;
  if (settlement === undefined || gatewayRef === undefined) {
    throw new BrokenInvariant(
      `Payment ${paymentId} has a receipt or money, but no settlement by one of its attempts: was an item changed by hand?`,
    );
  }
  const { gateway, transactionId, paidAt, settledAt, businessDate } = settlement;
  return { gateway, transactionId, gatewayRef, paidAt, settledAt, businessDate };
}
