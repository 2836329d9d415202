import {
  ProvisionedThroughputExceededException,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import { S3ServiceException } from '@aws-sdk/client-s3';

/**
 * What can go wrong between us and an engine:
 * - `throttle`, `throttle-reason`: refused for now, nothing done, thrown as such or as the reason of a cancelled transaction;
 * - `conflict`, `conflict-reason`: another transaction holds an item, told in the same two ways;
 * - `committed-then-timeout`: the engine did it, the answer never came;
 * - `never-sent`: the connection broke before the request left;
 * - `precondition-failed`, `conditional-conflict`: S3 refuses to write over an object, or while another writer is at it,
 *   which the local engine never does.
 */
export type FaultKind =
  | 'throttle'
  | 'throttle-reason'
  | 'conflict'
  | 'conflict-reason'
  | 'committed-then-timeout'
  | 'never-sent'
  | 'precondition-failed'
  | 'conditional-conflict';

export interface Fault {
  /** Name of the SDK's command: `UpdateItemCommand` also for the document client's `UpdateCommand`. */
  readonly command: string;
  readonly kind: FaultKind;
  /** Strikes this one of the matching requests, counted from 1; by default the first. */
  readonly nth?: number;
  /** Strikes the first so many matching requests. */
  readonly first?: number;
  /** Strikes a request only when its input says so. */
  readonly matching?: (input: object) => boolean;
  /**
   * `caller` (default): the call fails as it does when the SDK has given up. `sdk`: one request on the wire fails, and
   * the SDK may repeat it by itself.
   */
  readonly seenBy?: 'caller' | 'sdk';
}

export interface InjectedFault {
  /** How many requests were struck; a test that asserts it knows that its fault was real. */
  readonly struck: () => number;
  readonly remove: () => void;
}

/** A request on the wire, repetitions by the SDK included. */
export interface SentRequest {
  readonly command: string;
  readonly input: object;
  readonly headers: Readonly<Record<string, string>>;
}

export interface RequestCount {
  /** How many requests were sent, of all commands or of one. */
  readonly of: (command?: string) => number;
  readonly sent: readonly SentRequest[];
  readonly reset: () => void;
}

type Step = (args: { readonly input: object }) => Promise<{ readonly response: unknown; readonly output: object }>;
type Middleware = (next: Step, context: { readonly commandName?: string }) => Step;

/** What every SDK client has, the document client too. */
export interface SdkClient {
  readonly middlewareStack: {
    add(
      middleware: Middleware,
      options?: {
        readonly step?: 'initialize' | 'finalizeRequest';
        readonly name?: string;
        readonly priority?: 'low' | 'normal' | 'high';
      },
    ): void;
    remove(name: string): boolean;
  };
}

let injected = 0;

/** Makes matching requests of a client fail until the fault is removed. */
export function injectFault(client: SdkClient, fault: Fault): InjectedFault {
  const name = `injected-fault-${(injected += 1)}`;
  let seen = 0;
  let struck = 0;
  const strike: Middleware = (next, context) => async (args) => {
    if (context.commandName !== fault.command || !(fault.matching?.(args.input) ?? true)) return next(args);
    seen += 1;
    const isStruck = fault.first === undefined ? seen === (fault.nth ?? 1) : seen <= fault.first;
    if (!isStruck) return next(args);
    struck += 1;
    if (fault.kind === 'committed-then-timeout') await next(args);
    throw errorOf(fault.kind, args.input);
  };
  // After `retry` in its step, a middleware runs once for each request on the wire.
  const place =
    fault.seenBy === 'sdk'
      ? ({ step: 'finalizeRequest', priority: 'low' } as const)
      : ({ step: 'initialize' } as const);
  client.middlewareStack.add(strike, { ...place, name });
  return { struck: () => struck, remove: () => client.middlewareStack.remove(name) };
}

/** Keeps every request that a client puts on the wire from now on. */
export function countRequests(client: SdkClient): RequestCount {
  const sent: SentRequest[] = [];
  const record: Middleware = (next, context) => (args) => {
    sent.push({ command: context.commandName ?? 'unknown', input: args.input, headers: headersOf(args) });
    return next(args);
  };
  client.middlewareStack.add(record, {
    step: 'finalizeRequest',
    priority: 'low',
    name: `request-count-${(injected += 1)}`,
  });
  return {
    of: (command) => sent.filter((request) => command === undefined || request.command === command).length,
    sent,
    reset: () => sent.splice(0),
  };
}

function headersOf(args: object): Record<string, string> {
  if (!('request' in args) || typeof args.request !== 'object' || args.request === null) return {};
  const { request } = args;
  if (!('headers' in request) || typeof request.headers !== 'object' || request.headers === null) return {};
  return Object.fromEntries(
    Object.entries(request.headers).map(([header, value]) => [header.toLowerCase(), String(value)]),
  );
}

function errorOf(kind: FaultKind, input: object): Error {
  const facts = { $metadata: {}, message: `injected: ${kind}` };
  switch (kind) {
    case 'throttle':
      return new ProvisionedThroughputExceededException(facts);
    case 'conflict':
      return new TransactionConflictException(facts);
    case 'throttle-reason':
      return new TransactionCanceledException({ ...facts, CancellationReasons: reasonsFor(input, 'ThrottlingError') });
    case 'conflict-reason':
      return new TransactionCanceledException({
        ...facts,
        CancellationReasons: reasonsFor(input, 'TransactionConflict'),
      });
    case 'precondition-failed':
      return refusalOfS3('PreconditionFailed', 412, facts.message);
    case 'conditional-conflict':
      return refusalOfS3('ConditionalRequestConflict', 409, facts.message);
    default:
      return Object.assign(new Error(facts.message), { name: 'TimeoutError' });
  }
}

function refusalOfS3(name: string, httpStatusCode: number, message: string): Error {
  return new S3ServiceException({ name, message, $fault: 'client', $metadata: { httpStatusCode } });
}

/** One reason for each item of the transaction, of which only the first stands in the way, as DynamoDB tells it. */
function reasonsFor(input: object, code: string): { Code: string }[] {
  const items = 'TransactItems' in input && Array.isArray(input.TransactItems) ? input.TransactItems : [undefined];
  return items.map((_, index) => ({ Code: index === 0 ? code : 'None' }));
}
