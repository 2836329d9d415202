import type { Merchant } from '#shared/domain/merchant.ts';
import type { SecretStore } from '#shared/domain/ports.ts';
import type { Gateway, GatewayConnection, GatewayConnections } from '#shared/gateways/gateway.ts';

/** So long may a rotated secret stay unknown to a warm container; both secrets are live for longer than that. */
const keepMilliseconds = 5 * 60 * 1000;

/** Binds the gateways of the registry to the configured accounts and their secrets, when they are first asked for. */
export function makeGatewayConnections(needs: {
  readonly findGateway: (name: string) => Gateway | undefined;
  readonly merchants: readonly Merchant[];
  readonly secrets: SecretStore;
  readonly milliseconds: () => number;
}): GatewayConnections {
  const kept = new Map<string, { readonly connection: Promise<GatewayConnection>; readonly until: number }>();

  async function bind(gateway: Gateway, merchant: Merchant): Promise<GatewayConnection> {
    const secrets = (await needs.secrets.readMerchantSecrets(merchant.gateway, merchant.merchant)) ?? [];
    return gateway.connect({ merchant: merchant.merchant, settings: merchant.settings, secrets });
  }

  return {
    async connect(gatewayName, merchantName) {
      const gateway = needs.findGateway(gatewayName);
      const merchant = needs.merchants.find(
        (account) => account.gateway === gatewayName && account.merchant === merchantName,
      );
      if (gateway === undefined || merchant === undefined) return undefined;
      const key = `${gatewayName}/${merchantName}`;
      const known = kept.get(key);
      if (known !== undefined && known.until > needs.milliseconds()) return known.connection;
      const connection = bind(gateway, merchant);
      kept.set(key, { connection, until: needs.milliseconds() + keepMilliseconds });
      // A failure is never kept: the next caller asks again.
      connection.catch(() => kept.delete(key));
      return connection;
    },
  };
}
