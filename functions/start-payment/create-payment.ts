import type { PaymentId } from '#schemas/ids.ts';
import type { PaymentRequest } from '#schemas/payment-request.ts';
import { digestOfData } from '#shared/domain/canonical-json.ts';
import { BrokenInvariant } from '#shared/domain/failures.ts';
import type { LogNews } from '#shared/domain/log-catalogue.ts';
import type { PaymentRecord } from '#shared/domain/payment-record.ts';
import type { Clock, PaymentLedger } from '#shared/domain/ports.ts';
import { type FieldFault, type PlanContext, planPayment } from './plan-payment.ts';

export interface CreatePaymentNeeds extends Pick<PlanContext, 'units' | 'fees' | 'province'> {
  readonly ledger: PaymentLedger;
  readonly clock: Clock;
  readonly drawPaymentId: () => PaymentId;
  readonly logNews: LogNews;
}

export type CreatePaymentResult =
  | { readonly kind: 'created' | 'existing'; readonly record: PaymentRecord }
  | { readonly kind: 'faulty'; readonly faults: readonly FieldFault[] }
  /** The reference was used for a request with another body. */
  | { readonly kind: 'reference-conflict'; readonly paymentId: PaymentId }
  /** Another live payment claims one of the debts. */
  | {
      readonly kind: 'debt-claimed';
      readonly dossierCode: string;
      readonly debtId: string;
      readonly paymentId: PaymentId;
    };

/** Ids are drawn from eight million million: taking three taken ones in a row means that drawing is broken. */
const mostDraws = 3;

/**
 * Makes a payment, or returns the one that the same request made before. The reference is looked up first, so that a
 * request repeated after its `expiresAt` still finds its payment; the transaction decides between two at once.
 */
export async function createPayment(
  request: PaymentRequest,
  client: string,
  needs: CreatePaymentNeeds,
): Promise<CreatePaymentResult> {
  const digest = digestOf(request);
  const earlier = await needs.ledger.findByReference(client, request.reference);
  if (earlier !== undefined) return existing(earlier, digest, needs);
  for (let draws = 0; draws < mostDraws; draws += 1) {
    const plan = planPayment(request, { ...needs, client, paymentId: needs.drawPaymentId(), now: needs.clock() });
    if (!plan.ok) return { kind: 'faulty', faults: plan.faults };
    const answer = await needs.ledger.create(plan.payment, plan.charges, digest);
    switch (answer.kind) {
      case 'created': {
        const { paymentId, amountVnd } = plan.payment;
        needs.logNews('PAYMENT_CREATED', { paymentId, amountVnd, charges: plan.charges.length });
        return { kind: 'created', record: { ...plan, money: [], receipts: [], refunds: [], confirmations: [] } };
      }
      case 'reference-used':
        return existing(answer, digest, needs);
      case 'debt-claimed':
        return answer;
      case 'id-taken':
        continue;
    }
  }
  throw new BrokenInvariant(`${mostDraws} payment ids in a row were taken: is the source of randomness broken?`);
}

async function existing(
  earlier: { readonly paymentId: PaymentId; readonly bodyDigest: string },
  digest: string,
  needs: CreatePaymentNeeds,
): Promise<CreatePaymentResult> {
  if (earlier.bodyDigest !== digest) return { kind: 'reference-conflict', paymentId: earlier.paymentId };
  const record = await needs.ledger.readRecord(earlier.paymentId);
  if (record === undefined) {
    throw new BrokenInvariant(`payment ${earlier.paymentId} has a reference but no items: were they deleted by hand?`);
  }
  return { kind: 'existing', record };
}

/** Digest of what the request says, whatever the order of its keys and its white space. */
export function digestOf(request: PaymentRequest): string {
  return digestOfData(request);
}
