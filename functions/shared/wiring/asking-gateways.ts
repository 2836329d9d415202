import * as z from 'zod/mini';
import { loadMerchants } from '#config/merchants.ts';
import type { Table } from '#shared/adapters/dynamo.ts';
import { makeEvidenceStore } from '#shared/adapters/evidence-store.ts';
import { makeGatewayClient } from '#shared/adapters/gateway-client.ts';
import { makeGatewayConnections } from '#shared/adapters/gateway-connections.ts';
import { makeSecretStore } from '#shared/adapters/secret-store.ts';
import { makeSettlementLedger } from '#shared/adapters/settlement-ledger.ts';
import type { AttemptAsking } from '#shared/domain/heard-news.ts';
import type { GatewayAsking } from '#shared/domain/ports.ts';
import type { SendToGateway } from '#shared/gateways/gateway.ts';
import { findGateway } from '#shared/gateways/registry.ts';
import { type AskGatewayNeeds, askAttempt, askGateways } from '#shared/processes/ask-gateway.ts';
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

type Environment = z.infer<z.ZodMiniObject<typeof askingGatewaysEnvironment>>;

/**
 * Wires the process of asking gateways with the engines, for each function that runs it.
 * @param isAwaited whether somebody waits for the answer: then nothing is repeated
 */
export function wireAskingGateways(
  environment: Environment,
  table: Table,
  { isAwaited = false }: { readonly isAwaited?: boolean } = {},
): GatewayAsking {
  const client = makeGatewayClient({ logNews });
  const needs = makeNeeds(environment, table, isAwaited ? client.askOnce : client.ask);
  return (payment, attempts) => askGateways(payment, attempts, needs);
}

/**
 * A gateway that has called waits for our answer while we ask: after 15 seconds it counts us as silent. With the writes
 * around it, the question must not take longer than 5.
 */
const whileGatewayWaits = { questionMilliseconds: 3_000 };

/** Wires the process of asking about one attempt, for the function that is being called back meanwhile. */
export function wireAskingAttempt(environment: Environment, table: Table): AttemptAsking {
  const client = makeGatewayClient({ logNews, limits: whileGatewayWaits });
  const needs = makeNeeds(environment, table, client.askOnce);
  return (payment, attempt, told) => askAttempt(payment, attempt, needs, told);
}

/** The same where nobody waits for us: silence is listened to as long as anywhere, and the question repeated. */
export function wireHearingAttempt(environment: Environment, table: Table): AttemptAsking {
  const needs = makeNeeds(environment, table, makeGatewayClient({ logNews }).ask);
  return (payment, attempt, told) => askAttempt(payment, attempt, needs, told);
}

function makeNeeds(environment: Environment, table: Table, askGateway: SendToGateway): AskGatewayNeeds {
  return {
    ledger: makeSettlementLedger(table),
    connections: makeGatewayConnections({
      findGateway,
      merchants: loadMerchants(environment.STAGE, environment.MERCHANT_SETTINGS_BASE_URL),
      secrets: makeSecretStore(environment),
      milliseconds: () => performance.now(),
    }),
    askGateway,
    evidence: makeEvidenceStore(environment.EVIDENCE_BUCKET),
    clock: systemClock,
    logNews,
  };
}
