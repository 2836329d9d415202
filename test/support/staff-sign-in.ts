import { createHash, randomBytes } from 'node:crypto';
import * as z from 'zod';
import { financeCommandClient } from '#infra/local/engines/identity-provider.ts';

const redirectUri = 'http://127.0.0.1:4499/signed-in';
const tokenSchema = z.object({ access_token: z.string(), expires_in: z.number() });

/** Signs somebody in as a program on their machine does: by the page, with a code and its proof. */
export async function signInStaff(issuer: string, staffCode: string, scope = 'openid profile finance') {
  const verifier = randomBytes(32).toString('base64url');
  const query = new URLSearchParams({
    client_id: financeCommandClient,
    response_type: 'code',
    scope,
    redirect_uri: redirectUri,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    state: 'of-a-test',
  });
  const back = await pickStaff(`${issuer}/auth?${query.toString()}`, staffCode);
  const answer = await fetch(`${issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: financeCommandClient,
      code: back.searchParams.get('code') ?? '',
      redirect_uri: redirectUri,
      code_verifier: verifier,
    }),
  });
  const { access_token: token, expires_in: seconds } = tokenSchema.parse(await answer.json());
  return { token, seconds };
}

/** Goes through the sign-in page as a browser does. @returns the address to which the browser is sent in the end */
export async function pickStaff(authorizationUrl: string, staffCode: string): Promise<URL> {
  const cookies = new Map<string, string>();
  const { origin } = new URL(authorizationUrl);
  let url = new URL(authorizationUrl);
  for (let hops = 0; hops < 10; hops += 1) {
    if (url.origin !== origin) return url;
    const isPage = url.pathname.startsWith('/sign-in/');
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(isPage ? { method: 'POST', body: new URLSearchParams({ staff: staffCode }) } : {}),
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    const location = answer.headers.get('location');
    if (location === null) throw new Error(`no way on from ${url.pathname}: ${answer.status} ${await answer.text()}`);
    url = new URL(location, url);
  }
  throw new Error('signing in goes round in circles');
}
