import type { PlayedSide } from '#infra/desk/play-requests.ts';
import { makeSampleBook } from '#infra/desk/sample-book.ts';
import { loadPlayer } from '#infra/local/bank/load-players.ts';
import type { Instant } from '#schemas/ids.ts';
import { amountVndSchema } from '#schemas/money.ts';
import { instantAfter } from '#shared/domain/calendar.ts';
import type { Gateway, GatewayConnection, MerchantAccount } from '#shared/gateways/gateway.ts';
import type { GatewayPlayer, PlayedNews, PlayedOrder } from '#shared/gateways/player.ts';
import type { RefundOrder } from '#shared/gateways/refund-port.ts';
import { anInstant, anOrder } from './attempt-orders.ts';
import { readTestAccount } from './gateway-account.ts';
import { gateways } from './registered-gateways.ts';

/** A merchant account with both its sides: ours, and the gateway's own. */
export interface PlayedAccount {
  readonly title: string;
  readonly gateway: Gateway;
  readonly player: GatewayPlayer;
  readonly account: MerchantAccount;
  readonly connection: GatewayConnection;
  /** An order of 28 000 đồng, as the gateway knows it. */
  readonly order: PlayedOrder;
}

/** Four and a half minutes after the attempt was opened. */
export const paidAt: Instant = instantAfter(anInstant, 4.5 * 60_000);

interface Variant {
  readonly title: string;
  readonly gateway: string;
  readonly settings?: object;
  readonly secret?: Readonly<Record<string, string>>;
}

/** Other ways in which a gateway speaks with us, by the account's settings or secrets. */
const variants: readonly Variant[] = [
  { title: 'sepay by a key', gateway: 'sepay', secret: { mode: 'apikey', apiKey: 'test-only-sepay-api-key' } },
  { title: 'dvcqg through the LGSP', gateway: 'dvcqg', settings: { throughLgsp: true } },
];

/** One for every gateway of the registry, and for each of these variants. */
export const playedAccounts: readonly PlayedAccount[] = await Promise.all(
  gateways.flatMap((gateway) => [
    playAccount(gateway, { title: gateway.name, gateway: gateway.name }),
    ...variants.filter((variant) => variant.gateway === gateway.name).map((variant) => playAccount(gateway, variant)),
  ]),
);

async function playAccount(gateway: Gateway, { title, settings, secret }: Variant): Promise<PlayedAccount> {
  const player = await loadPlayer(gateway.name);
  const account = {
    merchant: 'ttpvhcc',
    settings: { ...readTestAccount(gateway).settings, ...settings },
    secrets: [secret ?? player.makeSecret()],
  };
  const connection = gateway.connect(account);
  const { returnUrl, description, openedAt } = anOrder();
  const orderRef = connection.gatewayRefOf(anOrder().gatewayRef, openedAt);
  const order = { orderRef, amountVnd: 28_000, description, returnUrl, openedAt };
  return { title, gateway, player, account, connection, order };
}

/** The gateway's side of an account, with these orders in its book. */
export function sideOf(
  { gateway, player, account }: Pick<PlayedAccount, 'gateway' | 'player' | 'account'>,
  now: Instant,
  ...orders: readonly PlayedOrder[]
): PlayedSide {
  return { gateway: gateway.name, player, account, book: makeSampleBook(now, orders) };
}

/** News of that order; money has the number 14000001. */
export function newsOf(result: PlayedNews['result']): PlayedNews {
  return { result, amountVnd: 28_000, at: paidAt, ...(result === 'paid' && { transactionNo: '14000001' }) };
}

/** 8 000 đồng of that order, paid back. */
export function refundOf(order: PlayedOrder, refundRef: string): RefundOrder {
  return {
    refundRef,
    amountVnd: amountVndSchema.parse(8_000),
    paid: {
      gatewayRef: order.orderRef,
      transactionId: '14000001',
      amountVnd: amountVndSchema.parse(28_000),
      openedAt: order.openedAt,
    },
    otherRefundsVnd: [],
    description: 'Hoan phi ho so H49.14-261122-0001',
    approvedBy: 'KT01',
    requestedAt: paidAt,
  };
}
