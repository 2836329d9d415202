import type { PaymentNotice } from '#schemas/payment-notice.ts';
import { BrokenInvariant } from '#shared/domain/failures.ts';
import type { LogNews } from '#shared/domain/log-catalogue.ts';
import type { Money, Payment } from '#shared/domain/payment.ts';
import type { AttemptAddress, AttemptNews, Clock, SettlementLedger } from '#shared/domain/ports.ts';
import { type Decision, decide, type MoneyClass, orderViewOf } from '#shared/domain/settlement.ts';
import { keptMoneyOf, settlementOf, suspendedMoneyOf } from './money-of-notice.ts';

/** Verified news about an attempt whose reference is of our form. */
export interface VerifiedNews {
  readonly notice: PaymentNotice;
  readonly money: Money;
  readonly address: AttemptAddress;
}

export interface ApplyNoticeNeeds {
  readonly ledger: SettlementLedger;
  readonly clock: Clock;
  readonly logNews: LogNews;
}

/** Each round ends the matter or learns why not; more rounds than states of a payment mean a bug. */
const mostRounds = 5;

/**
 * Applies news in as few requests as can be: the write that news of its kind nearly always needs is tried at once,
 * its condition decides who is first, and only a refused write is thought about, with the old item at hand.
 */
export async function applyNotice(news: VerifiedNews, needs: ApplyNoticeNeeds): Promise<Decision['outcome']> {
  let decision = expectedDecision(news.notice);
  let old: Payment | undefined;
  for (let round = 0; round < mostRounds; round += 1) {
    const answer = await carryOut(decision, news, old, needs);
    if (answer.kind === 'done') return answer.outcome;
    old = answer.old;
    decision = decide(news.notice, news.money.identity, orderViewOf(old, news.address));
  }
  throw new BrokenInvariant(
    `news about ${news.address.gatewayRef} was refused ${mostRounds} times for changing reasons`,
  );
}

/** What news of this kind comes to when the payment is open and hears it for the first time. */
function expectedDecision(notice: PaymentNotice): Decision {
  switch (notice.result) {
    case 'paid':
      return { act: 'settle', outcome: 'paid' };
    case 'failed':
    case 'review':
      return { act: 'record-outcome', outcome: notice.result };
    case 'pending':
    case 'voided':
      return { act: 'record-news', outcome: notice.result };
    case 'ignored':
      return { act: 'nothing', outcome: 'ignored' };
  }
}

type Round =
  | { readonly kind: 'done'; readonly outcome: Decision['outcome'] }
  | { readonly kind: 'refused'; readonly old: Payment | undefined };

async function carryOut(
  decision: Decision,
  news: VerifiedNews,
  old: Payment | undefined,
  needs: ApplyNoticeNeeds,
): Promise<Round> {
  const { ledger } = needs;
  const now = needs.clock();
  const done = { kind: 'done', outcome: decision.outcome } as const;
  switch (decision.act) {
    case 'settle': {
      const answer = await ledger.settle(news.address, settlementOf(news.money, news.address, now));
      return answer.kind === 'written' ? done : answer;
    }
    case 'record-outcome': {
      const answer = await ledger.recordOutcome(news.address, {
        ...attemptNewsOf(news, now),
        result: decision.outcome,
        ...(decision.outcome === 'review' ? { held: news.money } : {}),
      });
      return answer.kind === 'written' ? done : answer;
    }
    case 'record-news': {
      const answer = await ledger.recordNews(news.address, { ...attemptNewsOf(news, now), result: decision.outcome });
      return answer.kind === 'written' ? done : answer;
    }
    case 'reclaim':
      return reclaim(news, old, needs);
    case 'keep-money':
      await keepMoney(news, decision.moneyClass, needs);
      return done;
    case 'suspend':
      await ledger.suspend(suspendedMoneyOf(news.money, 'unknown-order', now));
      logKept(news, 'unknown-order', needs);
      return done;
    case 'nothing':
      return done;
  }
}

/** Success after expiry is money: it settles if its debts can be claimed again, and is kept if another payment has them. */
async function reclaim(news: VerifiedNews, old: Payment | undefined, needs: ApplyNoticeNeeds): Promise<Round> {
  if (old === undefined) throw new BrokenInvariant('a payment cannot be reclaimed before it was read');
  const answer = await needs.ledger.reclaimAndSettle(old, settlementOf(news.money, news.address, needs.clock()));
  if (answer.kind === 'written') return { kind: 'done', outcome: 'paid' };
  if (answer.kind === 'changed') {
    return { kind: 'refused', old: await needs.ledger.readPayment(news.address.paymentId) };
  }
  await keepMoney(news, 'claim-held-elsewhere', needs);
  return { kind: 'done', outcome: 'duplicate' };
}

async function keepMoney(news: VerifiedNews, moneyClass: MoneyClass, needs: ApplyNoticeNeeds): Promise<void> {
  await needs.ledger.keepMoney(keptMoneyOf(news.money, news.address, moneyClass, needs.clock()));
  logKept(news, moneyClass, needs);
}

function logKept(news: VerifiedNews, moneyClass: string, needs: ApplyNoticeNeeds): void {
  const { gateway, merchant, gatewayRef } = news.address;
  needs.logNews('MONEY_KEPT', { gateway, merchant, gatewayRef, moneyClass, amountVnd: news.money.amountVnd });
}

function attemptNewsOf(news: VerifiedNews, at: AttemptNews['at']): Omit<AttemptNews, 'result'> {
  return { amountVnd: news.money.amountVnd, resultCode: news.notice.resultCode, at };
}
