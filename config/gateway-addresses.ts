import * as z from 'zod/mini';
import { gatewayNameSchema } from '#schemas/ids.ts';
import dev from './dev/gateway-addresses.json' with { type: 'json' };
import prod from './prod/gateway-addresses.json' with { type: 'json' };
import { faultsOfRepeats, type RegistryFile, readRegistry } from './registry-file.ts';
import type { Stage } from './stage.ts';

const files: Readonly<Record<Stage, RegistryFile>> = {
  dev: { path: 'config/dev/gateway-addresses.json', data: dev },
  prod: { path: 'config/prod/gateway-addresses.json', data: prod },
};

const gatewayAddressSchema = z.strictObject({
  gateway: gatewayNameSchema,
  address: z.ipv4('must be an IPv4 address such as 203.0.113.7'),
});
export type GatewayAddress = z.infer<typeof gatewayAddressSchema>;

/**
 * Where gateways call us from, as they announce it; the edge never throttles them. Being on the list proves nothing:
 * every callback is authenticated by its signature, and one from elsewhere is read like any other.
 * @throws ConfigurationError naming every fault
 */
export function loadGatewayAddresses(stage: Stage): readonly GatewayAddress[] {
  return readGatewayAddresses(files[stage]);
}

export function readGatewayAddresses(file: RegistryFile): readonly GatewayAddress[] {
  return readRegistry(file, z.array(gatewayAddressSchema), (rows) =>
    faultsOfRepeats(rows, 'address', ({ address }) => [address]),
  );
}
