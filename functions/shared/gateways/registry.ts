import type { Gateway } from './gateway.ts';

/**
 * Every gateway we speak to, one line each. A gateway is loaded when it is asked for: a callback wakes one of them, and
 * a cold start must not pay for all.
 */
const gateways = new Map<string, () => Promise<Gateway>>([
  ['vnpay', async () => (await import('./vnpay/gateway.ts')).vnpay], // specification §1
  ['momo', async () => (await import('./momo/gateway.ts')).momo], // specification §2
  ['zalopay', async () => (await import('./zalopay/gateway.ts')).zalopay], // specification §3
  ['dvcqg', async () => (await import('./dvcqg/gateway.ts')).dvcqg], // specification §4
  ['payos', async () => (await import('./payos/gateway.ts')).payos], // specification §5.1
  ['sepay', async () => (await import('./sepay/gateway.ts')).sepay], // specification §5.2
  ['sepay-pg', async () => (await import('./sepay-pg/gateway.ts')).sepayPg], // specification §5.3
  ['onepay', async () => (await import('./onepay/gateway.ts')).onepay], // specification §5.5
]);

/** The names of all gateways, as they stand in addresses and keys. */
export const gatewayNames: readonly string[] = [...gateways.keys()];

/** Finds a gateway by the name in an address; a Map, so that `constructor` or `__proto__` find nothing. */
export async function findGateway(name: string): Promise<Gateway | undefined> {
  return gateways.get(name)?.();
}
