import { createHash } from 'node:crypto';
import { DeleteTableCommand } from '@aws-sdk/client-dynamodb';
import { paginateScan } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { createPayment } from '#functions/start-payment/create-payment.ts';
import { openAttempt } from '#functions/start-payment/open-attempt.ts';
import { type Instant, instantSchema } from '#schemas/ids.ts';
import { paymentRequestSchema } from '#schemas/payment-request.ts';
import { readReceiptItem } from '#shared/adapters/read-items.ts';
import { paymentIdFrom } from '#shared/domain/attempt-ref.ts';
import { type ChaseScene, makeChaseScene, sceneStart, sweepUntilDone } from './chase-scene.ts';
import type { SdkClient } from './faults.ts';
import { type LedgerStream, openLedgerStream } from './ledger-stream.ts';
import { aCharge, anAttemptRequest, callingClient, makePaymentScene } from './payment-scene.ts';
import { failedFields, makeVnpayCaller, paidFields } from './vnpay-caller.ts';

/** Who finishes what was paid: the stream's consumers, after which the sweep only looks; or the sweep alone. */
export type Finisher = 'stream' | 'sweep';

/** One payment of two dossiers on its way through all functions, on engines of its own and with nothing left to chance. */
export interface MainPath {
  /** The clients through which everything is sent, for faults and counts. */
  readonly clients: Readonly<Record<'ledger' | 'archive' | 'queue', SdkClient>>;
  /** Goes a way. Whoever hears of a failure asks again: dossier system, gateway, stream, sweep. */
  readonly walk: (way: Way, finisher: Finisher) => Promise<void>;
  /** Where it ended. To be read once, since reading empties the queue. */
  readonly readEnd: () => Promise<PathEnd>;
  readonly stop: () => Promise<void>;
}

/** What can be done with the payment. */
interface Steps {
  readonly ask: () => Promise<void>;
  readonly openAttempt: () => Promise<void>;
  /** Calls back until the gateway hears one of these codes, which tell it that the news was taken. */
  readonly callBack: (fields: Readonly<Record<string, string>>, takenBy: readonly string[]) => Promise<void>;
  /** Lets the stream, if it is the finisher, and the sweep do everything that is owed from this moment on. */
  readonly finish: (from: Instant) => Promise<void>;
}

export type Way = (steps: Steps) => Promise<void>;

const schema = z.object({
  /** Everything in the table, in the order of the keys. */
  items: z.array(z.record(z.string(), z.unknown())),
  /** What the dossier system heard, by dossier and in its order. */
  told: z.record(z.string(), z.array(z.record(z.string(), z.unknown()))),
  archived: z.array(z.object({ key: z.string(), sha256: z.string() })),
});
/** All that is left of a payment; drawn codes, and the digests that follow from them, are replaced by their places. */
export type PathEnd = z.infer<typeof schema>;

const paymentId = paymentIdFrom(2_468_013_579);
const gatewayRef = `${paymentId}01`;
const expiresAt = instantSchema.parse('2026-11-26T02:00:00.000Z');
const request = paymentRequestSchema.parse({
  reference: 'YC-main-path',
  charges: ['H49.14-261122-0001', 'H49.14-261122-0002'].map((dossierCode) => aCharge({ dossierCode })),
  expiresAt,
});
const paid = paidFields(gatewayRef, { vnp_Amount: '5600000', vnp_TransactionNo: '14422574' });

/** Asked for, paid, called back twice, receipted, confirmed. */
export const payInTime: Way = async ({ ask, openAttempt: open, callBack, finish }) => {
  await ask();
  await open();
  await callBack(paid, ['00', '02']);
  await callBack(paid, ['02']);
  await finish(sceneStart);
};

/** Failed, expired, and paid all the same; then more money comes: twice, too little, and for nothing of ours. */
export const payAfterExpiry: Way = async ({ ask, openAttempt: open, callBack, finish }) => {
  await ask();
  await open();
  await callBack({ ...failedFields(gatewayRef), vnp_Amount: '5600000' }, ['00', '02']);
  await finish(expiresAt);
  await callBack(paid, ['00', '02']);
  await callBack({ ...paid, vnp_TransactionNo: '14422575' }, ['02']);
  await callBack({ ...paid, vnp_TransactionNo: '14422576', vnp_Amount: '2800000' }, ['04']);
  await callBack({ ...paid, vnp_TransactionNo: '14422577', vnp_TxnRef: `${paymentIdFrom(1)}01` }, ['01']);
  await finish(instantSchema.parse('2026-11-26T02:15:32.000Z'));
};

export async function makeMainPath(): Promise<MainPath> {
  const scene = await makeChaseScene();
  const { table, engine } = scene;
  const payments = await makePaymentScene(table);
  const callBack = makeVnpayCaller(payments);
  const paying = { ...payments.paying, drawPaymentId: () => paymentId };
  // A sweep that fails as a whole is followed by another one.
  const scheduled: ChaseScene = {
    ...scene,
    sweep: () => untilHeard(() => scene.sweep()),
    due: { ...scene.due, findDue: (now, limit) => untilHeard(() => scene.due.findDue(now, limit)) },
  };
  const stepsWith = (stream?: LedgerStream): Steps => ({
    ask: async () => void (await untilHeard(() => createPayment(request, callingClient, paying))),
    openAttempt: async () => {
      const opened = await untilHeard(() => openAttempt(paymentId, callingClient, anAttemptRequest(), paying));
      if (!('attempt' in opened)) throw new Error(`not opened: ${JSON.stringify(opened)}`);
    },
    callBack: (fields, takenBy) => untilTaken(() => callBack(fields), takenBy),
    finish: async (from) => {
      scene.setClock(from);
      payments.setClock(from);
      await stream?.deliver();
      await sweepUntilDone(scheduled, from);
      await stream?.deliver();
    },
  });
  return {
    clients: { ledger: table.client, archive: engine.s3, queue: engine.sqs },
    walk: async (way, finisher) => way(stepsWith(finisher === 'stream' ? await openLedgerStream(scene) : undefined)),
    readEnd: () => readEnd(scene),
    stop: async () => {
      // Walks are many, and the engine keeps every table in memory.
      await table.client.send(new DeleteTableCommand({ TableName: table.name }));
      await engine.stop();
    },
  };
}

/** One more than the faults that one walk meets. */
const mostTries = 3;

/** Asks again, as the dossier system does when it was answered with a status of 500 or not at all, and the schedule anyway. */
async function untilHeard<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await ask();
    } catch (fault) {
      const isInjected = fault instanceof Error && fault.message.startsWith('injected');
      if (!isInjected || tries === mostTries) throw fault;
    }
  }
}

/** Calls back again for as long as the answer is that the system has trouble (gateway specification §1.3). */
async function untilTaken(callBack: () => Promise<string>, takenBy: readonly string[]): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    const code = await callBack();
    if (takenBy.includes(code)) return;
    if (code !== '99' || tries === mostTries) throw new Error(`the gateway heard ${code} at try ${tries}`);
  }
}

async function readEnd(scene: ChaseScene): Promise<PathEnd> {
  const items: PathEnd['items'] = [];
  const { client, name: TableName } = scene.table;
  for await (const page of paginateScan({ client }, { TableName, ConsistentRead: true })) {
    items.push(...(page.Items ?? []));
  }
  const keys = await scene.archivedKeys();
  const archived = await Promise.all(
    keys.map(async (key) => ({ key, sha256: digestOf(await scene.archivedBytes(key)) })),
  );
  const told = Object.fromEntries(Map.groupBy(await scene.drainQueue(), ({ subject }) => subject));
  return withoutChance({ items: items.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1)), told, archived });
}

const keyOf = ({ pk, sk }: Readonly<Record<string, unknown>>) => `${String(pk)} ${String(sk)}`;
const digestOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Each look-up code becomes `code <number of its receipt>`, each digest of a document `xml <number>` or `pdf <number>`. */
function withoutChance(end: PathEnd): PathEnd {
  const receipts = end.items.filter(({ entity }) => entity === 'receipt').map(readReceiptItem);
  const text = receipts.reduce((rest, { content, xml, pdf }) => {
    const chances = { code: content.lookupCode, xml: xml?.sha256, pdf: pdf?.sha256 };
    return Object.entries(chances).reduce(
      (before, [name, chance]) =>
        chance === undefined ? before : before.replaceAll(chance, `${name} ${content.number}`),
      rest,
    );
  }, JSON.stringify(end));
  return schema.parse(JSON.parse(text));
}

/** What was made good later bears a later time. */
export function withoutTimes(end: PathEnd): PathEnd {
  return schema.parse(JSON.parse(JSON.stringify(end).replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, 'a time')));
}
