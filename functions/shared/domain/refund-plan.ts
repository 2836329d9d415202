import { isDeepStrictEqual } from 'node:util';
import type { Instant } from '#schemas/ids.ts';
import type { RefundRequest } from '#schemas/refund.ts';
import type { StaffCode } from '#schemas/staff-code.ts';
import type { PaymentRecord } from './payment-record.ts';
import { mostRefunds, type Refund } from './refund.ts';
import { refundableMoney } from './refundable-money.ts';

/** Why nothing may be done; functions/refund-payment/explain-refusal.ts says it to people. */
export type RefundRefusal =
  | { readonly code: 'no-payment' | 'no-money' | 'id-taken' | 'too-many' }
  | { readonly code: 'exceeds'; readonly leftVnd: number }
  | { readonly code: 'no-refund' | 'same-person' | 'other-transfer' | 'day-ahead' }
  | { readonly code: 'wrong-state'; readonly state: Refund['state'] };

export type RefundPlan =
  | { readonly kind: 'new'; readonly refund: Refund }
  | { readonly kind: 'known'; readonly refund: Refund }
  | { readonly kind: 'refused'; readonly refusal: RefundRefusal };

/** What a request to pay back comes to. The ledger's condition holds the sum again, against everybody else's requests. */
export function planRefund(
  record: PaymentRecord | undefined,
  request: RefundRequest,
  maker: StaffCode,
  now: Instant,
): RefundPlan {
  if (record === undefined) return refused({ code: 'no-payment' });
  const { moneyKey, ...wanted } = request;
  const paid = refundableMoney(record).find(
    (money) => money.moneyKey === moneyKey || (moneyKey === undefined && money.moneyClass === 'settlement'),
  );
  if (paid === undefined) return refused({ code: 'no-money' });
  const facts = { ...wanted, moneyKey: paid.moneyKey, maker };
  const known = record.refunds.find(({ refundId }) => refundId === request.refundId);
  if (known !== undefined) {
    return isSameRequest(known, facts) ? { kind: 'known', refund: known } : refused({ code: 'id-taken' });
  }
  const leftVnd = paid.money.amountVnd - paid.reservedVnd;
  if (request.amountVnd > leftVnd) return refused({ code: 'exceeds', leftVnd });
  const ordinal = (record.payment.refundCount ?? 0) + 1;
  if (ordinal > mostRefunds) return refused({ code: 'too-many' });
  const { gateway, merchant, amountVnd: paidVnd } = paid.money;
  const origin = { gateway, merchant, paidVnd, moneyClass: paid.moneyClass };
  return {
    kind: 'new',
    refund: {
      ...facts,
      ...origin,
      ordinal,
      state: 'proposed',
      madeAt: now,
      history: [{ at: now, step: 'proposed', by: maker }],
      version: 1,
    },
  };
}

/** Whether a refund is what a request with its id asks for: everything that its maker gave. */
function isSameRequest(known: Refund, facts: Pick<Refund, keyof RefundRequest | 'maker'>): boolean {
  const given = ({ moneyKey, amountVnd, reason, decision, way, payee, maker }: typeof facts) => {
    return { moneyKey, amountVnd, reason, decision, way, payee, maker };
  };
  return isDeepStrictEqual(given(known), given(facts));
}

function refused(refusal: RefundRefusal): RefundPlan {
  return { kind: 'refused', refusal };
}
