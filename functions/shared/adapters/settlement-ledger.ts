import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { Payment, Settlement } from '#shared/domain/payment.ts';
import type { AttemptAddress, AttemptNews, ConditionalAnswer, SettlementLedger } from '#shared/domain/ports.ts';
import { holdsClaims, type OutcomeNews, outcomeTransitions, statesBefore } from '#shared/domain/states.ts';
import { claimAgain } from './claim-again.ts';
import { putOnce, updatePayment } from './conditional-write.ts';
import type { Table } from './dynamo.ts';
import { sendPatiently } from './dynamo-retry.ts';
import { type Clause, isOneOf, updateOf } from './expressions.ts';
import { amountIs, attemptIs, attemptNamed, attemptSucceeded, moved, settled, versionIs } from './payment-clauses.ts';
import { moneyItem, paymentKey, suspenseItem } from './payment-items.ts';

export function makeSettlementLedger(table: Table): SettlementLedger {
  return {
    settle: (address, settlement) => settle(table, address, settlement),
    reclaimAndSettle: (payment, settlement) => reclaimAndSettle(table, payment, settlement),
    recordOutcome: (address, news) => recordOutcome(table, address, news),
    recordNews: (address, news) => recordNews(table, address, news),
    keepMoney: async (money) => void (await putOnce(table, moneyItem(money))),
    suspend: async (money) => void (await putOnce(table, suspenseItem(money))),
    readPayment: async (paymentId) => (await import('./read-payment.ts')).readPayment(table, paymentId),
  };
}

/** Open → paid. States that must claim their debts again first are not among those that one update may leave. */
function settle(table: Table, address: AttemptAddress, settlement: Settlement): Promise<ConditionalAnswer> {
  return updatePayment(
    table,
    address.paymentId,
    attemptIs(address),
    amountIs(settlement.amountVnd),
    isOneOf('#state', statesBefore('settle').filter(holdsClaims)),
    settled(settlement),
    attemptSucceeded(settlement.resultCode),
    moved(address.paymentId, `${address.attempt}.paid`, settlement.settledAt, settlement.resultCode),
  );
}

function recordOutcome(
  table: Table,
  address: AttemptAddress,
  news: AttemptNews & { readonly result: OutcomeNews },
): Promise<ConditionalAnswer> {
  return updatePayment(
    table,
    address.paymentId,
    attemptIs(address),
    amountIs(news.amountVnd),
    isOneOf('#attempts.#n.#outcome', outcomeTransitions[news.result]),
    outcomeBecame(news),
    moved(address.paymentId, `${address.attempt}.${news.result}`, news.at, news.resultCode),
  );
}

function outcomeBecame(news: AttemptNews): Clause {
  const heldMoney: Clause =
    news.held === undefined ? {} : { set: ['#attempts.#n.held = :held'], values: { ':held': news.held } };
  return {
    set: ['#attempts.#n.#outcome = :outcome', '#attempts.#n.resultCode = :resultCode', ...(heldMoney.set ?? [])],
    names: { '#outcome': 'outcome' },
    values: { ':outcome': news.result, ':resultCode': news.resultCode, ...heldMoney.values },
  };
}

/** Late or unfinished news moves nothing, so the version stays: nobody who read the payment before is disturbed. */
function recordNews(table: Table, address: AttemptAddress, news: AttemptNews): Promise<ConditionalAnswer> {
  return updatePayment(table, address.paymentId, attemptIs(address), amountIs(news.amountVnd), {
    set: ['#history.#entry = if_not_exists(#history.#entry, :entry)'],
    names: { '#history': 'history', '#entry': `${address.attempt}.${news.result}` },
    values: { ':entry': { at: news.at, code: news.resultCode } },
  });
}

/** Expired → paid, together with the claims on its debts that the expiry released. */
async function reclaimAndSettle(
  table: Table,
  payment: Payment,
  settlement: Settlement,
): Promise<{ kind: 'written' } | { kind: 'changed' } | { kind: 'claim-held' }> {
  const settling = {
    Update: {
      TableName: table.name,
      Key: paymentKey(payment.paymentId),
      ...updateOf(
        attemptNamed(settlement.attempt),
        isOneOf(
          '#state',
          statesBefore('settle').filter((state) => !holdsClaims(state)),
        ),
        versionIs(payment.version),
        settled(settlement),
        attemptSucceeded(settlement.resultCode),
        moved(payment.paymentId, `${settlement.attempt}.paid`, settlement.settledAt, settlement.resultCode),
      ),
    },
  };
  const claiming = claimAgain(table, payment.paymentId, payment.claims);
  try {
    await sendPatiently(() => table.client.send(new TransactWriteCommand({ TransactItems: [settling, ...claiming] })));
    return { kind: 'written' };
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const [ofPayment, ...ofClaims] = (error.CancellationReasons ?? []).map((reason) => reason.Code);
    // The payment is looked at first: once it has moved, whose the claims are is no longer the question.
    if (ofPayment === 'ConditionalCheckFailed') return { kind: 'changed' };
    if (ofClaims.includes('ConditionalCheckFailed')) return { kind: 'claim-held' };
    throw error;
  }
}
