import type { BusinessDate, Instant, LookupCode } from '#schemas/ids.ts';
import type { ReceiptContent, ReceiptState, RuleProfile } from '#schemas/receipt.ts';
import type { FoundReceipt } from '#shared/domain/lookup-ports.ts';
import { maskName } from '#shared/domain/masked-name.ts';
import type { Payment } from '#shared/domain/payment.ts';

/** What the law calls a receipt by. */
export interface ReceiptIdentity {
  readonly template: string;
  readonly series: string;
  readonly number: number;
  readonly issuedOn: BusinessDate;
}

/** All that whoever has the code may know of a receipt (receipt rules §2.1): no address, account, phone or number of a person. */
export interface PublicReceipt extends ReceiptIdentity {
  readonly lookupCode: LookupCode;
  readonly profile: RuleProfile;
  readonly collector: {
    readonly name: string;
    readonly taxCode: string;
    /** For whom it collected, where it did so by delegation (NĐ 254/2026 art. 25). */
    readonly delegator?: { readonly name: string; readonly taxCode: string };
  };
  /** Masked. */
  readonly payer: string;
  readonly amountVnd: number;
  readonly state: ReceiptState;
  readonly replacedBy?: ReceiptIdentity;
  readonly replaces?: ReceiptIdentity & { readonly reason: string };
  /** Of the money by which this receipt, and others perhaps, was paid. */
  readonly refund: PublicRefund;
  /** The signature of the original, whose SHA-256 tells a genuine file from any other. */
  readonly signature?: { readonly signedAt: Instant; readonly xmlSha256: string };
}

/** `unknown`: the ledger has lost the payment, and says nothing in place of something false. */
export type PublicRefund =
  | { readonly extent: 'unknown' }
  | { readonly extent: 'none' | 'partial' | 'full'; readonly refundedVnd: number; readonly paidVnd: number };

export function publicReceiptOf(found: FoundReceipt): PublicReceipt {
  const { receipt, payment } = found;
  const { content, state, xml } = receipt;
  const { collector, payer, lookupCode, profile, totalVnd, replaces } = content;
  const successor = successorOf(found);
  return {
    ...identityOf(content),
    lookupCode,
    profile,
    collector: publicCollectorOf(collector),
    payer: maskName(payer.name),
    amountVnd: totalVnd,
    state,
    ...(successor === undefined ? {} : { replacedBy: successor }),
    ...(replaces === undefined ? {} : { replaces }),
    refund: refundOf(payment),
    ...(xml === undefined || state === 'awaiting-signature'
      ? {}
      : { signature: { signedAt: content.signingTime, xmlSha256: xml.sha256 } }),
  };
}

function publicCollectorOf({ name, taxCode, delegator }: ReceiptContent['collector']): PublicReceipt['collector'] {
  if (delegator === undefined) return { name, taxCode };
  return { name, taxCode, delegator: { name: delegator.name, taxCode: delegator.taxCode } };
}

function identityOf({ template, series, number, issuedOn }: ReceiptContent): ReceiptIdentity {
  return { template, series, number, issuedOn };
}

/** A receipt is replaced once, and its replacement names it. */
function successorOf({ receipt: { content }, siblings }: FoundReceipt): ReceiptIdentity | undefined {
  const { template, series, number } = content;
  const successor = siblings.find(({ content: { replaces } }) => {
    return replaces?.template === template && replaces.series === series && replaces.number === number;
  });
  return successor === undefined ? undefined : identityOf(successor.content);
}

function refundOf(payment: Payment | undefined): PublicRefund {
  if (payment === undefined) return { extent: 'unknown' };
  const { amountVnd, refundedVnd } = payment;
  const sums = { refundedVnd: refundedVnd ?? 0, paidVnd: amountVnd };
  if (refundedVnd === undefined || refundedVnd === 0) return { extent: 'none', ...sums };
  return { extent: refundedVnd < amountVnd ? 'partial' : 'full', ...sums };
}
