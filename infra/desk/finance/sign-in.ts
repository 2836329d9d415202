import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  None,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import type { DeskPlace } from './desk-place.ts';

export interface SignedInToken {
  readonly token: string;
  readonly expiresAt: string;
}

const pathBack = '/signed-in';
const patienceMs = 5 * 60_000;

/**
 * Signs a person in by their own browser: authorization code with PKCE, answered on a port of this machine (RFC 8252).
 * The person is asked anew each time, since one machine may serve a maker and a checker.
 * @param show tells the person which address to open
 */
export async function signIn(
  { issuer, clientId }: Pick<DeskPlace, 'issuer' | 'clientId'>,
  show: (address: string) => void,
): Promise<SignedInToken> {
  const provider = await findProvider(issuer, clientId);
  const verifier = randomPKCECodeVerifier();
  const state = randomState();
  const back = await listenForAnswer();
  try {
    const address = buildAuthorizationUrl(provider, {
      redirect_uri: back.address,
      scope: 'openid profile finance',
      code_challenge: await calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      prompt: 'login',
    });
    show(address.href);
    const answer = await back.answer;
    const tokens = await authorizationCodeGrant(provider, answer, { pkceCodeVerifier: verifier, expectedState: state });
    const seconds = tokens.expiresIn() ?? 0;
    return { token: tokens.access_token, expiresAt: new Date(Date.now() + seconds * 1_000).toISOString() };
  } finally {
    back.stop();
  }
}

async function findProvider(issuer: string, clientId: string): Promise<Configuration> {
  const url = new URL(issuer);
  const isLocal = url.protocol === 'http:' && url.hostname === 'localhost';
  // oxlint-disable-next-line typescript/no-deprecated -- on one machine there is nobody on the way to listen
  return discovery(url, clientId, undefined, None(), isLocal ? { execute: [allowInsecureRequests] } : {}).catch(
    (cause: unknown) => {
      throw new Error(
        `Không hỏi được máy cấp thẻ ${issuer}. Hãy chạy \`npm start\` (cùng PORT), hoặc xem lại FINANCE_ISSUER. ` +
          '(The identity provider does not answer: run npm start with the same PORT, or check FINANCE_ISSUER.)',
        { cause },
      );
    },
  );
}

/** Waits on this machine for the browser to come back. */
async function listenForAnswer() {
  const { promise: answer, resolve, reject } = Promise.withResolvers<URL>();
  const server = createServer((request, response) => {
    const came = addressOf(request);
    tell(response, came.pathname === pathBack);
    if (came.pathname === pathBack) resolve(came);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
  const timer = setTimeout(() => {
    reject(new Error('Không ai đăng nhập trong 5 phút. Hãy chạy lại lệnh (nobody signed in: run it again).'));
  }, patienceMs);
  return {
    address: `http://127.0.0.1:${port}${pathBack}`,
    answer,
    stop: () => {
      clearTimeout(timer);
      server.close();
      server.closeAllConnections();
    },
  };
}

function addressOf({ url = '/', headers }: IncomingMessage): URL {
  return new URL(url, `http://${headers.host ?? '127.0.0.1'}`);
}

function tell(response: ServerResponse, isAnswer: boolean): void {
  response.statusCode = isAnswer ? 200 : 404;
  response.setHeader('content-type', 'text/plain; charset=utf-8');
  response.end(isAnswer ? 'Có thể đóng trang này và trở lại lệnh. (You may close this page.)\n' : 'Not Found\n');
}
