import { readAttemptRef } from '#shared/domain/attempt-ref.ts';
import type { AttemptAddress } from '#shared/domain/ports.ts';
import type { GatewayConnection } from '#shared/gateways/gateway.ts';

/** A gateway's connection to the merchant account that the callback's path names. */
export interface CallbackRoute {
  readonly gateway: string;
  readonly merchant: string;
  readonly connection: GatewayConnection;
}

/** Where the attempt stands that an order reference names, or nothing when the reference is none of our form. */
export function addressOf(
  orderRef: string | null,
  { gateway, merchant, connection }: CallbackRoute,
): AttemptAddress | undefined {
  if (orderRef === null) return undefined;
  const named = readAttemptRef(connection.attemptRefOf(orderRef) ?? '');
  return named === undefined ? undefined : { ...named, gateway, merchant, gatewayRef: orderRef };
}
