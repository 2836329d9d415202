import type { MerchantSecrets } from '#infra/local/secrets.ts';
import type { Merchant } from '#shared/domain/merchant.ts';
import type { GatewayConnection, MerchantAccount } from '#shared/gateways/gateway.ts';
import type { GatewayPlayer } from '#shared/gateways/player.ts';
import { findGateway } from '#shared/gateways/registry.ts';
import { loadPlayer } from './load-players.ts';

/** A merchant account of ours with the gateway that keeps it, as the bank plays it. */
export interface PlayedAccount {
  readonly gateway: string;
  /** The gateway's name for people. */
  readonly label: string;
  /** Whose account it is, for people. */
  readonly holder: string;
  /** With the secrets that our functions have too. */
  readonly account: MerchantAccount;
  readonly player: GatewayPlayer;
  /** How we read and answer this gateway ourselves. */
  readonly connection: GatewayConnection;
}

/** @throws Error naming the first account whose gateway we do not know or nobody plays, or whose settings are faulty */
export async function loadPlayedAccounts(
  merchants: readonly Merchant[],
  secrets: MerchantSecrets,
): Promise<readonly PlayedAccount[]> {
  return Promise.all(
    merchants.map(async ({ gateway: name, merchant, label: holder, settings }) => {
      const [gateway, player] = await Promise.all([findGateway(name), loadPlayer(name)]);
      if (gateway === undefined) throw new Error(`There is no gateway ${name}, at which ${merchant} has an account.`);
      const account = { merchant, settings, secrets: secrets[name]?.[merchant] ?? [] };
      return { gateway: name, label: gateway.label, holder, account, player, connection: gateway.connect(account) };
    }),
  );
}

export function findAccount(
  accounts: readonly PlayedAccount[],
  whose: { readonly gateway: string; readonly merchant: string },
): PlayedAccount | undefined {
  return accounts.find(({ gateway, account }) => gateway === whose.gateway && account.merchant === whose.merchant);
}
