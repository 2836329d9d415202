import { dvcqg } from './dvcqg/gateway.ts';
import type { Gateway } from './gateway.ts';
import { momo } from './momo/gateway.ts';
import { onepay } from './onepay/gateway.ts';
import { payos } from './payos/gateway.ts';
import { sepay } from './sepay/gateway.ts';
import { sepayPg } from './sepay-pg/gateway.ts';
import { vnpay } from './vnpay/gateway.ts';
import { zalopay } from './zalopay/gateway.ts';

/** Every gateway we speak to, one line each. */
export const gateways: readonly Gateway[] = [
  vnpay, // specification §1
  momo, // specification §2
  zalopay, // specification §3
  dvcqg, // specification §4
  payos, // specification §5.1
  sepay, // specification §5.2
  sepayPg, // specification §5.3
  onepay, // specification §5.5
];

const gatewaysByName = new Map(gateways.map((gateway) => [gateway.name, gateway]));

/** Finds a gateway by the name in an address; a Map, so that `constructor` or `__proto__` find nothing. */
export function findGateway(name: string): Gateway | undefined {
  return gatewaysByName.get(name);
}
