import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadMerchants } from '#config/merchants.ts';
import { stageSchema } from '#config/stage.ts';
import type { RefundNeeds } from '#functions/refund-payment/refund-needs.ts';
import { portsFrom, readPortBase } from '#infra/local/ports.ts';
import { makeGatewayClient } from '#shared/adapters/gateway-client.ts';
import { makeGatewayConnections } from '#shared/adapters/gateway-connections.ts';
import { makeRefundLedger } from '#shared/adapters/refund-ledger.ts';
import { makeSecretStore } from '#shared/adapters/secret-store.ts';
import { findGateway } from '#shared/gateways/registry.ts';
import { followRefunds } from '#shared/processes/follow-refunds.ts';
import { systemClock } from '#shared/runtime/clock.ts';
import { pauseBeforeTry } from '#shared/runtime/pause.ts';
import { openDeskTable } from './desk-table.ts';

/** What the functions write into their log goes where it does not mix with the answer. */
const logNews: RefundNeeds['logNews'] = (code, facts = {}) =>
  void process.stderr.write(`${JSON.stringify({ code, ...facts })}\n`);

/** Everything that refund-payment is given, on the ledger that the environment names, else on that of `npm start`. */
export async function openRefundDesk(environment: NodeJS.ProcessEnv = process.env): Promise<RefundNeeds> {
  const ledger = makeRefundLedger(await openDeskTable(environment));
  const client = makeGatewayClient({ logNews });
  const following = {
    ledger,
    connections: makeGatewayConnections({
      findGateway,
      merchants: loadMerchants(stageSchema.parse(environment['STAGE'] ?? 'dev'), gatewaysBaseUrlOf(environment)),
      secrets: makeSecretStore(secretPlaceOf(environment)),
      milliseconds: () => performance.now(),
    }),
    orderGateway: client.order,
    askGateway: client.ask,
    clock: systemClock,
    logNews,
  };
  return {
    ledger,
    followRefunds: (record, refundIds) => followRefunds(record, refundIds, following),
    clock: systemClock,
    pauseBeforeTry,
    logNews,
  };
}

/** On the local ledger the bank page plays every gateway; elsewhere accounts name their gateways themselves. */
function gatewaysBaseUrlOf(environment: NodeJS.ProcessEnv): string | undefined {
  if (environment['TABLE_NAME'] !== undefined) return environment['MERCHANT_SETTINGS_BASE_URL'];
  return `http://localhost:${portsFrom(readPortBase(environment['PORT'])).http}`;
}

function secretPlaceOf(environment: NodeJS.ProcessEnv): Parameters<typeof makeSecretStore>[0] {
  const { TABLE_NAME, SECRETS_FILE, SECRETS_PREFIX } = environment;
  if (TABLE_NAME !== undefined || SECRETS_FILE !== undefined) return { SECRETS_FILE, SECRETS_PREFIX };
  const stateFolder = environment['STATE_DIR'] ?? fileURLToPath(new URL('../../.local', import.meta.url));
  return { SECRETS_FILE: join(stateFolder, 'secrets.json') };
}
