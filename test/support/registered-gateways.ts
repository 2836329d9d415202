import type { Gateway } from '#shared/gateways/gateway.ts';
import { findGateway, gatewayNames } from '#shared/gateways/registry.ts';

/** Every gateway of the registry, loaded: suites that hold for all gateways loop over them. */
export const gateways: readonly Gateway[] = (await Promise.all(gatewayNames.map(findGateway))).filter(
  (gateway) => gateway !== undefined,
);
