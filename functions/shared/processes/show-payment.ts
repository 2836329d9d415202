import { attemptNumberSchema } from '#schemas/ids.ts';
import { amountVndSchema } from '#schemas/money.ts';
import type { AttemptView, PaymentView, ReceiptView } from '#schemas/payment-view.ts';
import type { Attempt } from '#shared/domain/payment.ts';
import type { PaymentRecord } from '#shared/domain/payment-record.ts';
import type { DocumentLinks } from '#shared/domain/ports.ts';
import type { ArchivedDocument, Receipt, ReceiptIdentity } from '#shared/domain/receipt.ts';
import type { Refund } from '#shared/domain/refund.ts';

const nothing = amountVndSchema.parse(0);

/** A payment as the dossier system sees it: no payer, no raw callback, documents by short-lived addresses. */
export async function showPayment(record: PaymentRecord, links: DocumentLinks): Promise<PaymentView> {
  const { payment, charges, money, receipts, refunds } = record;
  const { settlement } = payment;
  return {
    paymentId: payment.paymentId,
    reference: payment.reference,
    state: payment.state,
    amountVnd: payment.amountVnd,
    createdAt: payment.createdAt,
    expiresAt: payment.expiresAt,
    charges: charges.map(({ dossierCode, procedureCode, debtId, amountVnd }) => ({
      dossierCode,
      procedureCode,
      debtId,
      amountVnd,
    })),
    attempts: Object.entries(payment.attempts)
      .map(([number, attempt]) => showAttempt(number, attempt))
      .toSorted((a, b) => (a.attempt < b.attempt ? -1 : 1)),
    ...(settlement === undefined
      ? {}
      : {
          settlement: {
            gateway: settlement.gateway,
            transactionId: settlement.transactionId,
            paidAt: settlement.paidAt,
            settledAt: settlement.settledAt,
            businessDate: settlement.businessDate,
          },
        }),
    otherMoney: money.map(({ gateway, moneyClass, amountVnd, keptAt, refundedVnd = nothing }) => {
      return { gateway, moneyClass, amountVnd, keptAt, refundedVnd };
    }),
    refundedVnd: payment.refundedVnd ?? nothing,
    refunds: refunds.map(showRefund),
    receipts: await Promise.all(receipts.map((receipt) => showReceipt(receipt, links))),
  };
}

export function showAttempt(number: string, attempt: Attempt): AttemptView {
  const { gateway, merchant, gatewayRef, outcome, openedAt, expiresAt, redirectUrl, form, transfer, resultCode } =
    attempt;
  const shown = { gateway, merchant, gatewayRef, outcome, openedAt, expiresAt };
  return {
    attempt: attemptNumberSchema.parse(number),
    ...shown,
    ...(redirectUrl === undefined ? {} : { redirectUrl }),
    ...(form === undefined ? {} : { form }),
    ...(transfer === undefined ? {} : { transfer }),
    ...(resultCode === undefined ? {} : { resultCode }),
  };
}

/** How far a refund has come. Why it was asked for, by whom and where it goes is for finance staff. */
function showRefund({
  refundId,
  state,
  amountVnd,
  moneyClass,
  madeAt,
  endedAt,
}: Refund): PaymentView['refunds'][number] {
  return {
    refundId,
    state,
    amountVnd,
    money: moneyClass,
    requestedAt: madeAt,
    ...(state === 'refunded' && endedAt !== undefined ? { refundedAt: endedAt } : {}),
  };
}

export async function showReceipt(receipt: Receipt, links: DocumentLinks): Promise<ReceiptView> {
  const { template, series, number, kind, issuedOn, dossierCode, collector, totalVnd, lookupCode, replaces } =
    receipt.content;
  const shown = { template, series, number, kind, issuedOn, dossierCode, lookupCode };
  return {
    ...shown,
    state: receipt.state,
    collectorTaxCode: collector.taxCode,
    amountVnd: totalVnd,
    ...(receipt.signedAt === undefined ? {} : { signedAt: receipt.signedAt }),
    ...(receipt.xml === undefined ? {} : { xml: await showDocument(receipt.xml, links) }),
    ...(receipt.pdf === undefined ? {} : { pdf: await showDocument(receipt.pdf, links) }),
    ...(replaces === undefined ? {} : { replaces: showIdentity(replaces) }),
    ...(receipt.replacedBy === undefined ? {} : { replacedBy: showIdentity(receipt.replacedBy) }),
  };
}

/** Why it was replaced stands in the receipt itself. */
function showIdentity({ template, series, number, issuedOn }: ReceiptIdentity): ReceiptIdentity {
  return { template, series, number, issuedOn };
}

async function showDocument({ key, sha256 }: ArchivedDocument, links: DocumentLinks) {
  return { url: await links.linkTo(key), sha256 };
}
