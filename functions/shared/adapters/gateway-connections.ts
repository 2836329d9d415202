import type { Merchant } from '#shared/domain/merchant.ts';
import type { SecretStore } from '#shared/domain/ports.ts';
import type { Gateway, GatewayConnection, GatewayConnections } from '#shared/gateways/gateway.ts';

/** So long may a rotated secret stay unknown to a warm container; both secrets are live for longer than that. */
const keepMilliseconds = 5 * 60 * 1000;

interface Kept {
  readonly connection: Promise<GatewayConnection | undefined>;
  readonly until: number;
}

/** Binds the gateways of the registry to the configured accounts and their secrets, when they are first asked for. */
export function makeGatewayConnections(needs: {
  readonly findGateway: (name: string) => Promise<Gateway | undefined>;
  readonly merchants: readonly Merchant[];
  readonly secrets: SecretStore;
  readonly milliseconds: () => number;
}): GatewayConnections {
  const kept = new Map<Merchant, Kept>();

  async function bind({ gateway: name, merchant, settings }: Merchant): Promise<GatewayConnection | undefined> {
    // The gateway's code is loaded while its secrets are on their way.
    const [gateway, secrets = []] = await Promise.all([
      needs.findGateway(name),
      needs.secrets.readMerchantSecrets(name, merchant),
    ]);
    return gateway?.connect({ merchant, settings, secrets });
  }

  return {
    async connect(gateway, merchant) {
      const account = needs.merchants.find((known) => known.gateway === gateway && known.merchant === merchant);
      if (account === undefined) return undefined;
      const known = kept.get(account);
      if (known !== undefined && known.until > needs.milliseconds()) return known.connection;
      const connection = bind(account);
      kept.set(account, { connection, until: needs.milliseconds() + keepMilliseconds });
      // A failure is never kept: the next caller asks again.
      connection.catch(() => kept.delete(account));
      return connection;
    },
  };
}
