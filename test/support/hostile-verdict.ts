import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { type AcceptCallbackNeeds, acceptCallback } from '#functions/accept-callback/accept-callback.ts';
import { paymentNoticeSchema } from '#schemas/payment-notice.ts';
import type { LogCode } from '#shared/domain/log-catalogue.ts';
import type { CallbackReading } from '#shared/gateways/gateway.ts';
import type { CallbackRequest } from '#shared/gateways/http-messages.ts';
import { connectTestAccount } from './gateway-account.ts';
import type { GenuineCallback } from './genuine-callbacks.ts';
import { type HostileRequest, hostileRequests } from './hostile-requests.ts';

/** What became of many hostile requests, by counts. */
export interface HostileTally {
  readonly readings: ReadonlyMap<string, number>;
  /** How often each way to spoil a request was tried. */
  readonly ways: ReadonlyMap<string, number>;
  readonly largestBytes: number;
}

/** The attempt that the genuine callback stands for: vectors name orders of others. */
const attemptRef = '1000000000000301';

/**
 * Gives hostile requests to a gateway and to the use case around it, and throws at the first that is harmful: one that
 * throws, is answered as our fault, or is believed though it says other things than the genuine callback.
 */
export async function tryHostileRequests(
  genuine: GenuineCallback,
  numRuns: number,
  seed?: number,
): Promise<HostileTally> {
  const judge = makeJudge(genuine);
  const readings = new Map<string, number>();
  const ways = new Map<string, number>();
  let largestBytes = 0;
  await fc.assert(
    fc.asyncProperty(hostileRequests(genuine), async (hostile) => {
      const reading = await judge(hostile);
      for (const way of hostile.ways) count(ways, way);
      count(readings, reading);
      largestBytes = Math.max(largestBytes, hostile.request.body.byteLength + hostile.request.rawQuery.length);
    }),
    { numRuns, ...(seed !== undefined && { seed }) },
  );
  return { readings, ways, largestBytes };
}

function makeJudge(genuine: GenuineCallback) {
  const connected = connectTestAccount(genuine.gateway, genuine.secrets);
  const original = connected.readCallback(genuine.withContent(genuine.content), genuine.now);
  if (original.kind !== 'notice') throw new Error('the genuine callback is no notice');
  const { orderRef } = original.notice;
  const connection = { ...connected, attemptRefOf: (ref: string) => (ref === orderRef ? attemptRef : undefined) };
  const route = { gateway: genuine.gateway.name, merchant: 'ttpvhcc', connection };
  const recorder = makeRecorder(genuine, original);
  const accept = async (request: CallbackRequest) => {
    recorder.clear();
    const { status } = await acceptCallback(route, request, recorder.needs);
    if (status >= 500 || recorder.logged.includes('CALLBACK_FAILED'))
      throw new Error(`answered ${status}, as our fault`);
    return recorder.writes.slice();
  };
  let genuineWrites: Promise<readonly unknown[]> | undefined;

  return async ({ request }: HostileRequest): Promise<string> => {
    genuineWrites ??= accept(genuine.withContent(genuine.content)).then(expectSettlement);
    const expectedWrites = await genuineWrites;
    const reading = connection.readCallback(request, genuine.now);
    const writes = await accept(request);
    if (reading.kind === 'bad-signature' || reading.kind === 'expired') {
      if (writes.length > 0) throw new Error(`not believed, but written: ${JSON.stringify(writes)}`);
      return reading.kind;
    }
    if (isDeepStrictEqual(reading, original) && isDeepStrictEqual(writes, expectedWrites)) return 'the same news';
    if (!showsKey(genuine, request)) throw new Error(`believed other news: ${JSON.stringify(reading)}`);
    if (reading.kind === 'notice') paymentNoticeSchema.parse(reading.notice);
    return `${reading.kind} by the key`;
  };
}

function expectSettlement(writes: readonly unknown[]): readonly unknown[] {
  if (writes.length !== 1 || !JSON.stringify(writes).includes('"settled"')) {
    throw new Error(`the genuine callback did not settle: ${JSON.stringify(writes)}`);
  }
  return writes;
}

/** Whether the sender still shows the key of a gateway that seals nothing: then it may say what it likes. */
function showsKey({ isSealed, proved }: GenuineCallback, { headers }: CallbackRequest): boolean {
  const [key = ''] = proved.split(' ').slice(-1);
  return !isSealed && Object.values(headers).some((value) => value?.endsWith(key));
}

/** A ledger that holds the genuine order alone, and notes what is written; as the real one, it settles nothing else. */
function makeRecorder({ now }: GenuineCallback, { notice }: Extract<CallbackReading, { kind: 'notice' }>) {
  const writes: unknown[] = [];
  const logged: LogCode[] = [];
  const refused = { kind: 'refused', old: undefined } as const;
  const needs: AcceptCallbackNeeds = {
    clock: () => now,
    logNews: (code) => void logged.push(code),
    keepEvidence: async () => ({ sha256: '0'.repeat(64) }),
    mayAsk: () => true,
    askAttempt: async () => [],
    ledger: {
      settle: async (address, settlement) => {
        if (address.gatewayRef !== notice.orderRef || settlement.amountVnd !== notice.amountVnd) return refused;
        writes.push({ act: 'settled', address, settlement });
        return { kind: 'written' };
      },
      reclaimAndSettle: async () => {
        throw new Error('nothing here has expired');
      },
      recordOutcome: async (address, news) => {
        writes.push({ act: 'outcome', address, news });
        return { kind: 'written' };
      },
      recordNews: async (address, news) => {
        writes.push({ act: 'news', address, news });
        return { kind: 'written' };
      },
      keepMoney: async (money) => void writes.push({ act: 'kept', money }),
      suspend: async (money) => void writes.push({ act: 'suspended', money }),
      readPayment: async () => undefined,
    },
  };
  return {
    needs,
    writes,
    logged,
    clear: () => {
      writes.length = 0;
      logged.length = 0;
    },
  };
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
