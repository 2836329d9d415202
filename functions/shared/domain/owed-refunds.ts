import type { Instant } from '#schemas/ids.ts';
import type { RefundId } from '#schemas/refund.ts';
import { instantAfter } from './calendar.ts';
import type { PaymentRecord } from './payment-record.ts';
import { isOpen, type Refund, waitingSince } from './refund.ts';
import { silenceOfRefund } from './refund-steps.ts';

/** A refund that is not at an end. */
export interface RefundDebt {
  readonly kind: 'refund';
  readonly refundId: RefundId;
  /** `ordering`: nothing was said to the gateway yet; `gateway`: it has to say what it did; `person`: nobody but a person helps. */
  readonly awaits: 'ordering' | 'gateway' | 'person';
  readonly since: Instant;
  readonly exception: boolean;
}

const day = 24 * 60 * 60_000;
/** What the system itself can do is stuck after a day. People and gateways are given over a weekend. */
const patience = { ordering: day, gateway: silenceOfRefund, person: 3 * day } as const;

export function refundDebts({ refunds }: PaymentRecord, now: Instant): readonly RefundDebt[] {
  return refunds.filter(isOpen).map((refund) => {
    const awaits = awaitedBy(refund);
    const since = waitingSince(refund);
    // What failed has nobody who waits for it: a person must hear of it now.
    const exception = refund.state === 'failed' || now >= endOfPatience({ awaits, since });
    return { kind: 'refund', refundId: refund.refundId, awaits, since, exception };
  });
}

function awaitedBy({ state }: Refund): RefundDebt['awaits'] {
  if (state === 'approved') return 'ordering';
  return state === 'requested' ? 'gateway' : 'person';
}

/** When a refund that waits becomes an exception: nothing but time changes it before. */
export function endOfPatience({ awaits, since }: Pick<RefundDebt, 'awaits' | 'since'>): Instant {
  return instantAfter(since, patience[awaits]);
}
