import { randomUUID } from 'node:crypto';
import { GatewaySilent } from '#shared/domain/failures.ts';
import type { LogNews } from '#shared/domain/log-catalogue.ts';
import type { SendToGateway } from '#shared/gateways/gateway.ts';
import type { GatewayRequest, HttpAnswer } from '#shared/gateways/http-messages.ts';
import { type CircuitBreaker, type CircuitRules, makeCircuitBreaker } from './circuit-breaker.ts';
import { type RetryBudget, startPatience } from './retry-budget.ts';

export interface GatewayClientNeeds {
  readonly logNews: LogNews;
  readonly limits?: Partial<GatewayLimits>;
}

export interface GatewayLimits {
  /** API Gateway gives up on us after 30 seconds: a citizen who waits must hear before. */
  readonly orderMilliseconds: number;
  /** Nobody waits for a question: the next sweep asks again. */
  readonly questionMilliseconds: number;
  /** A question that was cut off is repeated inside this budget; one that was met by silence is not. */
  readonly questionBudget: RetryBudget;
  readonly circuit: CircuitRules;
}

/** The one way to gateways. Secrets and bodies never reach a log; a request is named by an id of its own. */
export interface GatewayClient {
  /** Sends once: whoever repeats an opening or a refund must know what the first one did. */
  readonly order: SendToGateway;
  /** Sends what only asks, and so may be sent again. */
  readonly ask: SendToGateway;
  /** Sends what only asks, while somebody waits. */
  readonly askOnce: SendToGateway;
}

const usualLimits: GatewayLimits = {
  orderMilliseconds: 20_000,
  questionMilliseconds: 5_000,
  questionBudget: { milliseconds: 4_000, firstPause: 100, longestPause: 1_000 },
  circuit: { silences: 3, pauseMilliseconds: 30_000, milliseconds: () => performance.now() },
};

/** What a proxy says in the gateway's place, for a moment. */
const passingStatuses = new Set([502, 503, 504]);

/** Makes the client; its circuits, one for each host, live as long as it does. */
export function makeGatewayClient({ logNews, limits: change = {} }: GatewayClientNeeds): GatewayClient {
  const limits = { ...usualLimits, ...change };
  const circuits = new Map<string, CircuitBreaker>();

  async function send(request: GatewayRequest, patience: number): Promise<HttpAnswer> {
    const { host } = new URL(request.url);
    const facts = { host, requestId: randomUUID() };
    const circuit = circuits.get(host) ?? makeCircuitBreaker(limits.circuit);
    circuits.set(host, circuit);
    if (!circuit.mayPass()) {
      throw new GatewaySilent(`${host} has not answered lately and is spared; nothing was sent`);
    }
    const startedAt = performance.now();
    try {
      const answer = await exchange(request, patience);
      circuit.answered();
      logNews('GATEWAY_ANSWERED', { ...facts, status: answer.status, milliseconds: millisecondsSince(startedAt) });
      return answer;
    } catch (error) {
      const opened = circuit.silent();
      logNews('GATEWAY_SILENT', { ...facts, why: faultOf(error), milliseconds: millisecondsSince(startedAt) });
      if (opened) logNews('GATEWAY_SPARED', { host });
      throw new GatewaySilent(`${host} gave no complete answer within ${patience} ms; it may still have acted`, {
        cause: error,
      });
    }
  }

  return {
    order: (request) => send(request, limits.orderMilliseconds),
    askOnce: (request) => send(request, limits.questionMilliseconds),
    ask: (request) => repeat(() => send(request, limits.questionMilliseconds), startPatience(limits.questionBudget)),
  };
}

/** The last try decides: its answer is returned whatever its status, its silence is thrown. */
async function repeat(send: () => Promise<HttpAnswer>, pause: () => Promise<boolean>): Promise<HttpAnswer> {
  for (;;) {
    try {
      const answer = await send();
      if (!passingStatuses.has(answer.status) || !(await pause())) return answer;
    } catch (error) {
      if (!(await pause())) throw error;
    }
  }
}

/** Over HTTPS, following no redirect: what is signed for one address is shown to no other. */
async function exchange(request: GatewayRequest, patience: number): Promise<HttpAnswer> {
  const answer = await fetch(request.url, {
    method: request.method,
    headers: request.headers,
    ...(request.method === 'POST' ? { body: request.body } : {}),
    redirect: 'error',
    // Also over the body: a host that sends a byte now and then gives no answer either.
    signal: AbortSignal.timeout(patience),
  });
  return { status: answer.status, headers: Object.fromEntries(answer.headers), body: await readBody(answer) };
}

/** A gateway's answer is a few hundred bytes; what is far longer is none, and is not read to its end. */
const longestAnswer = 256 * 1024;

async function readBody({ body }: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  const stream: AsyncIterable<Uint8Array> | null = body;
  for await (const piece of stream ?? []) {
    length += piece.byteLength;
    if (length > longestAnswer) throw new RangeError(`the answer is longer than ${longestAnswer} bytes`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

/** Node's own word for what broke, such as ECONNRESET; addresses and contents stay out. */
function faultOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { cause } = error;
  if (cause instanceof Error) return 'code' in cause ? String(cause.code) : cause.name;
  return error instanceof RangeError ? error.message : error.name;
}

function millisecondsSince(start: number): number {
  return Math.round(performance.now() - start);
}
