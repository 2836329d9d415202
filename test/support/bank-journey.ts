import { join } from 'node:path';
import { acceptCallback } from '#functions/accept-callback/accept-callback.ts';
import { createPayment } from '#functions/start-payment/create-payment.ts';
import { openAttempt } from '#functions/start-payment/open-attempt.ts';
import { openBank } from '#infra/local/bank/bank-site.ts';
import { type Site, startWebServer } from '#infra/local/web-server.ts';
import type { PaymentId } from '#schemas/ids.ts';
import { makeGatewayClient } from '#shared/adapters/gateway-client.ts';
import { makeGatewayConnections } from '#shared/adapters/gateway-connections.ts';
import { instantAfter } from '#shared/domain/calendar.ts';
import type { GatewayConnections } from '#shared/gateways/gateway.ts';
import { momo } from '#shared/gateways/momo/gateway.ts';
import { momoSecretSchema } from '#shared/gateways/momo/settings.ts';
import { findGateway } from '#shared/gateways/registry.ts';
import { vnpay } from '#shared/gateways/vnpay/gateway.ts';
import { vnpaySecretSchema } from '#shared/gateways/vnpay/settings.ts';
import { askGateways } from '#shared/processes/ask-gateway.ts';
import { makeChaseScene } from './chase-scene.ts';
import { readTestAccount } from './gateway-account.ts';
import { findStackPlace } from './local-stack.ts';
import {
  anAttemptRequest,
  aPaymentRequest,
  callingClient,
  makePaymentScene,
  type PaymentScene,
  workingMorning,
} from './payment-scene.ts';

const secrets = {
  vnpay: vnpaySecretSchema.parse(readTestAccount(vnpay).secret),
  momo: momoSecretSchema.parse(readTestAccount(momo).secret),
};

/**
 * The use cases on the real engines under a clock that can be set, and the bank's real page and interfaces over HTTP:
 * what a sweep does minutes later is seen at once.
 */
export async function makeBankJourney() {
  const scene = await makeChaseScene();
  const payments = await makePaymentScene(scene.table);
  const place = await findStackPlace();
  const baseUrl = `http://localhost:${place.port}`;
  const connections = connectTo(baseUrl);
  const bank = await openBank({
    secrets: { vnpay: { ttpvhcc: [secrets.vnpay] }, momo: { ttpvhcc: [secrets.momo] } },
    publicBaseUrl: baseUrl,
    bookFile: join(place.folder, 'bank.json'),
  });
  const stopServer = await startWebServer(
    place.port,
    [bank.site, callbackSite(baseUrl, connections, payments.accepting)],
    () => undefined,
  );
  const client = makeGatewayClient({ logNews: scene.asking.logNews });
  const asking = { ...scene.asking, connections, askGateway: client.ask };
  const paying = { ...payments.paying, connections, sendToGateway: client.order, publicBaseUrl: baseUrl };
  return {
    ...scene,
    /** A citizen at the bank's page: presses a button and gives the page that follows. */
    visitBank: async (gateway: string) => {
      const created = await createPayment(aPaymentRequest(), callingClient, paying);
      if (!('record' in created)) throw new Error(`not created: ${JSON.stringify(created)}`);
      const { paymentId } = created.record.payment;
      const opened = await openAttempt(paymentId, callingClient, anAttemptRequest({ gateway }), paying);
      if (!('attempt' in opened)) throw new Error(`not opened: ${JSON.stringify(opened)}`);
      const { url: orderPage } = await fetch(opened.attempt.redirectUrl ?? '');
      return { paymentId, press: (action: string) => pressAt(orderPage, action) };
    },
    /** The sweep that comes so many minutes after the payments were made. */
    sweepAfter: (minutes: number) => {
      scene.setClock(instantAfter(workingMorning, minutes * 60_000));
      return scene.sweep({ askGateways: (payment, attempts) => askGateways(payment, attempts, asking) });
    },
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

function connectTo(baseUrl: string): GatewayConnections {
  const addresses = {
    vnpay: {
      payUrl: `${baseUrl}/bank/vnpay/paymentv2/vpcpay.html`,
      apiUrl: `${baseUrl}/bank/vnpay/merchant_webapi/api/transaction`,
    },
    momo: { apiBaseUrl: `${baseUrl}/bank/momo` },
  };
  const account = { merchant: 'ttpvhcc', label: 'Trung tâm', default: true, units: [] };
  return makeGatewayConnections({
    findGateway,
    merchants: Object.entries(addresses).map(([gateway, settings]) => ({ ...account, gateway, settings })),
    secrets: {
      readMerchantSecrets: (gateway) =>
        Promise.resolve([Object.entries(secrets).find(([name]) => name === gateway)?.[1]]),
    },
    milliseconds: () => 0,
  });
}

/** Where the bank calls back, without the edge and the interface before it. */
function callbackSite(baseUrl: string, connections: GatewayConnections, needs: PaymentScene['accepting']): Site {
  return async ({ method, target, body }) => {
    const { pathname, search } = new URL(target, baseUrl);
    const [, gateway = '', merchant = ''] = /^\/callbacks\/([\w-]+)\/([\w-]+)$/.exec(pathname) ?? [];
    const connection = await connections.connect(gateway, merchant);
    if (connection === undefined) return undefined;
    const request = { method, rawQuery: search.slice(1), headers: {}, body };
    const answer = await acceptCallback({ gateway, merchant, connection }, request, needs);
    return { status: answer.status, headers: Object.entries(answer.headers), body: Buffer.from(answer.body) };
  };
}

async function pressAt(orderPage: string, action: string): Promise<string> {
  return (await fetch(orderPage, { method: 'POST', body: new URLSearchParams({ action }) })).text();
}
