import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { exportJWK, generateKeyPair } from 'jose';
import { type Adapter, Provider } from 'oidc-provider';
import * as z from 'zod';
import { listen } from '#infra/local/listen.ts';
import { readOrMake } from '#infra/local/state-file.ts';

const identitySchema = z.strictObject({
  jwks: z.strictObject({ keys: z.array(z.record(z.string(), z.unknown())).min(1) }),
  clientSecret: z.string().min(20),
});

/** The dossier system as the provider knows it. */
export const dossierSystemClient = 'one-stop-system';
const scopes = 'payments:read payments:write';
const tokenSeconds = 3_600;

export interface IdentityProvider {
  readonly issuer: string;
  readonly tokenEndpoint: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly stop: () => Promise<void>;
}

/**
 * Starts an OpenID provider that knows one client, the dossier system, which gets JWT access tokens by client
 * credentials. Its keys and the client's secret are made at the first start and kept.
 */
export async function startIdentityProvider(options: {
  readonly port: number;
  readonly audience: string;
  readonly stateFolder: string;
}): Promise<IdentityProvider> {
  const issuer = `http://localhost:${options.port}`;
  const identity = await readOrMake(join(options.stateFolder, 'identity.json'), identitySchema, makeIdentity);
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: dossierSystemClient,
        client_secret: identity.clientSecret,
        grant_types: ['client_credentials'],
        redirect_uris: [],
        response_types: [],
        scope: scopes,
      },
    ],
    jwks: identity.jwks,
    scopes: scopes.split(' '),
    adapter: NothingKept,
    ttl: { ClientCredentials: tokenSeconds },
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => `urn:${options.audience}`,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: scopes,
          audience: options.audience,
          accessTokenTTL: tokenSeconds,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
  });
  const answer = provider.callback();
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

async function makeIdentity(): Promise<z.infer<typeof identitySchema>> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const key = { ...(await exportJWK(privateKey)), kid: randomBytes(8).toString('hex'), use: 'sig', alg: 'RS256' };
  return { jwks: { keys: [key] }, clientSecret: randomBytes(24).toString('base64url') };
}

/** The one client is configured and its tokens are JWTs, which carry everything: there is nothing to keep. */
class NothingKept implements Adapter {
  async upsert(): Promise<void> {}
  async consume(): Promise<void> {}
  async destroy(): Promise<void> {}
  async revokeByGrantId(): Promise<void> {}
  async find(): Promise<undefined> {}
  async findByUid(): Promise<undefined> {}
  async findByUserCode(): Promise<undefined> {}
}
