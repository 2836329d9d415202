import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { makeJwtAuthorizer } from '#infra/local/cloud/jwt-authorizer.ts';
import {
  financeCommandClient,
  type IdentityProvider,
  startIdentityProvider,
} from '#infra/local/engines/identity-provider.ts';
import { staffAccounts } from '#infra/local/identity/staff-accounts.ts';
import { findFreePort } from '#infra/local/ports.ts';
import { staffCodeSchema } from '#schemas/staff-code.ts';
import { pickStaff, signInStaff } from '#test/support/staff-sign-in.ts';

let stateFolder: string;
let provider: IdentityProvider;
beforeAll(async () => {
  stateFolder = await mkdtemp(join(tmpdir(), 'bien-lai-staff-'));
  provider = await startIdentityProvider({
    port: await findFreePort(),
    audience: 'bien-lai',
    staffAudience: 'bien-lai-staff',
    pagesOrigin: 'http://localhost:4400',
    stateFolder,
  });
});
afterAll(async () => {
  await provider.stop();
  await rm(stateFolder, { recursive: true });
});

const authorizerOf = (audience: string) => makeJwtAuthorizer({ issuer: provider.issuer, audience: [audience] });

describe('the local provider', () => {
  it('knows one person of each role at least, and two who approve', () => {
    expect(new Set(staffAccounts.flatMap(({ roles }) => roles)).size).toBe(4);
    expect(staffAccounts.filter(({ roles }) => roles.includes('approver')).length).toBe(2);
    for (const { code } of staffAccounts) expect(staffCodeSchema.safeParse(code).success).toBe(true);
  });

  it('gives who signs in a token with code and roles, for the finance interface alone, for half an hour', async () => {
    const { token, seconds } = await signInStaff(provider.issuer, 'kt.minh');

    expect(seconds).toBe(30 * 60);
    expect(await authorizerOf('bien-lai-staff').authorize(`Bearer ${token}`, ['finance'])).toMatchObject({
      kind: 'granted',
      token: { scopes: ['finance'], claims: { preferred_username: 'kt.minh', roles: '[approver]' } },
    });
    expect(await authorizerOf('bien-lai').authorize(`Bearer ${token}`, [])).toMatchObject({ status: 401 });
    expect(decodeJwt(token)['name']).toBeUndefined();
  });

  it('gives a token without the scope to who does not ask for it', async () => {
    const { token } = await signInStaff(provider.issuer, 'kt.lan', 'openid');

    expect(await authorizerOf('bien-lai-staff').authorize(`Bearer ${token}`, ['finance'])).toMatchObject({
      status: 403,
    });
  });

  it('shows its page, with its own style, to a browser that it has sent there', async () => {
    const asked = await fetch(`${provider.issuer}/auth?${new URLSearchParams(aQuestion).toString()}`, {
      redirect: 'manual',
    });
    const location = new URL(asked.headers.get('location') ?? '', provider.issuer);
    const cookie = asked.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ');

    const page = await fetch(location, { headers: { cookie } });

    expect(page.status).toBe(200);
    const text = await page.text();
    for (const { name, code } of staffAccounts) expect(text).toContain(`<strong>${name}</strong><br>${code}`);
    expect((await fetch(`${provider.issuer}/local/style.css`)).headers.get('content-type')).toContain('text/css');
    expect((await fetch(location)).status).toBe(400);
  });

  it.each([
    ['without a proof of the code', { code_challenge: '' }],
    ['to a foreign address', { redirect_uri: 'https://example.vn/signed-in' }],
  ])('lets nobody sign in %s', async (_how, change) => {
    const query = new URLSearchParams({ ...aQuestion, ...change });
    const asked = await fetch(`${provider.issuer}/auth?${query.toString()}`, { redirect: 'manual' });
    const location = asked.headers.get('location') ?? '';
    expect(location.includes('/sign-in/')).toBe(false);
    expect(asked.status === 400 || location.includes('error=invalid_request')).toBe(true);
  });

  it('does not sign in somebody whom it does not know', async () => {
    const query = new URLSearchParams(aQuestion);
    await expect(pickStaff(`${provider.issuer}/auth?${query.toString()}`, 'kt.nobody')).rejects.toThrow('no way on');
  });
});

const aQuestion = {
  client_id: financeCommandClient,
  response_type: 'code',
  scope: 'openid finance',
  redirect_uri: 'http://127.0.0.1:5000/signed-in',
  code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  code_challenge_method: 'S256',
};
