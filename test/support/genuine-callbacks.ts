import { type Instant, instantSchema } from '#schemas/ids.ts';
import type { Gateway } from '#shared/gateways/gateway.ts';
import type { CallbackRequest } from '#shared/gateways/http-messages.ts';
import type { CallbackVector } from '#test/conformance/vector-schemas.ts';
import { callbackByBody, callbackByQuery } from './callback-requests.ts';
import { readOwnVectors } from './own-vectors.ts';
import { gateways } from './registered-gateways.ts';

const vectors = (await readOwnVectors()).flatMap((file) => (file.about === 'gateways' ? file.vectors : []));

type Changed = string | Uint8Array;

/** A genuine callback of a payment in one way of authentication: what the contract of all gateways starts from. */
export interface GenuineCallback {
  readonly title: string;
  readonly gateway: Gateway;
  readonly secrets: unknown;
  readonly now: Instant;
  readonly isQuery: boolean;
  /** The query or body. */
  readonly content: string;
  readonly withContent: (changed: Changed) => CallbackRequest;
  /** What the proof of authenticity covers: the content, or the header that shows a key and covers nothing else. */
  readonly proved: string;
  readonly withProved: (changed: Changed) => CallbackRequest;
  /** Whether a change of the content must be noticed. */
  readonly isSealed: boolean;
}

/** One for each way in which each gateway proves its callbacks. */
export const genuineCallbacks: readonly GenuineCallback[] = gateways.flatMap((gateway) => {
  const paid = vectors.filter(({ gateway: name, expected }) => name === gateway.name && expected.outcome === 'paid');
  if (paid.length === 0) throw new Error(`the vectors hold no paid callback of ${gateway.name}: add one`);
  const firstOfEach = new Map(paid.toReversed().map((vector) => [keyHeaderOf(vector), vector]));
  return [...firstOfEach].map(([keyHeader, vector]) => genuineCallback(gateway, vector, keyHeader));
});

function genuineCallback(gateway: Gateway, vector: CallbackVector, keyHeader: string | undefined): GenuineCallback {
  const { method, query, headers, body } = vector.request;
  const isQuery = (query ?? '') !== '';
  const content = (isQuery ? query : body) ?? '';
  const withContent = (changed: Changed) =>
    isQuery ? { ...callbackByQuery(textOf(changed)), method } : { ...callbackByBody(changed), method, headers };
  const shared = { gateway, secrets: vector.secrets, now: clockOf(vector), isQuery, content, withContent };
  if (keyHeader === undefined) {
    return { ...shared, title: gateway.name, proved: content, withProved: withContent, isSealed: true };
  }
  return {
    ...shared,
    title: `${gateway.name} by a key in the header`,
    proved: headers[keyHeader] ?? '',
    withProved: (changed) => ({
      ...withContent(content),
      headers: { ...headers, [keyHeader]: textOf(changed) },
    }),
    isSealed: false,
  };
}

/** The header that shows a secret as it is, where there is one. */
function keyHeaderOf({ secrets, request }: CallbackVector): string | undefined {
  const values = Object.values(secrets ?? {}).map(String);
  return Object.keys(request.headers).find((name) => values.some((value) => request.headers[name]?.endsWith(value)));
}

function textOf(changed: Changed): string {
  return typeof changed === 'string' ? changed : Buffer.from(changed).toString('latin1');
}

function clockOf({ now }: CallbackVector): Instant {
  return instantSchema.parse(new Date(now * 1_000).toISOString());
}
