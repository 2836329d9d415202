import type { Gateway } from './gateway.ts';
import { momo } from './momo/gateway.ts';
import { vnpay } from './vnpay/gateway.ts';

/** Every gateway we speak to, one line each. */
export const gateways: readonly Gateway[] = [
  vnpay, // specification §1
  momo, // specification §2
];

const gatewaysByName = new Map(gateways.map((gateway) => [gateway.name, gateway]));

/** Finds a gateway by the name in an address; a Map, so that `constructor` or `__proto__` find nothing. */
export function findGateway(name: string): Gateway | undefined {
  return gatewaysByName.get(name);
}
