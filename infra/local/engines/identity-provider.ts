import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { exportJWK, generateKeyPair } from 'jose';
import { type ClientMetadata, type Configuration, Provider } from 'oidc-provider';
import * as z from 'zod';
import { makeMemoryStore } from '#infra/local/identity/kept-in-memory.ts';
import { makeSignInSite, signInPath } from '#infra/local/identity/sign-in-site.ts';
import { findStaffAccount } from '#infra/local/identity/staff-accounts.ts';
import { listen } from '#infra/local/listen.ts';
import { readOrMake } from '#infra/local/state-file.ts';

const identitySchema = z.strictObject({
  jwks: z.strictObject({ keys: z.array(z.record(z.string(), z.unknown())).min(1) }),
  clientSecret: z.string().min(20),
});

/** The dossier system as the provider knows it. */
export const dossierSystemClient = 'one-stop-system';
/** `npm run finance`, and the pages to come: neither can keep a secret, so both prove themselves by PKCE. */
export const financeCommandClient = 'finance-command';
export const financePagesClient = 'finance-pages';

const dossierScopes = 'payments:read payments:write';
const staffScopes = 'openid profile finance';
const dossierTokenSeconds = 3_600;
/** What somebody who has left could still do is short. */
const staffTokenSeconds = 30 * 60;
const workingDaySeconds = 8 * 3_600;

export interface IdentityProvider {
  readonly issuer: string;
  readonly tokenEndpoint: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly stop: () => Promise<void>;
}

export interface IdentityProviderOptions {
  readonly port: number;
  /** What the tokens of the dossier system must name, and those of finance staff. */
  readonly audience: string;
  readonly staffAudience: string;
  /** Where pages are served from, which may ask for tokens. */
  readonly pagesOrigin: string;
  readonly stateFolder: string;
}

/**
 * Starts an OpenID provider that knows the dossier system, which gets its tokens by client credentials, and the finance
 * staff, who sign in on a page. Its keys and the client's secret are made at the first start and kept.
 */
export async function startIdentityProvider(options: IdentityProviderOptions): Promise<IdentityProvider> {
  const issuer = `http://localhost:${options.port}`;
  const identity = await readOrMake(join(options.stateFolder, 'identity.json'), identitySchema, makeIdentity);
  const provider = new Provider(issuer, {
    clients: [dossierSystem(identity.clientSecret), ...staffClients(options.pagesOrigin)],
    jwks: identity.jwks,
    adapter: makeMemoryStore(),
    cookies: { keys: [randomBytes(24).toString('base64url')] },
    clientBasedCORS: (_context, origin, { clientId }) =>
      clientId === financePagesClient && origin === options.pagesOrigin,
    ...tokensOf(options),
    ...signingIn,
  });
  const answer = makeSignInSite(provider);
  const server = createServer((request, response) => void answer(request, response));
  const stop = await listen(server, options.port);
  return {
    issuer,
    tokenEndpoint: `${issuer}/token`,
    clientId: dossierSystemClient,
    clientSecret: identity.clientSecret,
    stop,
  };
}

function dossierSystem(secret: string): ClientMetadata {
  return {
    client_id: dossierSystemClient,
    client_secret: secret,
    grant_types: ['client_credentials'],
    redirect_uris: [],
    response_types: [],
    scope: dossierScopes,
  };
}

function staffClients(pagesOrigin: string): readonly ClientMetadata[] {
  const shared = {
    grant_types: ['authorization_code'],
    response_types: ['code' as const],
    token_endpoint_auth_method: 'none' as const,
    scope: staffScopes,
  };
  return [
    // A program on somebody's machine listens on whatever port is free (RFC 8252 §7.3).
    {
      ...shared,
      client_id: financeCommandClient,
      application_type: 'native',
      redirect_uris: ['http://127.0.0.1/signed-in'],
    },
    { ...shared, client_id: financePagesClient, redirect_uris: [`${pagesOrigin}/finance/signed-in`] },
  ];
}

/** Access tokens are JWTs for one of two audiences, by the client that asks. */
function tokensOf({ audience, staffAudience }: IdentityProviderOptions) {
  const staffResource = `urn:${staffAudience}`;
  return {
    scopes: [...new Set(`${dossierScopes} ${staffScopes}`.split(' '))],
    ttl: {
      ClientCredentials: dossierTokenSeconds,
      AccessToken: staffTokenSeconds,
      IdToken: staffTokenSeconds,
      Interaction: 10 * 60,
      Grant: workingDaySeconds,
      Session: workingDaySeconds,
    },
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: (_context, { clientId }) =>
          clientId === dossierSystemClient ? `urn:${audience}` : staffResource,
        useGrantedResource: () => true,
        getResourceServerInfo: (_context, resource) => {
          const isStaff = resource === staffResource;
          return {
            scope: isStaff ? 'finance' : dossierScopes,
            audience: isStaff ? staffAudience : audience,
            accessTokenTTL: isStaff ? staffTokenSeconds : dossierTokenSeconds,
            accessTokenFormat: 'jwt',
            jwt: { sign: { alg: 'RS256' } },
          };
        },
      },
    },
    // The dossier system's tokens are nobody's.
    extraTokenClaims: (_context, token) => ('accountId' in token ? claimsOf(token.accountId) : undefined),
  } satisfies Configuration;
}

const signingIn = {
  findAccount: (_context, code) => ({
    accountId: code,
    claims: () => ({ sub: code, name: findStaffAccount(code)?.name, ...claimsOf(code) }),
  }),
  claims: { openid: ['sub'], profile: ['name', 'preferred_username', 'roles'] },
  interactions: { url: (_context, { uid }) => signInPath(uid) },
  renderError: (context, { error, error_description: why = '' }) => {
    context.type = 'text/plain; charset=utf-8';
    context.body = `Không đăng nhập được (cannot sign in): ${error}. ${why}\n`;
  },
  loadExistingGrant: async ({ oidc }) => {
    const { client, session, provider, resourceServers = {} } = oidc;
    const grant = new provider.Grant({ clientId: client?.clientId ?? '', accountId: session?.accountId ?? '' });
    grant.addOIDCScope(staffScopes);
    for (const resource of Object.keys(resourceServers)) grant.addResourceScope(resource, 'finance');
    await grant.save();
    return grant;
  },
} satisfies Configuration;

/** Who somebody is and what: what the finance interface judges by. */
function claimsOf(code: string): { readonly preferred_username: string; readonly roles: string[] } {
  return { preferred_username: code, roles: [...(findStaffAccount(code)?.roles ?? [])] };
}

async function makeIdentity(): Promise<z.infer<typeof identitySchema>> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const key = { ...(await exportJWK(privateKey)), kid: randomBytes(8).toString('hex'), use: 'sig', alg: 'RS256' };
  return { jwks: { keys: [key] }, clientSecret: randomBytes(24).toString('base64url') };
}
