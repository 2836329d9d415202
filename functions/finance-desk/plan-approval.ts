import type { Instant } from '#schemas/ids.ts';
import type { StaffCode } from '#schemas/staff-code.ts';
import {
  type Assigned,
  attemptOfMoney,
  type Destination,
  moneyInSuspense,
  type Proposal,
  type Suspense,
} from '#shared/domain/assignment.ts';
import { attemptRefOf } from '#shared/domain/attempt-ref.ts';
import { BrokenInvariant } from '#shared/domain/failures.ts';
import type { Approval, AssignmentEffect } from '#shared/domain/open-money-ports.ts';
import type { Payment } from '#shared/domain/payment.ts';
import { keptMoneyOf, settlementOf } from '#shared/processes/money-of-notice.ts';

/** A decision to approve: who, when, and in which words. */
export interface Decided {
  readonly checker: StaffCode;
  readonly reason: string | undefined;
  readonly at: Instant;
}

/** Everything that an approval writes: the end of the suspense, its line on the trail, and the money at its payment. */
export function planApproval(
  seen: Suspense,
  proposal: Proposal,
  target: { readonly payment: Payment; readonly destination: Destination },
  { checker, reason, at }: Decided,
): Approval {
  const { number, paymentId, maker } = proposal;
  const effect = effectOf(seen, target.payment, target.destination, at);
  const became: Assigned['became'] = effect.act === 'keep-money' ? effect.money.moneyClass : 'settlement';
  return {
    seen,
    effect,
    assigned: { state: 'assigned', number, paymentId, maker, checker, assignedAt: at, became },
    step: { did: 'approved', number, paymentId, by: checker, at, ...(reason === undefined ? {} : { reason }) },
  };
}

function effectOf(seen: Suspense, payment: Payment, destination: Destination, at: Instant): AssignmentEffect {
  const money = moneyInSuspense(seen);
  if (money === undefined) throw new BrokenInvariant('money without an amount was let through to an approval');
  const { paymentId, claims } = payment;
  if (destination.kind === 'kept') {
    // Since the day it first came: moving money must not make it look young.
    return { act: 'keep-money', money: keptMoneyOf(money, { paymentId }, destination.moneyClass, seen.keptAt) };
  }
  const { act, attempt: number } = destination;
  const attempt = attemptOfMoney(money, attemptRefOf(paymentId, number));
  return { act, claims, attempt, settlement: settlementOf(money, { attempt: number }, at) };
}
