import * as z from 'zod/mini';
import { type AttemptNumber, attemptNumberSchema, instantSchema, paymentIdSchema } from '#schemas/ids.ts';
import { proposalNumberSchema } from '#schemas/open-money.ts';
import type { PaymentNotice } from '#schemas/payment-notice.ts';
import { type StaffCode, staffCodeSchema, staffReasonSchema } from '#schemas/staff-code.ts';
import { type Merchant, merchantFor } from './merchant.ts';
import { type Attempt, type Money, suspendedMoneySchema } from './payment.ts';
import type { PaymentRecord } from './payment-record.ts';
import { decide, type MoneyClass, moneyKey, orderViewOf } from './settlement.ts';

const proposalSchema = z.strictObject({
  state: z.literal('proposed'),
  number: proposalNumberSchema,
  paymentId: paymentIdSchema,
  maker: staffCodeSchema,
  reason: staffReasonSchema,
  proposedAt: instantSchema,
});
export type Proposal = z.infer<typeof proposalSchema>;

const assignedSchema = z.strictObject({
  state: z.literal('assigned'),
  number: proposalNumberSchema,
  paymentId: paymentIdSchema,
  maker: staffCodeSchema,
  checker: staffCodeSchema,
  assignedAt: instantSchema,
  /** What the money is now at its payment: its settlement, or other money of a class. */
  became: z.enum(['settlement', 'wrong-amount', 'surplus', 'after-cancel', 'claim-held-elsewhere']),
});
export type Assigned = z.infer<typeof assignedSchema>;

const stepSchema = z.strictObject({
  did: z.enum(['proposed', 'rejected', 'approved']),
  number: proposalNumberSchema,
  paymentId: paymentIdSchema,
  by: staffCodeSchema,
  at: instantSchema,
  reason: z.optional(staffReasonSchema),
});
export type AssignmentStep = z.infer<typeof stepSchema>;

/** Money in suspense with what people did about it; a callback writes it without any of that. */
export const suspenseSchema = z.extend(suspendedMoneySchema, {
  /** Absent while the money is open. */
  assignment: z.optional(z.discriminatedUnion('state', [proposalSchema, assignedSchema])),
  /** Every step that was ever taken, never changed. */
  trail: z._default(z.array(stepSchema), []),
  /** Counts the steps: each is taken on what its author had read. */
  revision: z._default(z.int().check(z.minimum(0)), 0),
});
export type Suspense = z.infer<typeof suspenseSchema>;

/** Names one payment of money among what is open. */
export type MoneyAddress = Pick<Money, 'gateway' | 'merchant' | 'identity'>;

/** Where assigned money goes: it settles the payment by an attempt of its own, or is kept beside it. */
export type Destination =
  | { readonly kind: 'settles'; readonly act: 'settle' | 'reclaim'; readonly attempt: AttemptNumber }
  | { readonly kind: 'kept'; readonly moneyClass: MoneyClass };

/** Why an assignment is refused; functions/finance-desk/explain-refusal.ts says it to people. */
export type RefusalCode =
  | 'money-unknown'
  | 'payment-unknown'
  | 'amount-unknown'
  | 'foreign-account'
  | 'other-account'
  | 'already-there'
  | 'too-many-attempts'
  | 'already-assigned'
  | 'already-proposed'
  | 'too-many-proposals'
  | 'not-proposed'
  | 'other-proposal'
  | 'same-person';

export interface Refusal {
  readonly kind: 'refused';
  readonly code: RefusalCode;
}
export const refused = (code: RefusalCode): Refusal => ({ kind: 'refused', code });

/** The money of a suspense item; nothing when its message left the amount unreadable. */
export function moneyInSuspense(suspense: Suspense): Money | undefined {
  const { suspenseClass, owner, keptAt, assignment, trail, revision, amountVnd, ...facts } = suspense;
  return amountVnd === null ? undefined : { ...facts, amountVnd };
}

/** The attempt that stands for money which came without one: begun and ended when it was paid. */
export function attemptOfMoney(money: Money, requestId: string): Attempt {
  return {
    gateway: money.gateway,
    merchant: money.merchant,
    gatewayRef: money.gatewayRef || money.identity,
    requestId,
    openedAt: money.paidAt,
    expiresAt: money.paidAt,
    outcome: 'succeeded',
    resultCode: money.resultCode,
  };
}

/**
 * What assigning money to a payment would do, by the same rules as a callback (`decide`), as though the payment had had
 * an attempt for it. A payment takes money of the account alone that collects for its units: the receipt names them.
 */
export function destinationOf(
  suspense: Suspense,
  record: PaymentRecord,
  merchants: readonly Merchant[],
): Destination | Refusal {
  const money = moneyInSuspense(suspense);
  if (money === undefined) return refused('amount-unknown');
  if (suspense.suspenseClass === 'foreign-account') return refused('foreign-account');
  const units = record.charges.flatMap(({ feeLines }) => feeLines.map(({ unitCode }) => unitCode));
  if (merchantFor(merchants, money.gateway, units)?.merchant !== money.merchant) return refused('other-account');
  if (record.money.some((kept) => keyOf(kept) === keyOf(money))) return refused('already-there');
  return decideDestination(money, record);
}

function decideDestination(money: Money, { payment }: PaymentRecord): Destination | Refusal {
  const next = Object.keys(payment.attempts).length + 1;
  const number = attemptNumberSchema.safeParse(String(next).padStart(2, '0'));
  if (!number.success) return refused('too-many-attempts');
  const attempt = attemptOfMoney(money, 'assigned');
  const imagined = { ...payment, attempts: { ...payment.attempts, [number.data]: attempt } };
  const address = { ...attempt, paymentId: payment.paymentId, attempt: number.data };
  const decision = decide(noticeOf(money), money.identity, orderViewOf(imagined, address));
  switch (decision.act) {
    case 'settle':
    case 'reclaim':
      return { kind: 'settles', act: decision.act, attempt: number.data };
    case 'keep-money':
      return { kind: 'kept', moneyClass: decision.moneyClass };
    default:
      return refused('already-there');
  }
}

function noticeOf({ gateway, merchant, gatewayRef, transactionId, amountVnd, resultCode, paidAt }: Money) {
  return {
    gateway,
    merchant,
    orderRef: gatewayRef,
    transactionId,
    amountVnd,
    result: 'paid',
    resultCode,
    paidAt,
  } satisfies PaymentNotice;
}

const keyOf = ({ gateway, merchant, identity }: MoneyAddress): string => moneyKey(gateway, merchant, identity);

/** Whether a proposal may be made now, and under which number. */
export function numberOfNextProposal({ assignment, trail }: Suspense): number | Refusal {
  if (assignment?.state === 'assigned') return refused('already-assigned');
  if (assignment?.state === 'proposed') return refused('already-proposed');
  const next = proposalNumberSchema.safeParse(trail.filter(({ did }) => did === 'proposed').length + 1);
  return next.success ? next.data : refused('too-many-proposals');
}

/** The proposal that stands, if it is the one that was read. Its maker may take it back too: that moves no money. */
export function proposalToReject({ assignment }: Suspense, number: number): Proposal | Refusal {
  if (assignment?.state === 'assigned') return refused('already-assigned');
  if (assignment === undefined) return refused('not-proposed');
  return assignment.number === number ? assignment : refused('other-proposal');
}

/** As above; but whoever proposed must not approve (DESIGN §4.10). */
export function proposalToApprove(suspense: Suspense, number: number, checker: StaffCode): Proposal | Refusal {
  const proposal = proposalToReject(suspense, number);
  return 'maker' in proposal && proposal.maker === checker ? refused('same-person') : proposal;
}
