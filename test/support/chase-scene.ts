import { expect } from '@jest/globals';
import { type ChaseNeeds, chasePayments } from '#functions/chase-payments/chase-payments.ts';
import { eventTypes } from '#schemas/dossier-confirmation.ts';
import { type Instant, instantSchema, type PaymentId } from '#schemas/ids.ts';
import { makeConfirmationLedger } from '#shared/adapters/confirmation-ledger.ts';
import { makeConfirmationQueue } from '#shared/adapters/confirmation-queue.ts';
import { makeDueLedger } from '#shared/adapters/due-ledger.ts';
import { makeGatewayConnections } from '#shared/adapters/gateway-connections.ts';
import { readRecord } from '#shared/adapters/read-record.ts';
import { makeRefundLedger } from '#shared/adapters/refund-ledger.ts';
import { makeSettlementLedger } from '#shared/adapters/settlement-ledger.ts';
import { instantAfter } from '#shared/domain/calendar.ts';
import { GatewaySilent } from '#shared/domain/failures.ts';
import { merchantSchema } from '#shared/domain/merchant.ts';
import type { PaymentRecord } from '#shared/domain/payment-record.ts';
import type { SendToGateway } from '#shared/gateways/gateway.ts';
import { findGateway } from '#shared/gateways/registry.ts';
import { type AskGatewayNeeds, askGateways } from '#shared/processes/ask-gateway.ts';
import { type FollowNeeds, followRefunds } from '#shared/processes/follow-refunds.ts';
import { issueReceipts } from '#shared/processes/issue-receipts.ts';
import { type SendingNeeds, sendConfirmations } from '#shared/processes/send-confirmations.ts';
import { drainDossierQueue } from './dossier-queue.ts';
import { readTestAccount } from './gateway-account.ts';
import { documentKeysOf, makeIssuingScene } from './issuing-scene.ts';
import { putRecord } from './paid-record.ts';
import { gateways } from './registered-gateways.ts';

/** Ledger, archive and dossier queue on the real engines, with everything that the sweep needs and no stream at all. */
export async function makeChaseScene() {
  const scene = await makeIssuingScene();
  const { table, engine, needs: issuing } = scene;
  const { clock, logNews } = issuing;
  const sending: SendingNeeds = {
    ledger: makeConfirmationLedger(table),
    // Short of patience, so that a test of a queue that is down does not take long.
    queue: makeConfirmationQueue(engine.sqs, engine.queueUrl, { milliseconds: 100, firstPause: 1, longestPause: 5 }),
    clock,
    logNews,
  };
  const kept = new Map<string, Uint8Array>();
  let atGateways: SendToGateway = () => Promise.reject(new GatewaySilent('no gateway in this scene'));
  const asking: AskGatewayNeeds = {
    ledger: makeSettlementLedger(table),
    connections: connectTestAccounts(),
    askGateway: (request) => atGateways(request),
    evidence: {
      keep: (sha256, raw) => {
        kept.set(sha256, raw);
        return Promise.resolve(`callbacks/${sha256}`);
      },
    },
    clock,
    logNews,
  };
  const following: FollowNeeds = {
    ledger: makeRefundLedger(table),
    connections: asking.connections,
    orderGateway: (request) => atGateways(request),
    askGateway: (request) => atGateways(request),
    clock,
    logNews,
  };
  const chasing: ChaseNeeds = {
    askGateways: (payment, attempts) => askGateways(payment, attempts, asking),
    followRefunds: (record, refundIds) => followRefunds(record, refundIds, following),
    ledger: makeDueLedger(table),
    issueReceipts: (paymentIds) => issueReceipts(paymentIds, issuing),
    sendConfirmations: (paymentIds) => sendConfirmations(paymentIds, sending),
    clock,
    remainingMilliseconds: () => 60_000,
    logNews,
  };
  return {
    ...scene,
    send: (paymentIds: readonly PaymentId[], change: Partial<SendingNeeds> = {}) =>
      sendConfirmations(paymentIds, { ...sending, ...change }),
    sweep: (change: Partial<ChaseNeeds> = {}) => chasePayments({ ...chasing, ...change }),
    due: chasing.ledger,
    asking,
    following,
    kept,
    /** What gateways answer from now on. */
    playGateways: (answer: SendToGateway) => {
      atGateways = answer;
    },
    record: async (paymentId: PaymentId) => {
      const record = await readRecord(table, paymentId);
      if (record === undefined) throw new Error(`no payment ${paymentId}`);
      return record;
    },
    put: async (record: PaymentRecord) => {
      await putRecord(table, record);
      return record.payment.paymentId;
    },
    dueAtOf: async (paymentId: PaymentId) => (await readRecord(table, paymentId))?.payment.dueAt,
    drainQueue: () => drainDossierQueue(engine),
    codes: () => scene.logged.map(({ code }) => code),
  };
}

/** The test account of every gateway, as `ttpvhcc`. */
function connectTestAccounts() {
  return makeGatewayConnections({
    findGateway,
    merchants: gateways.map((gateway) =>
      merchantSchema.parse({
        gateway: gateway.name,
        merchant: 'ttpvhcc',
        label: gateway.label,
        default: true,
        units: [],
        settings: readTestAccount(gateway).settings,
      }),
    ),
    secrets: {
      readMerchantSecrets: async (name) => {
        const gateway = await findGateway(name);
        return gateway === undefined ? undefined : [readTestAccount(gateway).secret];
      },
    },
    milliseconds: () => 0,
  });
}

export type ChaseScene = Awaited<ReturnType<typeof makeChaseScene>>;

/** When the scene's clock stands still: a second after the builders' payments were paid. */
export const sceneStart = instantSchema.parse('2026-11-23T02:15:32.000Z');

/** Sweeps as the schedule does, minute by minute, until nothing will ever be due. */
export async function sweepUntilDone(scene: ChaseScene, from: Instant = sceneStart): Promise<void> {
  const everAfter = instantSchema.parse('9999-12-31T23:59:59.999Z');
  for (let minutes = 1; minutes <= 50; minutes += 1) {
    scene.setClock(instantAfter(from, minutes * 60_000));
    await scene.sweep();
    if ((await scene.due.findDue(everAfter, 1)).length === 0) return;
  }
  throw new Error(`not done: ${JSON.stringify(scene.logged.slice(-10))}`);
}

/** Each payment has one receipt in the series, the archive and the record, and its two events came once and in order. */
export async function expectFinished(scene: ChaseScene, count: number): Promise<void> {
  const register = await scene.register('26TAA');
  expect(register.map(({ content }) => content.number)).toEqual(Array.from({ length: count }, (_, index) => index + 1));
  expect(new Set(register.map(({ paymentId }) => paymentId)).size).toBe(count);
  expect(await scene.archivedKeys()).toEqual(documentKeysOf(register));
  const received = Map.groupBy(await scene.drainQueue(), ({ data }) => data.paymentId);
  for (const { paymentId } of register) {
    const { confirmations, payment } = await scene.record(paymentId);
    expect(received.get(paymentId)?.map(({ type }) => type)).toEqual([
      eventTypes.paymentPaid,
      eventTypes.receiptIssued,
    ]);
    expect(confirmations).toHaveLength(2);
    expect(payment.dueAt).toBeUndefined();
  }
}
