import { randomInt } from 'node:crypto';
import { loadFees } from '#config/fees.ts';
import { loadUnits } from '#config/units.ts';
import type { AcceptCallbackNeeds } from '#functions/accept-callback/accept-callback.ts';
import { makeDoubtCap } from '#functions/accept-callback/doubt-cap.ts';
import { keepEvidence } from '#functions/accept-callback/keep-evidence.ts';
import { type CreatePaymentNeeds, createPayment } from '#functions/start-payment/create-payment.ts';
import { type OpenAttemptNeeds, openAttempt } from '#functions/start-payment/open-attempt.ts';
import { type Instant, instantSchema, type PaymentId } from '#schemas/ids.ts';
import {
  attemptRequestSchema,
  chargeRequestSchema,
  type PaymentRequest,
  paymentRequestSchema,
} from '#schemas/payment-request.ts';
import type { Table } from '#shared/adapters/dynamo.ts';
import { makeGatewayConnections } from '#shared/adapters/gateway-connections.ts';
import { makePaymentLedger } from '#shared/adapters/payment-ledger.ts';
import { readRecord } from '#shared/adapters/read-record.ts';
import { makeSettlementLedger } from '#shared/adapters/settlement-ledger.ts';
import { paymentIdFrom, paymentIdSpace } from '#shared/domain/attempt-ref.ts';
import { GatewaySilent } from '#shared/domain/failures.ts';
import type { LogCode } from '#shared/domain/log-catalogue.ts';
import { type Merchant, merchantSchema } from '#shared/domain/merchant.ts';
import type { PaymentRecord } from '#shared/domain/payment-record.ts';
import type { EvidenceStore } from '#shared/domain/ports.ts';
import type { SendToGateway } from '#shared/gateways/gateway.ts';
import { findGateway } from '#shared/gateways/registry.ts';
import { type AskGatewayNeeds, askAttempt } from '#shared/processes/ask-gateway.ts';
import { readTestAccount } from './gateway-account.ts';
import { startTestTable } from './local-engines.ts';
import { gateways } from './registered-gateways.ts';

/** Morning of an ordinary working day in Vietnam. */
export const workingMorning = instantSchema.parse('2026-11-23T02:15:30.000Z');
export const callingClient = 'dossier-system';

const merchants: readonly Merchant[] = ['vnpay', 'momo', 'dvcqg', 'sepay', 'sepay-pg'].map((gateway) => ({
  gateway,
  merchant: 'ttpvhcc',
  label: 'Trung tâm Phục vụ hành chính công',
  default: true,
  units: [],
  settings: {},
}));

/** The ledger on the real engine, a stopped clock, and the real use cases around them; on a table of its own if need be. */
export async function makePaymentScene(given?: Table) {
  const table = given ?? (await makeTable());
  let now = workingMorning;
  const logged: LogCode[] = [];
  const kept = new Map<string, Uint8Array>();
  const clock = () => now;
  const logNews = (code: LogCode) => void logged.push(code);
  const connections = makeGatewayConnections({
    findGateway,
    merchants: merchants.map((merchant) => ({ ...merchant, settings: settingsOf(merchant.gateway) })),
    secrets: { readMerchantSecrets: (gateway) => Promise.resolve([secretOf(gateway)]) },
    milliseconds: () => Date.parse(now),
  });
  const paying: CreatePaymentNeeds & OpenAttemptNeeds = {
    ledger: makePaymentLedger(table),
    clock,
    logNews,
    drawPaymentId: () => paymentIdFrom(randomInt(paymentIdSpace)),
    units: loadUnits('dev'),
    fees: loadFees('dev'),
    province: 'H49',
    merchants,
    connections,
    // No test of this scene speaks to a gateway; one that must gives its own.
    sendToGateway: () => Promise.reject(new GatewaySilent('no gateway in this scene')),
    publicBaseUrl: 'https://edge.example.vn',
  };
  const evidence: EvidenceStore = {
    keep: (sha256, raw) => {
      kept.set(sha256, raw);
      return Promise.resolve(`callbacks/${sha256}`);
    },
  };
  let atGateways: SendToGateway = paying.sendToGateway;
  const settling = { ledger: makeSettlementLedger(table), clock, logNews };
  const asking: AskGatewayNeeds = {
    ...settling,
    connections,
    askGateway: (request) => atGateways(request),
    evidence,
  };
  const accepting: AcceptCallbackNeeds = {
    ...settling,
    keepEvidence: (request) => keepEvidence(request, evidence),
    askAttempt: (payment, attempt, told) => askAttempt(payment, attempt, asking, told),
    mayAsk: makeDoubtCap({ perSource: 5, perGateway: 20 }),
  };
  return {
    table,
    connections,
    paying,
    accepting,
    logged,
    kept,
    /** What gateways answer from now on when they are asked. */
    playGateways: (answer: SendToGateway) => {
      atGateways = answer;
    },
    setClock: (instant: string) => {
      now = instantSchema.parse(instant);
    },
    async record(paymentId: PaymentId): Promise<PaymentRecord> {
      const record = await readRecord(table, paymentId);
      if (record === undefined) throw new Error(`no payment ${paymentId}`);
      return record;
    },
    /** A payment with one attempt, at VNPAY if nothing else is said, ready to be called back. */
    async openPayment(changes: Partial<PaymentRequest> = {}, gateway = 'vnpay') {
      const created = await createPayment(aPaymentRequest(changes), callingClient, paying);
      if (!('record' in created)) throw new Error(`not created: ${JSON.stringify(created)}`);
      const { payment } = created.record;
      const opened = await openAttempt(payment.paymentId, callingClient, anAttemptRequest({ gateway }), paying);
      // A gateway that is asked for its page is silent here; the attempt stands all the same.
      const [attempt] = Object.values((await readRecord(table, payment.paymentId))?.payment.attempts ?? {});
      if (attempt === undefined) throw new Error(`not opened: ${JSON.stringify(opened)}`);
      return { paymentId: payment.paymentId, amountVnd: payment.amountVnd, gatewayRef: attempt.gatewayRef };
    },
  };
}

async function makeTable(): Promise<Table> {
  const { tableName, documentClient } = await startTestTable();
  return { client: documentClient, name: tableName };
}

export type PaymentScene = Awaited<ReturnType<typeof makePaymentScene>>;

let requests = 0;

/** A request for one land fee of 28 000 đồng, of a dossier and with a reference of its own. */
export function aPaymentRequest(changes: Partial<PaymentRequest> = {}): PaymentRequest {
  requests += 1;
  return paymentRequestSchema.parse({
    reference: `YC-${requests}`,
    charges: [aCharge()],
    expiresAt: daysAfter(workingMorning, 3),
    ...changes,
  });
}

let dossiers = 0;

export function aCharge(changes: Record<string, unknown> = {}): PaymentRequest['charges'][number] {
  dossiers += 1;
  const charge = {
    dossierCode: `H49.14-261122-${String(dossiers).padStart(4, '0')}`,
    procedureCode: '1.013978',
    payer: { name: 'Nguyễn Văn An', address: 'Phường Hồng Gai, tỉnh Quảng Ninh' },
    feeLines: [{ unitCode: 'vpdkdd', feeCode: 'QN-006', quantity: 1, amountVnd: 28_000 }],
    ...changes,
  };
  return chargeRequestSchema.parse(charge);
}

export function anAttemptRequest(changes: Record<string, unknown> = {}) {
  return attemptRequestSchema.parse({ gateway: 'vnpay', clientIp: '203.0.113.7', ...changes });
}

export function daysAfter(instant: Instant, days: number): Instant {
  return instantSchema.parse(new Date(Date.parse(instant) + days * 86_400_000).toISOString());
}

function accountOf(gateway: string) {
  const found = gateways.find(({ name }) => name === gateway);
  if (found === undefined) throw new Error(`no gateway ${gateway}`);
  return readTestAccount(found);
}
const secretOf = (gateway: string) => accountOf(gateway).secret;
const settingsOf = (gateway: string) => merchantSchema.shape.settings.parse(accountOf(gateway).settings);
