import type { Instant } from '#schemas/ids.ts';
import type { Attempt, Settlement } from '#shared/domain/payment.ts';
import type { AttemptAddress } from '#shared/domain/ports.ts';
import type { Clause } from './expressions.ts';
import { dueShardOf, moneyIndexOf } from './payment-items.ts';

/** Reaches into one attempt of the map of attempts. */
export function attemptNamed(attempt: string) {
  return { names: { '#attempts': 'attempts', '#n': attempt } };
}

/** The attempt is this one: other money for the same payment never passes for it. */
export function attemptIs(address: AttemptAddress): Clause {
  return {
    when: [
      '#attempts.#n.#gateway = :gateway',
      '#attempts.#n.#merchant = :merchant',
      '#attempts.#n.#gatewayRef = :gatewayRef',
    ],
    names: {
      ...attemptNamed(address.attempt).names,
      '#gateway': 'gateway',
      '#merchant': 'merchant',
      '#gatewayRef': 'gatewayRef',
    },
    values: { ':gateway': address.gateway, ':merchant': address.merchant, ':gatewayRef': address.gatewayRef },
  };
}

export function amountIs(amountVnd: number): Clause {
  return { when: ['#amount = :amount'], names: { '#amount': 'amountVnd' }, values: { ':amount': amountVnd } };
}

export function versionIs(version: number): Clause {
  return { when: ['#version = :version'], names: { '#version': 'version' }, values: { ':version': version } };
}

/** The payment moves: one version on, one line in the history, and due, so that the sweep finishes what the stream may lose. */
export function moved(paymentId: string, entry: string, at: Instant, code?: string): Clause {
  const onward = stirred(paymentId, at);
  return {
    set: ['#history.#entry = :entry', ...(onward.set ?? [])],
    names: { '#history': 'history', '#entry': entry, ...onward.names },
    values: { ':entry': { at, code }, ...onward.values },
  };
}

/** Something beside the payment makes it owe more: one version on, so that no sweep which read it before lets it go, and due. */
export function stirred(paymentId: string, at: Instant): Clause {
  return {
    set: ['#version = #version + :one', '#dueAt = :at', '#dueShard = :dueShard'],
    names: { '#version': 'version', '#dueAt': 'dueAt', '#dueShard': 'dueShard' },
    values: { ':one': 1, ':at': at, ':dueShard': dueShardOf(paymentId) },
  };
}

/** What settling writes, the same whether one update does it or a transaction. */
export function settled(settlement: Settlement): Clause {
  const { moneyDay, moneyAt } = moneyIndexOf(settlement);
  return {
    set: ['#state = :paid', '#settlement = :settlement', 'moneyDay = :moneyDay', 'moneyAt = :moneyAt'],
    when: ['attribute_not_exists(#settlement)'],
    names: { '#state': 'state', '#settlement': 'settlement' },
    values: { ':paid': 'paid', ':settlement': settlement, ':moneyDay': moneyDay, ':moneyAt': moneyAt },
  };
}

/** The attempt whose money settled; the code of an earlier failure would contradict the outcome. */
export function attemptSucceeded(resultCode: string): Clause {
  return {
    set: ['#attempts.#n.#outcome = :succeeded', '#attempts.#n.resultCode = :successCode'],
    names: { '#outcome': 'outcome' },
    values: { ':succeeded': 'succeeded', ':successCode': resultCode },
  };
}

/** An attempt that was not there before. */
export function attemptAdded(number: string, attempt: Attempt): Clause {
  return {
    set: ['#attempts.#n = :attempt'],
    when: ['attribute_not_exists(#attempts.#n)'],
    ...attemptNamed(number),
    values: { ':attempt': attempt },
  };
}
