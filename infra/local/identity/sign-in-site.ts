import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { errors, type Provider } from 'oidc-provider';
import { htmlAnswer } from '#infra/local/html.ts';
import { styleSheet } from '#infra/local/pages/style.ts';
import { renderSignInPage } from './sign-in-page.ts';
import { findStaffAccount } from './staff-accounts.ts';

/** Where the provider sends a browser that it does not know yet. */
export const signInPath = (uid: string): string => `/sign-in/${uid}`;

/** Serves the sign-in page; everything else is the provider's. */
export function makeSignInSite(
  provider: Provider,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const answer = provider.callback();
  return async (request, response) => {
    const path = request.url ?? '/';
    if (path === '/local/style.css') {
      response.setHeader('content-type', 'text/css; charset=utf-8').end(styleSheet);
    } else if (path.startsWith(signInPath(''))) {
      await signIn(provider, request, response).catch((fault: unknown) => refuse(response, fault));
    } else await answer(request, response);
  };
}

async function signIn(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  // Refuses a browser that does not bring the cookie which the provider gave it.
  await provider.interactionDetails(request, response);
  const picked = request.method === 'POST' ? new URLSearchParams(await text(request)).get('staff') : null;
  const account = findStaffAccount(picked ?? '');
  if (account === undefined) {
    sendPage(response);
    return;
  }
  // What the clients of this house may have is granted to all of them at once: nobody need be asked.
  const result = { login: { accountId: account.code, remember: false }, consent: {} };
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

function sendPage(response: ServerResponse): void {
  const { status, headers, body } = htmlAnswer(renderSignInPage());
  response.statusCode = status;
  for (const [name, value] of headers) response.setHeader(name, value);
  response.end(body);
}

function refuse(response: ServerResponse, fault: unknown): void {
  if (!(fault instanceof errors.OIDCProviderError)) throw fault;
  response.statusCode = fault.statusCode;
  response.setHeader('content-type', 'text/plain; charset=utf-8');
  response.end('Lần đăng nhập này đã hết hạn. Hãy bắt đầu lại. (This sign-in has expired: begin again.)\n');
}
