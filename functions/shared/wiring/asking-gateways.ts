import * as z from 'zod/mini';
import { loadMerchants } from '#config/merchants.ts';
import type { Table } from '#shared/adapters/dynamo.ts';
import { makeEvidenceStore } from '#shared/adapters/evidence-store.ts';
import { makeGatewayClient } from '#shared/adapters/gateway-client.ts';
import { makeGatewayConnections } from '#shared/adapters/gateway-connections.ts';
import { makeSecretStore } from '#shared/adapters/secret-store.ts';
import { makeSettlementLedger } from '#shared/adapters/settlement-ledger.ts';
import type { GatewayAsking } from '#shared/domain/ports.ts';
import { findGateway } from '#shared/gateways/registry.ts';
import { askGateways } from '#shared/processes/ask-gateway.ts';
import { systemClock } from '#shared/runtime/clock.ts';
import { commonEnvironment } from '#shared/runtime/env.ts';
import { logNews } from '#shared/runtime/telemetry.ts';

/** What a function that asks gateways must be told. */
export const askingGatewaysEnvironment = {
  ...commonEnvironment,
  EVIDENCE_BUCKET: z.string().check(z.minLength(3)),
  SECRETS_PREFIX: z.optional(z.string()),
  SECRETS_FILE: z.optional(z.string()),
  MERCHANT_SETTINGS_BASE_URL: z.optional(z.url()),
};

/**
 * Wires the process of asking gateways with the engines, for each function that runs it.
 * @param isAwaited whether somebody waits for the answer: then nothing is repeated
 */
export function wireAskingGateways(
  environment: z.infer<z.ZodMiniObject<typeof askingGatewaysEnvironment>>,
  table: Table,
  { isAwaited = false }: { readonly isAwaited?: boolean } = {},
): GatewayAsking {
  const client = makeGatewayClient({ logNews });
  const needs = {
    ledger: makeSettlementLedger(table),
    connections: makeGatewayConnections({
      findGateway,
      merchants: loadMerchants(environment.STAGE, environment.MERCHANT_SETTINGS_BASE_URL),
      secrets: makeSecretStore(environment),
      milliseconds: () => performance.now(),
    }),
    askGateway: isAwaited ? client.askOnce : client.ask,
    evidence: makeEvidenceStore(environment.EVIDENCE_BUCKET),
    clock: systemClock,
    logNews,
  };
  return (payment, attempts) => askGateways(payment, attempts, needs);
}
