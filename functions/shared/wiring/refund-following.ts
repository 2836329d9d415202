import * as z from 'zod/mini';
import { loadMerchants } from '#config/merchants.ts';
import type { Table } from '#shared/adapters/dynamo.ts';
import { makeGatewayClient } from '#shared/adapters/gateway-client.ts';
import { makeGatewayConnections } from '#shared/adapters/gateway-connections.ts';
import { makeRefundLedger } from '#shared/adapters/refund-ledger.ts';
import { makeSecretStore } from '#shared/adapters/secret-store.ts';
import type { RefundFollowing } from '#shared/domain/refund-ports.ts';
import { findGateway } from '#shared/gateways/registry.ts';
import { followRefunds } from '#shared/processes/follow-refunds.ts';
import { systemClock } from '#shared/runtime/clock.ts';
import { commonEnvironment } from '#shared/runtime/env.ts';
import { logNews } from '#shared/runtime/telemetry.ts';

/** What a function that carries refunds on must be told. */
export const refundFollowingEnvironment = {
  ...commonEnvironment,
  SECRETS_PREFIX: z.optional(z.string()),
  SECRETS_FILE: z.optional(z.string()),
  MERCHANT_SETTINGS_BASE_URL: z.optional(z.url()),
};

/**
 * Wires the process of following refunds with the engines, for each function that runs it.
 * @param limits how long a gateway's answer to an order is awaited, where the usual time is too long; without an answer
 *   the gateway is asked later what it did
 */
export function wireRefundFollowing(
  environment: z.infer<z.ZodMiniObject<typeof refundFollowingEnvironment>>,
  table: Table,
  limits: { readonly orderMilliseconds?: number } = {},
): RefundFollowing {
  const client = makeGatewayClient({ logNews, limits });
  const needs = {
    ledger: makeRefundLedger(table),
    connections: makeGatewayConnections({
      findGateway,
      merchants: loadMerchants(environment.STAGE, environment.MERCHANT_SETTINGS_BASE_URL),
      secrets: makeSecretStore(environment),
      milliseconds: () => performance.now(),
    }),
    orderGateway: client.order,
    askGateway: client.ask,
    clock: systemClock,
    logNews,
  };
  return (record, refundIds) => followRefunds(record, refundIds, needs);
}
