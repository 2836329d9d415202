import { isDeepStrictEqual } from 'node:util';
import type { Gateway } from '#shared/gateways/gateway.ts';
import type { RequestVector } from './vector-schemas.ts';
import { differencesOf } from './verdict.ts';

/** What gateways call the signature in their own messages; a wire builder always says `signature`. */
const signatureNames = new Set(['mac', 'MaXacThuc', 'vnp_SecureHash', 'signature']);

/** Builds a request from raw fields and compares whatever the vector expects of it. */
export function checkRequest(gateway: Gateway, vector: RequestVector): readonly string[] {
  const build = Object.hasOwn(gateway.wire, vector.operation) ? gateway.wire[vector.operation] : undefined;
  if (build === undefined) return [`${gateway.label} has no builder for "${vector.operation}"`];
  const { body, ...texts } = vector.expected;
  const request = build(vector.input ?? withoutSignature(body ?? {}), vector.secrets);
  return [...differencesOf(inOurWords(texts), { ...request }), ...differencesInBody(body, request.body)];
}

function inOurWords(texts: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [signatureNames.has(name) ? 'signature' : name, text]),
  );
}

function differencesInBody(expected: unknown, actual: unknown): readonly string[] {
  if (expected === undefined || isDeepStrictEqual(actual, expected)) return [];
  return [`body: expected ${JSON.stringify(expected)}, actual ${JSON.stringify(actual)}`];
}

/** A vector without input shows the finished body: what it was made of is all but the hash. */
function withoutSignature(body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !signatureNames.has(name)));
}
