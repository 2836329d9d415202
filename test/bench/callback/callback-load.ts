import { type DynamoDbLocal, startDynamoDbLocal } from '#infra/local/engines/dynamodb-local.ts';
import type { PaymentId } from '#schemas/ids.ts';
import type { Payment } from '#shared/domain/payment.ts';
import { bundleEntry } from '#test/support/bundles.ts';
import { functionEnvironment } from '#test/support/function-environment.ts';
import { makePaymentScene } from '#test/support/payment-scene.ts';
import type { Extent, Figure, Report } from '../harness/bench.ts';
import { type LoadProcess, type LoadResult, startLoadProcess } from '../harness/load-process.ts';
import { type Contender, runRace } from '../harness/race.ts';
import { percentile } from '../harness/statistics.ts';
import type { BenchCourse } from './bench-course.ts';
import { bareEntry } from './bundle-starts.ts';
import { paidEvent, sameUpdateFor } from './callback-calls.ts';
import { copyOpenPayments, type MakeOpenPayments } from './open-payments.ts';
import { startRecorder } from './recorded-update.ts';

const clients = 8;
const callsPerRound = { full: 600, brief: clients };
const floor = 'bare UpdateItem';
const measures = {
  throughput: 'calls/s',
  'latency p50': 'ms',
  'latency p99': 'ms',
  'processor time of a call': 'ms',
} as const;

/** A bundle in a process of its own that takes the events made of payments. */
interface Side {
  readonly name: string;
  readonly bundle: string;
  readonly eventOf: (paymentId: PaymentId) => unknown;
  /** The only answer that counts as done. */
  readonly answer: RegExp;
}

/**
 * The real handler, every call of which settles a payment of its own, against a client that sends the same updates
 * ready-made, on the same engine.
 */
export async function measureCallbacks({ folder, report, extent }: BenchCourse): Promise<readonly Figure[]> {
  const engine = await startEngine(extent, report);
  try {
    process.env['DYNAMODB_ENDPOINT'] = engine.endpoint;
    const scene = await makePaymentScene();
    const environment = functionEnvironment({
      TABLE_NAME: scene.table.name,
      AWS_ENDPOINT_URL_DYNAMODB: engine.endpoint,
    });
    const { payment } = await scene.record((await scene.openPayment()).paymentId);
    const sides = await makeSides(folder, environment, payment);
    const makePayments = copyOpenPayments(scene.table, payment);
    return await raceSides(sides, { environment, makePayments, report, extent });
  } finally {
    await engine.stop();
  }
}

/** An engine of its own; to show that the bench works, the one of the test run does where there is one. */
async function startEngine(extent: Extent, report: Report): Promise<Pick<DynamoDbLocal, 'endpoint' | 'stop'>> {
  const { DYNAMODB_ENDPOINT: ofTestRun } = process.env;
  if (extent === 'brief' && ofTestRun !== undefined) return { endpoint: ofTestRun, stop: () => Promise.resolve() };
  report('callback: starting DynamoDB Local in memory');
  return startDynamoDbLocal();
}

async function makeSides(
  folder: string,
  environment: Readonly<Record<string, string>>,
  { paymentId: recordedFor, amountVnd }: Payment,
): Promise<readonly Side[]> {
  const handler = {
    name: 'accept-callback',
    bundle: bundleEntry('functions/accept-callback/handler.ts', folder).index,
    eventOf: (paymentId: PaymentId) => paidEvent(paymentId, amountVnd),
    answer: /^200 .*"RspCode":"00"/,
  };
  const recorded = await recordUpdate(handler, environment, recordedFor);
  const bare = {
    name: floor,
    bundle: bundleEntry(bareEntry, folder).index,
    eventOf: (paymentId: PaymentId) => sameUpdateFor(recorded, recordedFor, paymentId),
    answer: /^done$/,
  };
  return [handler, bare];
}

/** The request that the handler sends for a payment. */
async function recordUpdate(
  { bundle, eventOf }: Side,
  environment: Readonly<Record<string, string>>,
  paymentId: PaymentId,
): Promise<string> {
  const recorder = await startRecorder();
  const process = await startLoadProcess(bundle, { ...environment, AWS_ENDPOINT_URL_DYNAMODB: recorder.endpoint });
  await process.call([eventOf(paymentId)], 1);
  await process.stop();
  await recorder.stop();
  const [request, ...others] = recorder.bodies;
  if (request === undefined || others.length > 0) throw new Error('a winning callback is no longer one request');
  return request;
}

interface LoadCourse extends Omit<BenchCourse, 'folder'> {
  readonly environment: Readonly<Record<string, string>>;
  readonly makePayments: MakeOpenPayments;
}

async function raceSides(
  sides: readonly Side[],
  { environment, makePayments, report, extent }: LoadCourse,
): Promise<readonly Figure[]> {
  const processes: LoadProcess[] = [];
  const contenders: Contender<typeof measures>[] = [];
  try {
    for (const { name, bundle, eventOf, answer } of sides) {
      const process = await startLoadProcess(bundle, environment);
      processes.push(process);
      const measure = async () => {
        const events = (await makePayments(callsPerRound[extent])).map(eventOf);
        return sampleOf(await process.call(events, clients), answer);
      };
      contenders.push({ name, measure });
    }
    const race = { bench: 'callback', measures, contenders, floors: [floor], rounds: 21, warmUps: 4 };
    return await runRace(race, report, extent);
  } finally {
    await Promise.all(processes.map((process) => process.stop()));
  }
}

function sampleOf({ milliseconds, processorMilliseconds, latencies, answers }: LoadResult, right: RegExp) {
  const wrong = Object.keys(answers).filter((answer) => !right.test(answer));
  if (wrong.length > 0) throw new Error(`callbacks that must settle were answered otherwise: ${wrong.join('; ')}`);
  return {
    throughput: (latencies.length / milliseconds) * 1_000,
    'latency p50': percentile(latencies, 50),
    'latency p99': percentile(latencies, 99),
    'processor time of a call': processorMilliseconds / latencies.length,
  };
}
