import { type ChaseNeeds, chasePayments } from '#functions/chase-payments/chase-payments.ts';
import type { PaymentId } from '#schemas/ids.ts';
import { makeConfirmationLedger } from '#shared/adapters/confirmation-ledger.ts';
import { makeConfirmationQueue } from '#shared/adapters/confirmation-queue.ts';
import { makeDueLedger } from '#shared/adapters/due-ledger.ts';
import { readRecord } from '#shared/adapters/read-record.ts';
import { issueReceipts } from '#shared/processes/issue-receipts.ts';
import { type SendingNeeds, sendConfirmations } from '#shared/processes/send-confirmations.ts';
import { drainDossierQueue } from './dossier-queue.ts';
import { makeIssuingScene } from './issuing-scene.ts';

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
  const chasing: ChaseNeeds = {
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
    record: async (paymentId: PaymentId) => {
      const record = await readRecord(table, paymentId);
      if (record === undefined) throw new Error(`no payment ${paymentId}`);
      return record;
    },
    drainQueue: () => drainDossierQueue(engine),
    codes: () => scene.logged.map(({ code }) => code),
  };
}

export type ChaseScene = Awaited<ReturnType<typeof makeChaseScene>>;
