import type { Instant } from '#schemas/ids.ts';
import type { OpenMoneyView } from '#schemas/open-money.ts';
import type { Suspense } from './assignment.ts';
import { businessDateOf } from './calendar.ts';
import type { KeptMoney } from './payment.ts';

/** Real money that settles nothing and waits for a person: beside its payment, or in suspense. */
export type OpenMoney =
  | { readonly kind: 'kept'; readonly money: KeptMoney }
  | { readonly kind: 'suspense'; readonly money: Suspense };

const dayMs = 86_400_000;

/** Whole calendar days in Vietnam between two instants: what came yesterday evening is one day old. */
export function calendarDaysBetween(from: Instant, to: Instant): number {
  return Math.round((Date.parse(businessDateOf(to)) - Date.parse(businessDateOf(from))) / dayMs);
}

/** Nothing for money that is at an end, which an index may still show for a moment. */
export function lineOf(open: OpenMoney, now: Instant): OpenMoneyView | undefined {
  return open.kind === 'kept' ? lineOfKept(open.money, now) : lineOfSuspense(open.money, now);
}

function lineOfKept(money: KeptMoney, now: Instant): OpenMoneyView | undefined {
  const { moneyClass, paymentId, amountVnd, refundReservedVnd = 0, refundedVnd = 0 } = money;
  if (refundedVnd >= amountVnd) return undefined;
  const state = refundReservedVnd > refundedVnd ? 'refunding' : 'open';
  return { ...factsOf(money, now), moneyClass, state, refundedVnd, paymentId, proposal: undefined };
}

function lineOfSuspense(money: Suspense, now: Instant): OpenMoneyView | undefined {
  const { suspenseClass: moneyClass, assignment } = money;
  const facts = { ...factsOf(money, now), moneyClass, refundedVnd: 0 };
  if (assignment === undefined) return { ...facts, state: 'open', paymentId: undefined, proposal: undefined };
  if (assignment.state === 'assigned') return undefined;
  const { paymentId, number, maker, reason } = assignment;
  return { ...facts, state: 'proposed', paymentId, proposal: { number, maker, reason } };
}

function factsOf(money: KeptMoney | Suspense, now: Instant) {
  const { gateway, merchant, identity, transactionId, gatewayRef } = money;
  const { owner, amountVnd, resultCode, businessDate, keptAt } = money;
  const ageDays = calendarDaysBetween(keptAt, now);
  return {
    gateway,
    merchant,
    identity,
    transactionId,
    gatewayRef,
    owner,
    amountVnd,
    resultCode,
    businessDate,
    keptAt,
    ageDays,
  };
}
