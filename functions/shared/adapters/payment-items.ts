import type { BusinessDate } from '#schemas/ids.ts';
import type { MoneyAddress } from '#shared/domain/assignment.ts';
import type { Charge } from '#shared/domain/charge.ts';
import type { SentConfirmation } from '#shared/domain/confirmation.ts';
import type { Correction, CorrectionName } from '#shared/domain/correction.ts';
import type { KeptMoney, Money, Payment, SuspendedMoney } from '#shared/domain/payment.ts';
import type { Receipt, ReceiptName } from '#shared/domain/receipt.ts';
import { isOpen, moneyBackOf, type Refund, type RefundName } from '#shared/domain/refund.ts';
import type { Series } from '#shared/domain/series.ts';

/**
 * The only file that knows how things lie in the table: keys and index attributes. The way back is in read-items.ts, with
 * the schemas that it needs, since a winning callback reads nothing (ADR 12).
 */
export type Item = Record<string, unknown>;
export interface Key extends Record<string, string> {
  pk: string;
  sk: string;
}

export const indexes = {
  chargesByDossier: 'charges-by-dossier',
  moneyByDay: 'money-by-day',
  paymentsDue: 'payments-due',
  receiptsByNumber: 'receipts-by-number',
  receiptsByLookup: 'receipts-by-lookup',
} as const;

/** The sweep asks each shard by itself, so that no single partition carries every payment that is due. */
export const dueShards = ['DUE#0', 'DUE#1', 'DUE#2', 'DUE#3', 'DUE#4', 'DUE#5', 'DUE#6', 'DUE#7'] as const;
const moneyShards = 4;
/** Money that waits for a person shares the sparse index of what is owed, in shards that the sweep never asks (ADR 14). */
export const openMoneyShards = ['OPEN-MONEY#0', 'OPEN-MONEY#1', 'OPEN-MONEY#2', 'OPEN-MONEY#3'] as const;
/** Refunds that wait for somebody, in the same index by the same reasoning; they are few enough for one shard. */
export const openRefundShard = 'OPEN-REFUNDS';
export const openCorrectionShard = 'OPEN-CORRECTIONS';

export const paymentPartition = (paymentId: string): string => `PAY#${paymentId}`;
export const paymentKey = (paymentId: string): Key => ({ pk: paymentPartition(paymentId), sk: 'PAYMENT' });
export const chargeKey = (charge: Charge): Key => ({
  pk: paymentPartition(charge.paymentId),
  sk: `CHARGE#${charge.chargeNumber}`,
});
export const receiptKey = (name: ReceiptName): Key => ({
  pk: paymentPartition(name.paymentId),
  sk: `RECEIPT#${name.chargeNumber}#${name.taxCode}#${name.kind}#${name.revision}`,
});
export const refundKey = (name: RefundName): Key => ({
  pk: paymentPartition(name.paymentId),
  sk: `REFUND#${name.refundId}`,
});
export const correctionKey = (name: CorrectionName): Key => ({
  pk: paymentPartition(name.paymentId),
  sk: `CORRECTION#${name.correctionId}`,
});
export const confirmationKey = (paymentId: string, eventId: string): Key => ({
  pk: paymentPartition(paymentId),
  sk: `EVENT#${eventId}`,
});
export const moneyKeyOf = (money: MoneyAddress & Pick<KeptMoney, 'paymentId'>): Key => ({
  pk: paymentPartition(money.paymentId),
  sk: `MONEY#${money.gateway}#${money.merchant}#${money.identity}`,
});
export const suspenseKey = (money: MoneyAddress): Key => ({
  pk: `SUSPENSE#${money.gateway}#${money.merchant}`,
  sk: money.identity,
});
export const requestKey = (client: string, reference: string): Key => ({
  pk: `REQUEST#${client}#${reference}`,
  sk: 'REQUEST',
});
export const claimKey = (dossierCode: string, debtId: string): Key => ({
  pk: `DEBT#${dossierCode}#${debtId}`,
  sk: 'CLAIM',
});
export const dossierKeyOf = (dossierCode: string): string => `DOSSIER#${dossierCode}`;
export const seriesPartition = (taxCode: string, template: string): string => `SERIES#${taxCode}#${template}`;
export const seriesKey = (series: Pick<Series, 'taxCode' | 'template' | 'series'>): Key => ({
  pk: seriesPartition(series.taxCode, series.template),
  sk: series.series,
});
/** Partition of the receipt register: a series of one collecting organisation. */
export const registerKey = (series: Pick<Series, 'taxCode' | 'template' | 'series'>): string =>
  `SERIES#${series.taxCode}#${series.template}#${series.series}`;

export function dueShardOf(paymentId: string): string {
  return `DUE#${Number(paymentId) % dueShards.length}`;
}

/** Index attributes of money: gateway, merchant and business day, spread over shards by what names the money. */
export function moneyIndexOf(money: Pick<Money, 'gateway' | 'merchant' | 'identity' | 'businessDate' | 'paidAt'>) {
  return {
    moneyDay: moneyDays(money, money.businessDate)[shardOf(money.identity)],
    moneyAt: `${money.paidAt}#${money.identity}`,
  };
}

/** Partitions of the money of an account and business day, one for each shard. */
export function moneyDays({ gateway, merchant }: Pick<Money, 'gateway' | 'merchant'>, day: BusinessDate): string[] {
  return Array.from({ length: moneyShards }, (_, shard) => `DAY#${gateway}#${merchant}#${day}#${shard}`);
}

/** Index attributes of money that waits for a person; whoever brings it to an end removes both. */
const openMoneyIndexOf = (money: KeptMoney | SuspendedMoney) => ({
  dueShard: openMoneyShards[shardOf(money.identity)],
  dueAt: money.keptAt,
});

function shardOf(identity: string): number {
  let sum = 0;
  for (const character of identity) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 65_521;
  return sum % moneyShards;
}

export function paymentItem(payment: Payment): Item {
  return {
    ...paymentKey(payment.paymentId),
    entity: 'payment',
    ...payment,
    ...(payment.dueAt === undefined ? {} : { dueShard: dueShardOf(payment.paymentId) }),
    ...(payment.settlement === undefined ? {} : moneyIndexOf(payment.settlement)),
  };
}

export function chargeItem(charge: Charge): Item {
  return { ...chargeKey(charge), entity: 'charge', dossierKey: dossierKeyOf(charge.dossierCode), ...charge };
}

/** One debt is claimed by one live payment. */
export function claimItem(paymentId: string, claim: Payment['claims'][number]): Item {
  return { ...claimKey(claim.dossierCode, claim.debtId), entity: 'claim', paymentId };
}

/** The caller's own reference, so that a repeated request finds the payment it made. */
export function requestItem({ client, reference, paymentId }: Payment, bodyDigest: string): Item {
  return { ...requestKey(client, reference), entity: 'request', paymentId, bodyDigest };
}

export function receiptItem(receipt: Receipt): Item {
  const { collector, template, series, number, lookupCode } = receipt.content;
  return {
    ...receiptKey(receipt),
    entity: 'receipt',
    seriesKey: registerKey({ taxCode: collector.taxCode, template, series }),
    receiptNumber: number,
    lookupCode,
    ...receipt,
  };
}

export function moneyItem(money: KeptMoney): Item {
  return { ...moneyKeyOf(money), entity: 'money', ...moneyIndexOf(money), ...openMoneyIndexOf(money), ...money };
}

export function suspenseItem(money: SuspendedMoney): Item {
  return { ...suspenseKey(money), entity: 'suspense', ...moneyIndexOf(money), ...openMoneyIndexOf(money), ...money };
}

export function refundItem(refund: Refund): Item {
  const open = isOpen(refund) ? { dueShard: openRefundShard, dueAt: refund.madeAt } : {};
  const moneyBack = moneyBackOf(refund);
  const done = moneyBack === undefined ? {} : moneyIndexOf({ ...refund, ...moneyBack });
  return { ...refundKey(refund), entity: 'refund', ...open, ...done, ...refund };
}

export function correctionItem(correction: Correction): Item {
  const index = correction.state === 'proposed' ? { dueShard: openCorrectionShard, dueAt: correction.madeAt } : {};
  return { ...correctionKey(correction), entity: 'correction', ...index, ...correction };
}

export function seriesItem(series: Series): Item {
  return { ...seriesKey(series), entity: 'series', ...series };
}

export function confirmationItem(confirmation: SentConfirmation): Item {
  return { ...confirmationKey(confirmation.paymentId, confirmation.event.id), entity: 'event', ...confirmation };
}
