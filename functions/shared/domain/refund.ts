import * as z from 'zod/mini';
import {
  businessDateSchema,
  gatewayNameSchema,
  type Instant,
  instantSchema,
  merchantNameSchema,
} from '#schemas/ids.ts';
import { amountVndSchema } from '#schemas/money.ts';
import {
  type RefundState,
  refundExtentSchema,
  refundedMoneyClassSchema,
  refundRequestSchema,
  refundStateSchema,
  refundStepSchema,
} from '#schemas/refund.ts';
import { staffCodeSchema } from '#schemas/staff-code.ts';
import { businessDateOf } from './calendar.ts';
import type { Money } from './payment.ts';

/** More would leave the places that a charge has in the sequence of its payment's events. */
export const mostRefunds = 99;

/** What we and a gateway said to each other about a refund; each part is stored before it is said. */
const conversationSchema = z.strictObject({
  refundRef: z.string().check(z.minLength(1)),
  requestedAt: instantSchema,
  /** When the order was sent last, perhaps in vain. */
  sentAt: instantSchema,
  sends: z.int().check(z.minimum(1)),
  /** The gateway took it on: it is never sent again. */
  acceptedAt: z.optional(instantSchema),
});

/** Paying back all or a part of one payment of money. */
export const refundSchema = z.extend(z.omit(refundRequestSchema, { moneyKey: true }), {
  /** Counts the refunds of a payment from 1, drawn at creation. */
  ordinal: z.int().check(z.minimum(1), z.maximum(mostRefunds)),
  /** `moneyKey` of settlement.ts. */
  moneyKey: z.string().check(z.minLength(1)),
  moneyClass: refundedMoneyClassSchema,
  gateway: gatewayNameSchema,
  merchant: merchantNameSchema,
  /** All that was paid with that money. */
  paidVnd: amountVndSchema,
  state: refundStateSchema,
  maker: staffCodeSchema,
  madeAt: instantSchema,
  /** Who decided on it: somebody else than the maker. */
  checker: z.optional(staffCodeSchema),
  decidedAt: z.optional(instantSchema),
  conversation: z.optional(conversationSchema),
  transfer: z.optional(
    z.strictObject({ bankReference: z.string(), transferredOn: businessDateSchema, recordedBy: staffCodeSchema }),
  ),
  resultCode: z.optional(z.string()),
  /** Whether with this refund all of the money is back; said once, when it is refunded. */
  extent: z.optional(refundExtentSchema),
  /** When it was refunded, failed or was rejected. */
  endedAt: z.optional(instantSchema),
  /** Who did what when. A new step is a new line: nothing of it is ever taken back. */
  history: z.array(refundStepSchema),
  version: z.int().check(z.minimum(1)),
});
export type Refund = z.infer<typeof refundSchema>;

/** Names a refund: its id is the maker's, and need not be unlike those of other payments. */
export type RefundName = Pick<Refund, 'paymentId' | 'refundId'>;

/** The states of a refund and what may follow each; what is not listed is refused. */
export const refundTransitions = {
  proposed: ['approved', 'rejected'],
  approved: ['requested', 'manual-transfer', 'rejected'],
  // By a person only when the gateway has been silent for days: see `isStuck`.
  requested: ['refunded', 'failed', 'rejected'],
  'manual-transfer': ['refunded', 'rejected'],
  refunded: [],
  // A person has seen that it failed, and closes it.
  failed: ['rejected'],
  rejected: [],
} as const satisfies Record<RefundState, readonly RefundState[]>;

export function mayBecome(refund: Refund, state: RefundState): boolean {
  const next: readonly RefundState[] = refundTransitions[refund.state];
  return next.includes(state);
}

/** Whether the refund keeps its amount from being refunded a second time. */
export function holdsReserve({ state }: Pick<Refund, 'state'>): boolean {
  return state !== 'failed' && state !== 'rejected';
}

/** Whether somebody, or a gateway, still has to do something. */
export function isOpen({ state }: Pick<Refund, 'state'>): boolean {
  return state !== 'refunded' && state !== 'rejected';
}

/**
 * What a refund is as money of a day, of the day on which the gateway paid it back. One that a person transferred is
 * none: the bank's statement lists it, and the gateway's does not.
 */
export function moneyBackOf(refund: Refund): Pick<Money, 'identity' | 'paidAt' | 'businessDate'> | undefined {
  const { state, transfer, endedAt: paidAt } = refund;
  if (state !== 'refunded' || transfer !== undefined || paidAt === undefined) return undefined;
  return { identity: refundNumberOf(refund), paidAt, businessDate: businessDateOf(paidAt) };
}

/** When what it waits for now began. */
export function waitingSince(refund: Refund): Instant {
  const { madeAt, decidedAt, conversation, endedAt } = refund;
  switch (refund.state) {
    case 'proposed':
      return madeAt;
    case 'approved':
    case 'manual-transfer':
      return decidedAt ?? madeAt;
    case 'requested':
      return conversation?.requestedAt ?? madeAt;
    default:
      return endedAt ?? madeAt;
  }
}

/**
 * What gateways know the refund by. Ids of makers repeat between payments; this never does, and differs from the
 * reference of every attempt, which gateways that number orders would take for the same order.
 */
export function refundNumberOf({ paymentId, ordinal }: Pick<Refund, 'paymentId' | 'ordinal'>): string {
  return `r${paymentId}${String(ordinal).padStart(2, '0')}`;
}
