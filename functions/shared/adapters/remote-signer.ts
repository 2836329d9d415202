import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type { LogNews } from '#shared/domain/log-catalogue.ts';
import type { SigningCertificate } from '#shared/domain/signing-certificate.ts';
import { SigningRefused, SigningUnavailable } from '#shared/domain/signing-ports.ts';
import { type CircuitBreaker, type CircuitRules, makeCircuitBreaker } from './circuit-breaker.ts';
import { faultOfConnection } from './fault-of-connection.ts';
import { type HttpsAnswer, type HttpsPost, makeHttpsPost } from './https-exchange.ts';
import { makeProvenSigner, type OpenedSigner } from './proven-signer.ts';
import { type RetryBudget, startPatience } from './retry-budget.ts';

/** A token, a certificate with its key by which we show who we are, or both. */
export const remoteSecretSchema = z
  .strictObject({
    bearerToken: z.optional(z.string().check(z.minLength(1))),
    clientCertificatePem: z.optional(z.string()),
    clientKeyPem: z.optional(z.string()),
  })
  .check(
    z.refine(({ bearerToken, clientCertificatePem, clientKeyPem }) => {
      const hasPair = clientCertificatePem !== undefined && clientKeyPem !== undefined;
      const hasNone = clientCertificatePem === undefined && clientKeyPem === undefined;
      return hasPair || (hasNone && bearerToken !== undefined);
    }),
  );
export type RemoteSecret = z.infer<typeof remoteSecretSchema>;

export interface RemoteKeyPlace {
  readonly url: string;
  readonly keyId: string;
  readonly certificates: readonly SigningCertificate[];
  readonly secret: RemoteSecret;
  /** Who vouches for the service's TLS certificate, where no public authority does. */
  readonly serviceAuthority: SigningCertificate | undefined;
}

export interface RemoteLimits {
  /** One request, its answer's last byte included. */
  readonly milliseconds: number;
  /** No request is begun later than this after the first; well inside the function's own limit. */
  readonly budget: RetryBudget;
  readonly circuit: CircuitRules;
}

const usualLimits: RemoteLimits = {
  milliseconds: 5_000,
  budget: { milliseconds: 6_000, firstPause: 100, longestPause: 1_000 },
  circuit: { silences: 3, pauseMilliseconds: 30_000, milliseconds: () => performance.now() },
};

const answerSchema = z.object({ signature: z.base64() });

/** What may pass by itself: too early, too often, or the service's own trouble. */
const isPassing = (status: number) => [408, 425, 429].includes(status) || status >= 500;

/** What a lasting refusal most likely means, and what to do. */
const lasting: Readonly<Record<number, string>> = {
  400: 'it takes the request for malformed; compare keyId with its documents',
  401: 'it does not know us; renew the token or the client certificate in the secret',
  403: 'we may not use this key; ask the service to allow it',
  404: 'it knows no such key or address; compare url and keyId in config with its documents',
};

export type OpenRemoteSigner = (place: RemoteKeyPlace) => OpenedSigner;

/** Opens keys at remote services. Its circuits, one for each host, live as long as it does. */
export function makeRemoteSigners(needs: {
  readonly logNews: LogNews;
  readonly limits?: Partial<RemoteLimits>;
}): OpenRemoteSigner {
  const limits = { ...usualLimits, ...needs.limits };
  const circuits = new Map<string, CircuitBreaker>();
  return (place) => {
    const { host } = new URL(place.url);
    const circuit = circuits.get(host) ?? makeCircuitBreaker(limits.circuit);
    circuits.set(host, circuit);
    const post = openWay(place, host);
    const send = (request: HttpsPost) => sendOnce({ host, circuit, post, logNews: needs.logNews }, request);
    return makeProvenSigner(`Remote key ${place.keyId} at ${host}`, place.certificates, async (message) => {
      const request = requestFor(place, message, limits.milliseconds);
      return readAnswer(place, await repeat(() => send(request), startPatience(limits.budget)));
    });
  };
}

/** @throws SigningRefused when our own certificate and key are of no use */
function openWay(place: RemoteKeyPlace, host: string): WayToHost['post'] {
  try {
    return makeHttpsPost(identityOf(place));
  } catch {
    throw new SigningRefused(
      `Remote key ${place.keyId} at ${host}: the client certificate and key in the secret cannot be read, or do not ` +
        'belong together. Store both again as PEM.',
    );
  }
}

function identityOf({ secret, serviceAuthority }: RemoteKeyPlace) {
  return {
    ...(serviceAuthority === undefined ? {} : { ca: serviceAuthority.x509.toString() }),
    ...(secret.clientCertificatePem === undefined ? {} : { cert: secret.clientCertificatePem }),
    ...(secret.clientKeyPem === undefined ? {} : { key: secret.clientKeyPem }),
  };
}

function requestFor({ url, keyId, secret }: RemoteKeyPlace, message: Uint8Array, milliseconds: number): HttpsPost {
  const digest = createHash('sha256').update(message).digest('base64');
  const body = JSON.stringify({ keyId, digest, algorithm: 'RSASSA_PKCS1_V1_5_SHA_256' });
  return {
    url,
    milliseconds,
    body,
    headers: {
      'content-type': 'application/json',
      // Follows from what is signed, so that a repetition by anybody is known as one, and is billed once.
      'idempotency-key': createHash('sha256').update(body).digest('hex'),
      ...(secret.bearerToken === undefined ? {} : { authorization: `Bearer ${secret.bearerToken}` }),
    },
  };
}

interface WayToHost {
  readonly host: string;
  readonly circuit: CircuitBreaker;
  readonly post: (post: HttpsPost) => Promise<HttpsAnswer>;
  readonly logNews: LogNews;
}

/** Nothing was sent, and nothing will be for a while: there is nothing to wait for now. */
class HostSpared extends SigningUnavailable {}

/** @throws SigningUnavailable when the host is silent or spared */
async function sendOnce({ host, circuit, post, logNews }: WayToHost, request: HttpsPost): Promise<HttpsAnswer> {
  if (!circuit.mayPass()) {
    throw new HostSpared(`${host} has not answered lately and is spared; nothing was sent`);
  }
  try {
    const answer = await post(request);
    circuit.answered();
    return answer;
  } catch (cause) {
    const opened = circuit.silent();
    logNews('SIGNER_SILENT', { host, why: faultOfConnection(cause) });
    if (opened) logNews('SIGNER_SPARED', { host });
    throw new SigningUnavailable(`${host} gave no complete answer within ${request.milliseconds} ms`, { cause });
  }
}

/** The last try decides. A signature may be asked for again: it is the same one. */
async function repeat(send: () => Promise<HttpsAnswer>, pause: () => Promise<boolean>): Promise<HttpsAnswer> {
  for (;;) {
    try {
      const answer = await send();
      if (!isPassing(answer.status) || !(await pause())) return answer;
    } catch (error) {
      if (error instanceof HostSpared || !(await pause())) throw error;
    }
  }
}

function readAnswer({ url, keyId }: RemoteKeyPlace, { status, body }: HttpsAnswer): Uint8Array {
  const place = `Remote key ${keyId} at ${new URL(url).host}`;
  if (status < 200 || status > 299) {
    if (isPassing(status)) throw new SigningUnavailable(`${place} gave no signature now (HTTP ${status})`);
    const why = lasting[status] ?? 'the answer is none of those agreed; ask the service';
    throw new SigningRefused(`${place} refuses to sign (HTTP ${status}): ${why}`);
  }
  // A page of a proxy in the service's place is no refusal.
  const answer = answerSchema.safeParse(jsonOrNothing(body));
  if (!answer.success) throw new SigningUnavailable(`${place} answered without a signature; is a proxy in its place?`);
  return Buffer.from(answer.data.signature, 'base64');
}

function jsonOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
