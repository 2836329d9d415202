import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { type JwtAuthorizer, makeJwtAuthorizer } from '#infra/local/cloud/jwt-authorizer.ts';
import { type IdentityProvider, startIdentityProvider } from '#infra/local/engines/identity-provider.ts';
import { findFreePort } from '#infra/local/ports.ts';

const tokenSchema = z.object({ access_token: z.string() });

async function fetchToken({ tokenEndpoint, clientId, clientSecret }: IdentityProvider, scope: string): Promise<string> {
  const answer = await fetch(tokenEndpoint, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope }),
  });
  return tokenSchema.parse(await answer.json()).access_token;
}

const audiences = {
  audience: 'bien-lai',
  staffAudience: 'bien-lai-staff',
  pagesOrigin: 'http://localhost:4400',
};

describe('the JWT authorizer', () => {
  let stateFolder: string;
  let provider: IdentityProvider;
  let authorizer: JwtAuthorizer;
  let token: string;
  beforeAll(async () => {
    stateFolder = await mkdtemp(join(tmpdir(), 'bien-lai-identity-'));
    provider = await startIdentityProvider({ ...audiences, port: await findFreePort(), stateFolder });
    authorizer = makeJwtAuthorizer({ issuer: provider.issuer, audience: ['bien-lai'] });
    token = await fetchToken(provider, 'payments:read');
  });
  afterAll(async () => {
    await provider.stop();
    await rm(stateFolder, { recursive: true });
  });

  it.each(['Bearer ', 'bearer ', ''])('grants a token of the provider given as "%s<token>"', async (prefix) => {
    const judged = await authorizer.authorize(prefix + token, ['payments:read', 'payments:write']);

    expect(judged).toMatchObject({
      kind: 'granted',
      token: { scopes: ['payments:read'], claims: { client_id: 'one-stop-system', iss: provider.issuer } },
    });
  });

  it('hands numbers in claims on as text, as API Gateway does', async () => {
    expect(await authorizer.authorize(token, [])).toMatchObject({
      token: { claims: { exp: expect.stringMatching(/^\d+$/) } },
    });
  });

  it('refuses a token without the scope with 403', async () => {
    expect(await authorizer.authorize(`Bearer ${token}`, ['payments:write'])).toEqual({
      kind: 'refused',
      status: 403,
      challenge: 'Bearer scope="payments:write" error="insufficient_scope"',
    });
  });

  it.each([undefined, '', 'Bearer ', 'Basic eA==', 'Bearer a.b.c'])('refuses "%s" with 401', async (authorization) => {
    expect(await authorizer.authorize(authorization, [])).toMatchObject({ kind: 'refused', status: 401 });
  });

  it('refuses a token that was changed', async () => {
    const [head = '', payload = '', signature = ''] = token.split('.');
    const claims = z.record(z.string(), z.unknown()).parse(JSON.parse(Buffer.from(payload, 'base64url').toString()));
    const widened = Buffer.from(JSON.stringify({ ...claims, scope: 'payments:write' })).toString('base64url');

    const judged = await authorizer.authorize(`Bearer ${head}.${widened}.${signature}`, ['payments:write']);

    expect(judged).toMatchObject({ kind: 'refused', status: 401, challenge: expect.stringContaining('signature') });
  });

  it('refuses a token without a signature', async () => {
    const none = Buffer.from('{"alg":"none"}').toString('base64url');

    expect(await authorizer.authorize(`${none}.${token.split('.')[1]}.`, [])).toMatchObject({ status: 401 });
  });

  it('refuses a token for another audience', async () => {
    const other = makeJwtAuthorizer({ issuer: provider.issuer, audience: ['another'] });

    expect(await other.authorize(token, [])).toMatchObject({
      status: 401,
      challenge: expect.stringContaining('the token does not have a valid audience'),
    });
  });

  it('knows the tokens of before a restart, since the keys are kept', async () => {
    await provider.stop();
    provider = await startIdentityProvider({
      ...audiences,
      port: Number(new URL(provider.issuer).port),
      stateFolder,
    });
    const restarted = makeJwtAuthorizer({ issuer: provider.issuer, audience: ['bien-lai'] });

    expect(await restarted.authorize(token, [])).toMatchObject({ kind: 'granted' });
  });
});
