import * as z from 'zod';
import type { paymentRequestSchema } from '#schemas/payment-request.ts';
import { type AttemptView, attemptViewSchema, type PaymentView, paymentViewSchema } from '#schemas/payment-view.ts';
import { problemSchema } from '#schemas/problem.ts';
import type { IdentityProvider } from './engines/identity-provider.ts';
import { jsonOrNothing } from './json-or-nothing.ts';

/** The dossier system as a caller of our interface: real tokens, real requests. */
export interface DossierSystem {
  /** An access token of the client, e.g. to show that there is one. */
  readonly getToken: () => Promise<string>;
  readonly createPayment: (request: z.input<typeof paymentRequestSchema>) => Promise<PaymentView>;
  readonly readPayment: (paymentId: string) => Promise<PaymentView | undefined>;
  readonly openAttempt: (
    paymentId: string,
    attempt: { gateway: string; clientIp: string; returnUrl?: string },
  ) => Promise<AttemptView>;
}

/** An answer other than the one hoped for, in the interface's own words. */
export class InterfaceRefusal extends Error {
  override readonly name = 'InterfaceRefusal';
  readonly status: number;

  constructor(status: number, text: string) {
    super(text);
    this.status = status;
  }
}

type ClientCredentials = Pick<IdentityProvider, 'tokenEndpoint' | 'clientId' | 'clientSecret'>;

export function makeDossierSystem(baseUrl: string, credentials: ClientCredentials): DossierSystem {
  const token = makeTokenSource(credentials);
  const call = async (path: string, body?: unknown) => {
    const answer = await fetch(`${baseUrl}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${await token()}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new InterfaceRefusal(answer.status, describeRefusal(answer.status, text));
    const read: unknown = JSON.parse(text);
    return read;
  };
  return {
    getToken: token,
    createPayment: async (request) => paymentViewSchema.parse(await call('/v1/payments', request)),
    openAttempt: async (paymentId, attempt) =>
      attemptViewSchema.parse(await call(`/v1/payments/${encodeURIComponent(paymentId)}/attempts`, attempt)),
    readPayment: async (paymentId) => {
      try {
        return paymentViewSchema.parse(await call(`/v1/payments/${encodeURIComponent(paymentId)}`));
      } catch (fault) {
        if (fault instanceof InterfaceRefusal && fault.status === 404) return undefined;
        throw fault;
      }
    },
  };
}

function describeRefusal(status: number, text: string): string {
  const problem = problemSchema.safeParse(jsonOrNothing(text));
  if (!problem.success) return `${status} ${text.slice(0, 500)}`;
  const { title, detail, errors = [] } = problem.data;
  return [`${status} ${title}: ${detail}`, ...errors.map((error) => `${error.pointer} ${error.detail}`)].join('; ');
}

const tokenSchema = z.object({ access_token: z.string(), expires_in: z.number() });

/** Fetches a token when the last one is about to end. */
function makeTokenSource({ tokenEndpoint, clientId, clientSecret }: ClientCredentials): () => Promise<string> {
  let kept: { readonly token: string; readonly until: number } | undefined;
  return async () => {
    if (kept !== undefined && kept.until > Date.now()) return kept.token;
    const answer = await fetch(tokenEndpoint, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'payments:read payments:write' }),
    });
    if (!answer.ok) throw new Error(`The OpenID provider refused a token: ${answer.status} ${await answer.text()}`);
    const { access_token: token, expires_in: seconds } = tokenSchema.parse(await answer.json());
    kept = { token, until: Date.now() + (seconds - 60) * 1_000 };
    return token;
  };
}
