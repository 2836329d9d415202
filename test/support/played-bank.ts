import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadMerchants } from '#config/merchants.ts';
import { openBank } from '#infra/local/bank/bank-site.ts';
import { loadPlayedAccounts, type PlayedAccount } from '#infra/local/bank/played-account.ts';
import { findFreePort } from '#infra/local/ports.ts';
import { completeSecrets } from '#infra/local/secrets.ts';
import { startWebServer } from '#infra/local/web-server.ts';
import type { AttemptOrder, OpeningAnswer } from '#shared/gateways/gateway.ts';
import type { GatewayRequest, HttpAnswer } from '#shared/gateways/http-messages.ts';
import { anInstant, anOrder } from './attempt-orders.ts';
import { goToBank } from './bank-visitor.ts';

/** The accounts of stage dev, as the bank at this address keeps them. */
export async function devAccounts(baseUrl: string): Promise<readonly PlayedAccount[]> {
  const merchants = loadMerchants('dev', baseUrl);
  return loadPlayedAccounts(merchants, await completeSecrets({}, merchants));
}

/** The bank of the local stack by itself, over HTTP, at the instant of the builders; nobody takes its callbacks. */
export async function startPlayedBank() {
  const folder = await mkdtemp(join(tmpdir(), 'bien-lai-bank-'));
  const port = await findFreePort();
  const baseUrl = `http://localhost:${port}`;
  const accounts = await devAccounts(baseUrl);
  const bookFile = join(folder, 'bank.json');
  const bank = await openBank({ accounts, publicBaseUrl: baseUrl, bookFile, now: () => anInstant });
  const stopServer = await startWebServer(port, [bank.site], () => undefined);
  return {
    baseUrl,
    accounts,
    /** Opens an attempt as our functions do, and goes on as the citizen does, to the order's page. */
    goTo: async (played: PlayedAccount, order: AttemptOrder = orderAt(played)) => {
      const step = await openAt(played, order);
      if (step.kind === 'refused' || step.kind === 'unknown') throw new Error(step.why);
      const shown = { gateway: played.gateway, merchant: played.account.merchant };
      switch (step.kind) {
        case 'redirect':
          return goToBank({ ...shown, redirectUrl: step.url }, baseUrl);
        case 'form':
          return goToBank({ ...shown, form: step.form }, baseUrl);
        case 'transfer':
          return goToBank({ ...shown, transfer: step.transfer }, baseUrl);
      }
    },
    stop: async () => {
      bank.stop();
      await stopServer();
      await rm(folder, { recursive: true });
    },
  };
}

export type PlayedBank = Awaited<ReturnType<typeof startPlayedBank>>;

/** 28 000 đồng, under the reference that the gateway wants. */
export function orderAt({ connection }: PlayedAccount, changes: Partial<AttemptOrder> = {}): AttemptOrder {
  const order = anOrder(changes);
  return { ...order, gatewayRef: connection.gatewayRefOf(order.gatewayRef, order.openedAt) };
}

/** What the first step of an attempt comes to, after the gateway was asked where it must be. */
export async function openAt({ connection }: PlayedAccount, order: AttemptOrder): Promise<OpeningAnswer> {
  const opening = connection.openAttempt(order);
  return opening.kind === 'request' ? opening.readAnswer(await sendAsIs(opening.request)) : opening;
}

export async function sendAsIs({ url, method, headers, body }: GatewayRequest): Promise<HttpAnswer> {
  const answer = await fetch(url, { method, headers, ...(method === 'POST' && { body }) });
  return { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() };
}
