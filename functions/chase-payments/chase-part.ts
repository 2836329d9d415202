import { instantAfter } from '#shared/domain/calendar.ts';
import type { LogNews } from '#shared/domain/log-catalogue.ts';
import { attemptsToAsk, type Debt, nextLook, owed, refundsToFollow } from '#shared/domain/owed.ts';
import type { PaymentRecord } from '#shared/domain/payment-record.ts';
import type {
  Clock,
  ConfirmationSending,
  DueLedger,
  DuePayment,
  GatewayAsking,
  PaymentProcess,
  ReceiptIssuing,
} from '#shared/domain/ports.ts';
import type { RefundFollowing } from '#shared/domain/refund-ports.ts';
import { answerToError, explain } from '#shared/processes/answer-to-error.ts';
import { inParallel } from '#shared/processes/in-parallel.ts';

export interface PartNeeds {
  readonly ledger: DueLedger;
  readonly askGateways: GatewayAsking;
  readonly followRefunds: RefundFollowing;
  readonly issueReceipts: ReceiptIssuing;
  readonly sendConfirmations: ConfirmationSending;
  readonly clock: Clock;
  readonly logNews: LogNews;
}

/** Counts payments. */
export interface PartTally {
  looked: number;
  expired: number;
  /** Owe nothing any more. */
  cleared: number;
  /** Could not be worked on. */
  failed: number;
  /** Wait for a person, or for a gateway that stays silent. */
  exceptions: number;
}

/** A payment that is due, what it was like when it was read, and what it owed then. */
interface Look extends DuePayment {
  readonly record: PaymentRecord;
  readonly debts: readonly Debt[];
}

const paymentsAtOnce = 10;
/** A payment that cannot be worked on must not stand before the others in every sweep. */
const postponedBy = 10 * 60_000;

/**
 * Does what some payments owe, each debt in the order in which one makes the next: answers of gateways, which settle or
 * let expire, refunds, then expiry, receipts, confirmations.
 */
export async function chasePart(part: readonly DuePayment[], tally: PartTally, needs: PartNeeds): Promise<void> {
  const stillDue = (await eachAlone(part, tally, needs, (due) => lookAt(due, needs))).filter(isStillDue);
  tally.looked += stillDue.length;
  const asked = await eachAlone(stillDue, tally, needs, (look) => ask(look, needs));
  const looks = await eachAlone(asked, tally, needs, (look) => refund(look, needs));
  const expired = await eachAlone(looks.filter(owes('expiry')), tally, needs, (look) => expire(look, tally, needs));
  const working = [...looks.filter(owes('receipt', 'signature', 'confirmation')), ...expired];
  await run(needs.issueReceipts, working.filter(owes('receipt', 'signature')), needs);
  await run(needs.sendConfirmations, working, needs);
  const after = await eachAlone(working, tally, needs, (due) => lookAt(due, needs));
  const waiting = looks.filter(({ debts }) =>
    debts.every(({ kind }) => kind === 'attempt-answer' || kind === 'refund'),
  );
  await eachAlone([...waiting, ...after], tally, needs, (look) => reschedule(look, tally, needs));
}

async function lookAt({ paymentId, dueAt }: DuePayment, needs: PartNeeds): Promise<Look> {
  const record = await needs.ledger.readRecord(paymentId);
  if (record === undefined) throw new Error('the index names the payment, but the table does not hold it');
  return { paymentId, dueAt, record, debts: owed(record, needs.clock()) };
}

/** The index may lag: another sweep may have put the payment off, or let it go. */
function isStillDue({ record, debts }: Look): boolean {
  return record.payment.dueAt !== undefined || debts.length > 0;
}

function owes(...kinds: readonly Debt['kind'][]): (look: Look) => boolean {
  return ({ debts }) => debts.some(({ kind }) => kinds.includes(kind));
}

/** What a gateway said decides what is owed next, so the payment is read again. */
async function ask(look: Look, needs: PartNeeds): Promise<Look> {
  const attempts = attemptsToAsk(look.debts, needs.clock());
  if (attempts.length === 0) return look;
  await needs.askGateways(look.record.payment, attempts);
  return lookAt(look, needs);
}

/** A refund that is done makes its confirmations owed. */
async function refund(look: Look, needs: PartNeeds): Promise<Look> {
  const refunds = refundsToFollow(look.debts, needs.clock());
  if (refunds.length === 0) return look;
  await needs.followRefunds(look.record, refunds);
  return lookAt(look, needs);
}

/** Refused, the payment moved meanwhile: what it owes now is seen when it is read again. */
async function expire(look: Look, tally: PartTally, needs: PartNeeds): Promise<Look> {
  const answer = await needs.ledger.expire(look.record.payment, needs.clock());
  if (answer === 'expired') {
    tally.expired += 1;
    needs.logNews('PAYMENT_EXPIRED', { paymentId: look.paymentId });
  }
  return look;
}

/** What a process could not do is still owed afterwards, and that decides when it is tried again. */
async function run(process: PaymentProcess, looks: readonly Look[], needs: PartNeeds): Promise<void> {
  if (looks.length === 0) return;
  try {
    await process(looks.map(({ paymentId }) => paymentId));
  } catch (error) {
    for (const { paymentId } of looks) needs.logNews('SWEEP_ITEM_FAILED', { paymentId, why: explain(error) });
  }
}

/** A payment that changed after it was read keeps the time that its change set. */
async function reschedule({ record, debts, paymentId }: Look, tally: PartTally, needs: PartNeeds): Promise<void> {
  const exceptions = debts.filter(({ exception }) => exception);
  if (exceptions.length > 0) {
    tally.exceptions += 1;
    const kinds = [...new Set(exceptions.map(({ kind }) => kind))].join(' ');
    needs.logNews('PAYMENT_EXCEPTION', { paymentId, kinds, since: exceptions.map(({ since }) => since).toSorted()[0] });
  }
  const dueAt = nextLook(record, debts, needs.clock());
  const answer = await needs.ledger.reschedule(record.payment, dueAt);
  if (answer === 'written' && dueAt === undefined) tally.cleared += 1;
}

/**
 * Does the work for each payment by itself; one that fails is put off and holds up no other.
 * @returns the results of the others, in the order of the payments
 */
async function eachAlone<Item extends DuePayment, Result>(
  items: readonly Item[],
  tally: PartTally,
  needs: PartNeeds,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results = new Map<Item, Result>();
  await inParallel(items, paymentsAtOnce, async (item) => {
    try {
      results.set(item, await work(item));
    } catch (error) {
      tally.failed += 1;
      const { paymentId } = item;
      // What will not pass by itself must ring.
      const code = answerToError(error).kind === 'fault' ? 'PAYMENT_EXCEPTION' : 'SWEEP_ITEM_FAILED';
      needs.logNews(code, { paymentId, why: explain(error) });
      await postpone(item, needs);
    }
  });
  return items.filter((item) => results.has(item)).flatMap((item) => results.get(item) ?? []);
}

async function postpone(due: DuePayment, needs: PartNeeds): Promise<void> {
  try {
    await needs.ledger.postpone(due, instantAfter(needs.clock(), postponedBy));
  } catch (error) {
    // It stays due as it was, so the next sweep comes back to it all the same.
    needs.logNews('SWEEP_ITEM_FAILED', { paymentId: due.paymentId, why: `it could not be put off: ${explain(error)}` });
  }
}
