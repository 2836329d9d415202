import { type RefundResult, refundPayment } from '#functions/refund-payment/refund-payment.ts';
import type { PaymentId } from '#schemas/ids.ts';
import { type RefundView, refundCommandSchema } from '#schemas/refund.ts';
import { makeRefundLedger } from '#shared/adapters/refund-ledger.ts';
import { instantAfter } from '#shared/domain/calendar.ts';
import type { KeptMoney } from '#shared/domain/payment.ts';
import { keptMoneySchema } from '#shared/domain/payment.ts';
import type { PaymentRecord } from '#shared/domain/payment-record.ts';
import { moneyKey } from '#shared/domain/settlement.ts';
import { followRefunds } from '#shared/processes/follow-refunds.ts';
import { makeChaseScene } from './chase-scene.ts';
import { signedAt, withAttempt, withConfirmationsSent, withSignedReceipts } from './owing-records.ts';
import { aPaidRecord, type ChargeDraft } from './paid-record.ts';
import { bankRefunding, RefundBank } from './refund-bank.ts';

/** An hour after the builders' payments were paid. */
export const refundStart = instantAfter(signedAt, 60 * 60_000);

/** The sweep's scene with finance staff, and a bank behind every account that pays back when it is asked. */
export async function makeRefundScene() {
  const scene = await makeChaseScene();
  const bank = new RefundBank();
  let hasInterface = true;
  const connections = {
    connect: async (gateway: string, merchant: string) => {
      const connection = await scene.following.connections.connect(gateway, merchant);
      if (connection === undefined) return undefined;
      const { refunding, ...others } = connection;
      return hasInterface ? { ...others, refunding: bankRefunding } : others;
    },
  };
  const atBank = (request: Parameters<RefundBank['answer']>[0]) => bank.answer(request);
  const following = { ...scene.following, connections, orderGateway: atBank, askGateway: atBank };
  const needs = {
    ledger: makeRefundLedger(scene.table),
    followRefunds: (record: PaymentRecord, refundIds: Parameters<typeof followRefunds>[1]) =>
      followRefunds(record, refundIds, following),
    clock: scene.following.clock,
    pauseBeforeTry: () => Promise.resolve(),
    logNews: scene.following.logNews,
  };
  const run = (command: object, change: Partial<typeof needs> = {}): Promise<RefundResult> =>
    refundPayment(refundCommandSchema.parse(command), { ...needs, ...change });
  scene.setClock(refundStart);
  return {
    ...scene,
    bank,
    needs,
    following,
    run,
    takeInterfaceAway: () => {
      hasInterface = false;
    },
    sweep: () => scene.sweep({ followRefunds: needs.followRefunds }),
    sweepAt: async (minutes: number) => {
      scene.setClock(instantAfter(refundStart, minutes * 60_000));
      return scene.sweep({ followRefunds: needs.followRefunds });
    },
    /** A payment of 28 000 đồng with receipt and confirmations: it owes nothing. */
    putPaid: async (drafts?: readonly ChargeDraft[]): Promise<PaymentId> => {
      const paid = aPaidRecord(drafts, { dueAt: undefined });
      return scene.put(withConfirmationsSent(withSignedReceipts(paid)));
    },
    /** The same, paid a second time by another attempt. */
    putPaidTwice: async (): Promise<{ readonly paymentId: PaymentId; readonly surplusKey: string }> => {
      const paid = aPaidRecord([{}], { dueAt: undefined });
      const gatewayRef = `${paid.payment.paymentId}02`;
      const surplus = aSurplus(paid, gatewayRef);
      const record = withAttempt(withConfirmationsSent(withSignedReceipts(paid)), '02', {
        gatewayRef,
        outcome: 'succeeded',
      });
      const paymentId = await scene.put({ ...record, money: [surplus] });
      return { paymentId, surplusKey: moneyKey(surplus.gateway, surplus.merchant, surplus.identity) };
    },
    refundsOf: async (paymentId: PaymentId) => (await scene.record(paymentId)).refunds,
    stateOf: async (paymentId: PaymentId) => {
      const { payment, refunds } = await scene.record(paymentId);
      const { refundReservedVnd, refundedVnd } = payment;
      return { states: refunds.map(({ state }) => state), refundReservedVnd, refundedVnd };
    },
  };
}

export type RefundScene = Awaited<ReturnType<typeof makeRefundScene>>;

function aSurplus({ payment }: PaymentRecord, gatewayRef: string): KeptMoney {
  const { settlement, paymentId } = payment;
  if (settlement === undefined) throw new Error('nothing settled it');
  const { attempt, settledAt, ...money } = settlement;
  const names = { gatewayRef, transactionId: `8${paymentId}`, identity: `8${paymentId}` };
  return keptMoneySchema.parse({
    ...money,
    ...names,
    paymentId,
    moneyClass: 'surplus',
    owner: 'finance-desk',
    keptAt: settledAt,
  });
}

let drawn = 0;

/** A maker's request for all of the settlement's 28 000 đồng, with an id of its own; `change` replaces fields. */
export function aRefundRequest(paymentId: PaymentId, change: object = {}) {
  const refundId = `refund${String((drawn += 1)).padStart(6, '0')}`;
  const refund = { refundId, paymentId, amountVnd: 28_000, reason: 'TU_CHOI', decision: '12/QĐ-SNNMT', ...change };
  return { action: 'request', by: 'kt-01', refund } as const;
}

/** What a second person says about a refund. */
export function aDecision({ refund }: ReturnType<typeof aRefundRequest>, action: string, change: object = {}) {
  const { paymentId, refundId } = refund;
  return { action, by: 'kt-02', paymentId, refundId, ...change };
}

/** @throws Error when the answer is no refund */
export function refundIn(result: RefundResult): RefundView {
  if (result.kind === 'done') return result.refund;
  throw new Error(`not done: ${JSON.stringify(result)}`);
}
