import { type AttemptNumber, attemptNumberSchema, type Instant } from '#schemas/ids.ts';
import { instantAfter } from './calendar.ts';
import { owedConfirmations } from './owed-confirmations.ts';
import { endOfPatience, type RefundDebt, refundDebts } from './owed-refunds.ts';
import type { Attempt } from './payment.ts';
import type { PaymentRecord } from './payment-record.ts';
import type { Receipt } from './receipt.ts';
import { planReceipts } from './receipt-plan.ts';
import { stateAfter, unansweredOutcomes } from './states.ts';

interface DebtFacts {
  /** When the fact came about from which the debt follows. */
  readonly since: Instant;
  /** Asking again has not helped or will not help: someone must look. */
  readonly exception: boolean;
}

/**
 * What a payment lacks before nobody needs to think of it any more: its expiry, a definite answer about an attempt,
 * a receipt's number, a numbered receipt's signature, a confirmation, the end of a refund.
 */
export type Debt =
  | (DebtFacts &
      (
        | { readonly kind: 'expiry' }
        | { readonly kind: 'attempt-answer'; readonly attempt: AttemptNumber }
        | { readonly kind: 'receipt' }
        | { readonly kind: 'signature'; readonly receipt: Receipt }
        | { readonly kind: 'confirmation'; readonly eventId: string }
      ))
  | RefundDebt;

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Longer than any outage that mends itself: what is still owed then is stuck. */
const stuckAfter = day;

/** Receipts must be signed within the day. A signer that is away for so long will not be back in a moment. */
const signatureOverdueAfter = hour;

/** A gateway that has said nothing for so long after an attempt's end will not speak by itself. */
const silenceAfterExpiry = 3 * day;

/** Everything that a payment owes at a moment; the sweep's only reason to act. */
export function owed(record: PaymentRecord, now: Instant): readonly Debt[] {
  const since = (instant: Instant): DebtFacts => ({ since: instant, exception: isPast(instant, stuckAfter, now) });
  const { payment } = record;
  return [
    ...(mayExpire(record, now) ? [{ kind: 'expiry', ...since(payment.expiresAt) } as const] : []),
    ...openAttempts(record).map(([attempt, facts]) => answerOwed(attempt, facts, now)),
    ...planReceipts(record).map(({ settlement }) => ({ kind: 'receipt', ...since(settlement.settledAt) }) as const),
    ...record.receipts
      .filter(({ state }) => state === 'awaiting-signature')
      .map((receipt) => signatureOwed(receipt, now)),
    ...owedConfirmations(record).map(
      ({ event }) => ({ kind: 'confirmation', eventId: event.id, ...since(event.time) }) as const,
    ),
    ...refundDebts(record, now),
  ];
}

/**
 * When the sweep must look at a payment again, provided that nothing new happens: then it is due at once. `undefined`
 * when nothing is owed and the payment is at an end.
 * @param debts what the payment owes at `now`
 */
export function nextLook(record: PaymentRecord, debts: readonly Debt[], now: Instant): Instant | undefined {
  const { payment } = record;
  const looks = debts.map((debt) => lookAfter(debt, now));
  if (payment.state === 'open' && payment.expiresAt > now) looks.push(payment.expiresAt);
  return looks.toSorted()[0];
}

/** A payment with money that may still come, or is held in doubt, waits: unknown is not failed (DESIGN §4.7). */
function mayExpire(record: PaymentRecord, now: Instant): boolean {
  const { payment } = record;
  const expired = stateAfter(payment.state, 'expire');
  return expired !== undefined && payment.expiresAt <= now && openAttempts(record).length === 0;
}

/** Attempts without a definite answer, whatever state the payment is in: their money would be other money. */
function openAttempts({ payment, money }: PaymentRecord): [AttemptNumber, Attempt][] {
  // Other money of an attempt is an answer too: what it came to is kept beside the payment, with an owner.
  const answered = new Set(money.map(({ gateway, merchant, gatewayRef }) => `${gateway}/${merchant}/${gatewayRef}`));
  return Object.entries(payment.attempts)
    .filter(([, { outcome }]) => unansweredOutcomes.includes(outcome))
    .filter(([, { gateway, merchant, gatewayRef }]) => !answered.has(`${gateway}/${merchant}/${gatewayRef}`))
    .map(([number, attempt]) => [attemptNumberSchema.parse(number), attempt]);
}

function answerOwed(attempt: AttemptNumber, { outcome, openedAt, expiresAt }: Attempt, now: Instant): Debt {
  const exception = outcome === 'review' || isPast(expiresAt, silenceAfterExpiry, now);
  return { kind: 'attempt-answer', attempt, since: openedAt, exception };
}

function signatureOwed(receipt: Receipt, now: Instant): Debt {
  const exception = receipt.fault !== undefined || isPast(receipt.numberedAt, signatureOverdueAfter, now);
  return { kind: 'signature', receipt, since: receipt.numberedAt, exception };
}

/**
 * Exceptions are looked at, and told, once a day; a signer that may be back at any time is asked all the same. Silence is listened to often at first, then by the hour; everything
 * else is tried again after as long as it has been owed, within limits, which doubles the time without a counter.
 */
function lookAfter(debt: Debt, now: Instant): Instant {
  const waitsForSigner = debt.kind === 'signature' && debt.receipt.fault === undefined;
  if (debt.exception && !waitsForSigner) return instantAfter(now, day);
  const age = Date.parse(now) - Date.parse(debt.since);
  const isAnswer = debt.kind === 'attempt-answer' || (debt.kind === 'refund' && debt.awaits === 'gateway');
  if (isAnswer) return instantAfter(debt.since, nextListening(age));
  if (debt.kind === 'refund' && debt.awaits === 'person') return endOfPatience(debt);
  return instantAfter(now, Math.min(Math.max(age, minute), hour));
}

/** The attempts that a gateway may still say something about. */
export function attemptsWithoutAnswer(record: PaymentRecord): readonly AttemptNumber[] {
  return openAttempts(record).map(([attempt]) => attempt);
}

/** The attempts whose gateways are to be asked now: each is given some time to call by itself. */
export function attemptsToAsk(debts: readonly Debt[], now: Instant): readonly AttemptNumber[] {
  return debts.flatMap((debt) =>
    debt.kind === 'attempt-answer' && now >= instantAfter(debt.since, ownTime) ? [debt.attempt] : [],
  );
}

/** The refunds that can be carried on now: by a first order, or by a question to a gateway that had time to act. */
export function refundsToFollow(debts: readonly Debt[], now: Instant): readonly RefundDebt['refundId'][] {
  return debts.flatMap((debt) => {
    if (debt.kind !== 'refund' || debt.awaits === 'person') return [];
    return debt.awaits === 'ordering' || now >= instantAfter(debt.since, ownTime) ? [debt.refundId] : [];
  });
}

const ownTime = 5 * minute;
const firstListenings = [ownTime, 15 * minute, 30 * minute];

/** Age of an attempt at which it is looked at next: 5, 15 and 30 minutes, then once an hour. */
function nextListening(age: number): number {
  return firstListenings.find((listening) => listening > age) ?? age + hour - ((age - 30 * minute) % hour);
}

function isPast(since: Instant, patience: number, now: Instant): boolean {
  return now >= instantAfter(since, patience);
}
