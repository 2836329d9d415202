import { join } from 'node:path';
import { expect } from '@jest/globals';
import { loadMerchants } from '#config/merchants.ts';
import { acceptCallback } from '#functions/accept-callback/accept-callback.ts';
import { createPayment } from '#functions/start-payment/create-payment.ts';
import { openAttempt } from '#functions/start-payment/open-attempt.ts';
import { openBank } from '#infra/local/bank/bank-site.ts';
import { loadPlayedAccounts } from '#infra/local/bank/played-account.ts';
import { completeSecrets, type MerchantSecrets } from '#infra/local/secrets.ts';
import { type Site, startWebServer } from '#infra/local/web-server.ts';
import type { PaymentId } from '#schemas/ids.ts';
import { makeGatewayClient } from '#shared/adapters/gateway-client.ts';
import { makeGatewayConnections } from '#shared/adapters/gateway-connections.ts';
import { instantAfter } from '#shared/domain/calendar.ts';
import type { Merchant } from '#shared/domain/merchant.ts';
import type { GatewayConnections } from '#shared/gateways/gateway.ts';
import { findGateway } from '#shared/gateways/registry.ts';
import { askGateways } from '#shared/processes/ask-gateway.ts';
import { followRefunds } from '#shared/processes/follow-refunds.ts';
import { goToBank, pressAt } from './bank-visitor.ts';
import { makeChaseScene } from './chase-scene.ts';
import { findStackPlace } from './local-stack.ts';
import {
  anAttemptRequest,
  aPaymentRequest,
  callingClient,
  makePaymentScene,
  type PaymentScene,
  workingMorning,
} from './payment-scene.ts';

/**
 * The use cases on the real engines under a clock that can be set, and the bank's real page and interfaces over HTTP,
 * with the accounts of stage dev: what a sweep does minutes later is seen at once.
 */
export async function makeBankJourney() {
  const scene = await makeChaseScene();
  const payments = await makePaymentScene(scene.table);
  const place = await findStackPlace();
  const baseUrl = `http://localhost:${place.port}`;
  const { clock, logNews } = scene.asking;
  const merchants = loadMerchants('dev', baseUrl);
  const secrets = await completeSecrets({}, merchants);
  const connections = connectTo(merchants, secrets);
  const bank = await openBank({
    accounts: await loadPlayedAccounts(merchants, secrets),
    publicBaseUrl: baseUrl,
    bookFile: join(place.folder, 'bank.json'),
    now: clock,
  });
  const accepting = { ...payments.accepting, clock };
  const callbacks = callbackSite(baseUrl, connections, accepting);
  const stopServer = await startWebServer(place.port, [bank.site, callbacks], () => undefined);
  const client = makeGatewayClient({ logNews });
  const asking = { ...scene.asking, connections, askGateway: client.ask };
  const following = { ...scene.following, connections, orderGateway: client.order, askGateway: client.ask };
  const paying = {
    ...payments.paying,
    clock,
    merchants,
    connections,
    sendToGateway: client.order,
    publicBaseUrl: baseUrl,
  };
  return {
    ...scene,
    baseUrl,
    connections,
    /** What gateways are asked with. */
    askingBank: asking,
    /** A citizen at the bank's page: presses a button and gives the page that follows. */
    visitBank: async (gateway: string) => {
      scene.setClock(workingMorning);
      const created = await createPayment(aPaymentRequest(), callingClient, paying);
      if (!('record' in created)) throw new Error(`not created: ${JSON.stringify(created)}`);
      const { paymentId } = created.record.payment;
      const opened = await openAttempt(paymentId, callingClient, anAttemptRequest({ gateway }), paying);
      if (!('attempt' in opened)) throw new Error(`not opened: ${JSON.stringify(opened)}`);
      const orderPage = await goToBank(opened.attempt, baseUrl);
      return {
        paymentId,
        press: (action: string) => pressAt(orderPage, action),
        look: async () => (await fetch(orderPage)).text(),
      };
    },
    /** The sweep that comes so many minutes after the payments were made. */
    sweepAfter: (minutes: number) => {
      scene.setClock(instantAfter(workingMorning, minutes * 60_000));
      return scene.sweep({
        askGateways: (payment, attempts) => askGateways(payment, attempts, asking),
        followRefunds: (record, refundIds) => followRefunds(record, refundIds, following),
      });
    },
    /** What refunds are followed with. */
    following,
    eventsOf: async (paymentId: PaymentId) =>
      (await scene.drainQueue()).filter(({ data }) => data.paymentId === paymentId).map(({ type }) => type),
    stop: async () => {
      bank.stop();
      await stopServer();
      await place.remove();
      await scene.engine.stop();
    },
  };
}

export type BankJourney = Awaited<ReturnType<typeof makeBankJourney>>;

/** Paid, with one receipt and no money beside it. */
export async function expectSettledOnce(journey: BankJourney, paymentId: PaymentId): Promise<void> {
  const { payment, receipts, money } = await journey.record(paymentId);
  expect(payment).toMatchObject({ state: 'paid', attempts: { '01': { outcome: 'succeeded' } } });
  expect(receipts.map(({ pdf }) => pdf !== undefined)).toEqual([true]);
  expect(money).toEqual([]);
}

function connectTo(merchants: readonly Merchant[], secrets: MerchantSecrets): GatewayConnections {
  return makeGatewayConnections({
    findGateway,
    merchants,
    secrets: { readMerchantSecrets: (gateway, merchant) => Promise.resolve(secrets[gateway]?.[merchant]) },
    milliseconds: () => 0,
  });
}

/** Where the bank calls back, without the edge and the interface before it. */
function callbackSite(baseUrl: string, connections: GatewayConnections, needs: PaymentScene['accepting']): Site {
  return async ({ method, target, rawHeaders, body }) => {
    const { pathname, search } = new URL(target, baseUrl);
    const [, gateway = '', merchant = ''] = /^\/callbacks\/([\w-]+)\/([\w-]+)$/.exec(pathname) ?? [];
    const connection = await connections.connect(gateway, merchant);
    if (connection === undefined) return undefined;
    const headers = Object.fromEntries(
      rawHeaders.flatMap((name, place) => (place % 2 === 0 ? [[name.toLowerCase(), rawHeaders[place + 1]]] : [])),
    );
    const request = { method, rawQuery: search.slice(1), headers, body };
    const answer = await acceptCallback({ gateway, merchant, connection }, request, needs);
    return { status: answer.status, headers: Object.entries(answer.headers), body: Buffer.from(answer.body) };
  };
}
