import type * as z from 'zod/mini';
import type { ProblemOf } from '#schemas/problem.ts';
import type { StaffCode } from '#schemas/staff-code.ts';
import type { StaffRole } from '#schemas/staff-role.ts';
import type { FinanceAction } from './finance-roles.ts';
import { faultsOfSchema, type SchemaFault } from './schema-faults.ts';

/** A member of the finance staff, as a verified token says. */
export interface StaffMember {
  readonly code: StaffCode;
  readonly roles: readonly StaffRole[];
}

/** What a member of the finance staff is answered. */
export type StaffAnswer =
  | { readonly kind: 'json'; readonly body: object }
  | { readonly kind: 'file'; readonly name: string; readonly contentType: string; readonly bytes: Uint8Array }
  | { readonly kind: 'problem'; readonly problem: ProblemOf };

/** A request before it is read. */
export interface StaffRequest {
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** The JSON document that was sent, if any. */
  readonly body: unknown;
}

export type StaffReading =
  /** `object`: what it is about, for the log; references only. */
  | { readonly kind: 'read'; readonly object: string; readonly answer: () => Promise<StaffAnswer> }
  /** The path names something that there cannot be. */
  | { readonly kind: 'no-such-place' }
  | { readonly kind: 'faulty'; readonly of: 'query' | 'body'; readonly faults: readonly SchemaFault[] };

/** One thing that may be asked of the finance desk over HTTP. */
export interface StaffRoute {
  readonly method: 'GET' | 'POST';
  /** As in OpenAPI: `/v1/finance/refunds/{paymentId}`. */
  readonly path: `/v1/finance/${string}`;
  readonly action: FinanceAction;
  readonly read: (request: StaffRequest, staff: StaffMember) => StaffReading;
}

export interface RouteShape<Given> extends Pick<StaffRoute, 'method' | 'path' | 'action'> {
  /** Schema of a `StaffRequest`, with the parts of it that the route looks at. */
  readonly takes: z.ZodMiniType<Given>;
  /** What a request is about whose path does not say it. */
  readonly objectOf?: (given: Given) => string;
  readonly answer: (given: Given, staff: StaffMember) => Promise<StaffAnswer>;
}

/** Joins a route with the schema of what it takes, so that whoever answers it is given only what fits. */
export function staffRoute<Given>({ method, path, action, takes, objectOf, answer }: RouteShape<Given>): StaffRoute {
  return {
    method,
    path,
    action,
    read: (request, staff) => {
      const given = takes.safeParse(request);
      if (!given.success) return refusalOf(faultsOfSchema(given.error));
      const object = objectOf?.(given.data) ?? Object.values(request.parameters).join('/');
      return { kind: 'read', object, answer: () => answer(given.data, staff) };
    },
  };
}

/** The path is judged before the query, and that before the body. */
function refusalOf(faults: readonly SchemaFault[]): StaffReading {
  const of = (part: keyof StaffRequest) =>
    faults.filter(({ path }) => path[0] === part).map(({ path, message }) => ({ path: path.slice(1), message }));
  if (of('parameters').length > 0) return { kind: 'no-such-place' };
  const [query, body] = [of('query'), of('body')];
  return query.length > 0
    ? { kind: 'faulty', of: 'query', faults: query }
    : { kind: 'faulty', of: 'body', faults: body };
}

export const asJson = (body: object): StaffAnswer => ({ kind: 'json', body });

/** Refused because of who asks: who made a thing never checks it, and takes back nothing of others. */
const refusalsOfPersons: readonly string[] = ['same-person', 'not-yours'];

/**
 * What the business refuses, in its own words: 403 for who may not, 404 for what there is not, else 409.
 * @param unknown codes that say that there is no such thing
 */
export function asRefusal(
  { code, explanation }: { readonly code: string; readonly explanation: string },
  unknown: readonly string[],
): StaffAnswer {
  const statusOfThing = unknown.includes(code) ? 404 : 409;
  const status = refusalsOfPersons.includes(code) ? 403 : statusOfThing;
  return { kind: 'problem', problem: { code, title: 'Không làm được (refused)', status, detail: explanation } };
}
