import type { BusinessDate, Instant } from '#schemas/ids.ts';
import type { StaffCode } from '#schemas/staff-code.ts';
import { businessDateOf, instantAfter } from './calendar.ts';
import { BrokenInvariant } from './failures.ts';
import { mayBecome, type Refund, waitingSince } from './refund.ts';
import type { RefundRefusal } from './refund-plan.ts';
import type { RefundableMoney } from './refundable-money.ts';

/** Decides about a refund that stands; the ledger writes `after` on condition that nothing moved meanwhile. */
export type RefundDecision =
  | { readonly kind: 'move'; readonly after: Refund }
  /** It was done before, by the same person in the same way. */
  | { readonly kind: 'known' }
  | { readonly kind: 'refused'; readonly refusal: RefundRefusal };

const day = 24 * 60 * 60_000;

/** A gateway that has said nothing certain for so long will not do so by itself. */
export const silenceOfRefund = 3 * day;

/** Whether people may end a refund in the gateway's place, on its word given in another way. */
export function isStuck(refund: Refund, now: Instant): boolean {
  return refund.state === 'requested' && now >= instantAfter(waitingSince(refund), silenceOfRefund);
}

/** The maker never decides (DESIGN §4.10). */
export function approve(refund: Refund, checker: StaffCode, at: Instant): RefundDecision {
  if (refund.maker === checker) return refused({ code: 'same-person' });
  if (refund.checker === checker && refund.state !== 'proposed' && refund.state !== 'rejected') {
    return { kind: 'known' };
  }
  if (!mayBecome(refund, 'approved')) return refused({ code: 'wrong-state', state: refund.state });
  return { kind: 'move', after: moved({ ...refund, checker, decidedAt: at }, 'approved', at, { by: checker }) };
}

/** Refuses what no gateway has heard of, gives up a transfer that cannot be made, or closes what failed. */
export function reject(refund: Refund, checker: StaffCode, why: string, at: Instant): RefundDecision {
  if (refund.maker === checker) return refused({ code: 'same-person' });
  if (refund.state === 'rejected' && refund.checker === checker) return { kind: 'known' };
  const mayEnd = refund.state !== 'requested' || isStuck(refund, at);
  if (!mayEnd || !mayBecome(refund, 'rejected')) return refused({ code: 'wrong-state', state: refund.state });
  const decided = { ...refund, checker, decidedAt: at, endedAt: at };
  return { kind: 'move', after: moved(decided, 'rejected', at, { by: checker, note: why }) };
}

export interface TransferFacts {
  readonly by: StaffCode;
  readonly bankReference: string;
  readonly transferredOn: BusinessDate;
}

/** Money that a person has transferred, or that a silent gateway has paid by its own word. */
export function recordTransfer(
  refund: Refund,
  money: RefundableMoney,
  { by, bankReference, transferredOn }: TransferFacts,
  at: Instant,
): RefundDecision {
  const { state, transfer } = refund;
  if (state === 'refunded' && transfer !== undefined) {
    const isSame = transfer.bankReference === bankReference && transfer.transferredOn === transferredOn;
    return isSame ? { kind: 'known' } : refused({ code: 'other-transfer' });
  }
  if (transferredOn > businessDateOf(at)) return refused({ code: 'day-ahead' });
  if (state !== 'manual-transfer' && !isStuck(refund, at)) return refused({ code: 'wrong-state', state });
  const recorded = { ...refund, transfer: { bankReference, transferredOn, recordedBy: by } };
  return { kind: 'move', after: paidBack(recorded, money, at, { by, note: bankReference }) };
}

/** No interface pays this back: an order for a person. */
export function orderTransfer(refund: Refund, why: string, at: Instant): Refund {
  return moved(refund, 'manual-transfer', at, { note: why });
}

/** The gateway is about to be asked under this reference. */
export function order(refund: Refund, refundRef: string, at: Instant): Refund {
  const conversation = { refundRef, requestedAt: at, sentAt: at, sends: 1 };
  return moved({ ...refund, conversation }, 'requested', at);
}

/** So long is a gateway given to have taken an order that it does not know of. */
export const ownTimeOfRefund = 5 * 60_000;

/** Whether an order that the gateway knows nothing of may be sent again: never at once, and never after it was accepted. */
export function maySendAgain({ conversation, state }: Refund, now: Instant): boolean {
  return (
    state === 'requested' &&
    conversation !== undefined &&
    conversation.acceptedAt === undefined &&
    now >= instantAfter(conversation.sentAt, ownTimeOfRefund)
  );
}

/** The same order is about to be sent once more, under the same reference. */
export function sendAgain(refund: Refund, at: Instant): Refund {
  const { conversation } = refund;
  if (conversation === undefined) throw new BrokenInvariant(`refund ${refund.refundId} was never sent`);
  return noted(
    { ...refund, conversation: { ...conversation, sentAt: at, sends: conversation.sends + 1 } },
    'sent-again',
    at,
  );
}

export function accept(refund: Refund, resultCode: string, at: Instant): Refund {
  const { conversation } = refund;
  if (conversation === undefined) throw new BrokenInvariant(`refund ${refund.refundId} was accepted but never sent`);
  return noted({ ...refund, resultCode, conversation: { ...conversation, acceptedAt: at } }, 'accepted', at);
}

/** The gateway has paid the money back. */
export function complete(refund: Refund, money: RefundableMoney, resultCode: string, at: Instant): Refund {
  return paidBack({ ...refund, resultCode }, money, at, { note: resultCode });
}

/** The gateway will not pay it back, for certain. */
export function fail(refund: Refund, resultCode: string, at: Instant): Refund {
  return moved({ ...refund, resultCode, endedAt: at }, 'failed', at, { note: resultCode });
}

function paidBack(refund: Refund, money: RefundableMoney, at: Instant, facts: StepFacts): Refund {
  const isAll = money.refundedVnd + refund.amountVnd >= money.money.amountVnd;
  return moved({ ...refund, extent: isAll ? 'full' : 'partial', endedAt: at }, 'refunded', at, facts);
}

type StepFacts = Omit<Refund['history'][number], 'at' | 'step'>;

function moved(refund: Refund, state: Refund['state'], at: Instant, facts: StepFacts = {}): Refund {
  return noted({ ...refund, state }, state, at, facts);
}

function noted(refund: Refund, step: Refund['history'][number]['step'], at: Instant, facts: StepFacts = {}): Refund {
  return { ...refund, history: [...refund.history, { at, step, ...facts }], version: refund.version + 1 };
}

function refused(refusal: RefundRefusal): RefundDecision {
  return { kind: 'refused', refusal };
}
