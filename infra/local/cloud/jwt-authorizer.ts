import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';
import * as z from 'zod';
import type { GrantedToken } from './api-gateway-event.ts';

/** A JWT authorizer as the template declares it. */
export interface JwtAuthorizerSettings {
  readonly issuer: string;
  readonly audience: readonly string[];
}

export type Authorization =
  | { readonly kind: 'granted'; readonly token: GrantedToken }
  | { readonly kind: 'refused'; readonly status: 401 | 403; readonly challenge: string };

export interface JwtAuthorizer {
  /** @param scopes of which the token must have one; none: any valid token will do */
  readonly authorize: (authorization: string | undefined, scopes: readonly string[]) => Promise<Authorization>;
}

/** Checks access tokens as an HTTP API does: keys by discovery, issuer, audience or client, times, scopes. */
export function makeJwtAuthorizer({ issuer, audience }: JwtAuthorizerSettings): JwtAuthorizer {
  const keys = discoverKeys(issuer);
  return {
    authorize: async (authorization, scopes) => {
      const token = authorization?.replace(/^Bearer\s+/i, '') ?? '';
      if (token === '') return refuse401();
      try {
        const { payload } = await jwtVerify(token, await keys(), { issuer, requiredClaims: ['exp'] });
        if (!isForUs(payload, audience)) return refuse401('the token does not have a valid audience');
        return judgeScopes(payload, scopes);
      } catch (fault) {
        if (fault instanceof errors.JOSEError) return refuse401(fault.message);
        throw fault;
      }
    },
  };
}

const discoverySchema = z.object({ jwks_uri: z.url() });

/** Asks once; asks again when the first answer failed, since the issuer may start after us. */
function discoverKeys(issuer: string): () => Promise<ReturnType<typeof createRemoteJWKSet>> {
  let keys: ReturnType<typeof createRemoteJWKSet> | undefined;
  return async () => {
    if (keys === undefined) {
      const answer = await fetch(`${issuer}/.well-known/openid-configuration`);
      keys = createRemoteJWKSet(new URL(discoverySchema.parse(await answer.json()).jwks_uri));
    }
    return keys;
  };
}

/** `client_id` counts only where there is no `aud`. */
function isForUs(payload: JWTPayload, audience: readonly string[]): boolean {
  const named = payload.aud ?? payload['client_id'];
  return [named].flat().some((name) => typeof name === 'string' && audience.includes(name));
}

function judgeScopes(payload: JWTPayload, wanted: readonly string[]): Authorization {
  const scope = payload['scope'] ?? payload['scp'];
  const scopes = typeof scope === 'string' ? scope.split(' ') : [scope].flat().map(String);
  if (wanted.length > 0 && !wanted.some((name) => scopes.includes(name))) {
    return { kind: 'refused', status: 403, challenge: `Bearer scope="${wanted.join(' ')}" error="insufficient_scope"` };
  }
  return { kind: 'granted', token: { claims: claimsAsText(payload), scopes } };
}

function refuse401(why?: string): Authorization {
  const challenge =
    why === undefined
      ? 'Bearer'
      : `Bearer scope="" error="invalid_token" error_description="${why.replaceAll('"', "'")}"`;
  return { kind: 'refused', status: 401, challenge };
}

/** API Gateway hands every claim on as text; lists look like `[a b]`. */
function claimsAsText(payload: JWTPayload): Record<string, string> {
  return Object.fromEntries(
    Object.entries(payload).map(([name, value]) => [
      name,
      Array.isArray(value) ? `[${value.join(' ')}]` : String(value),
    ]),
  );
}
