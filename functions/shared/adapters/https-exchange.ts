import { Agent, type RequestOptions, request } from 'node:https';
import type { Readable } from 'node:stream';
import { createSecureContext } from 'node:tls';

/** How we show who we are, and whom we believe, on one TLS connection. */
export interface TlsIdentity {
  /** Authority of the other side in PEM, in place of the public ones. */
  readonly ca?: string;
  /** Our own certificate and key in PEM. */
  readonly cert?: string;
  readonly key?: string;
}

export interface HttpsPost {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly milliseconds: number;
}

export interface HttpsAnswer {
  readonly status: number;
  readonly body: string;
}

/** What is far longer than a signature is none, and is not read to its end. */
const longestAnswer = 64 * 1024;

/**
 * A way to one host with a TLS identity of its own, which `fetch` cannot be given. Connections are kept; no redirect
 * is followed.
 * @throws Error when a certificate or key cannot be read, or they do not belong together
 */
export function makeHttpsPost(identity: TlsIdentity): (post: HttpsPost) => Promise<HttpsAnswer> {
  // Else the fault would come up with the first connection, and look like the other side's.
  createSecureContext(identity);
  const agent = new Agent({ keepAlive: true, minVersion: 'TLSv1.2', ...identity });
  return async ({ url, headers, body, milliseconds }) => {
    const { promise, resolve, reject } = Promise.withResolvers<HttpsAnswer>();
    // Over the body too: a host that sends a byte now and then gives no answer either.
    const options: RequestOptions = { agent, method: 'POST', headers, signal: AbortSignal.timeout(milliseconds) };
    request(url, options, (answer) => {
      readBody(answer).then((text) => resolve({ status: answer.statusCode ?? 0, body: text }), reject);
    })
      .on('error', reject)
      .end(body);
    return promise;
  };
}

async function readBody(stream: Readable): Promise<string> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  const bytes: AsyncIterable<Uint8Array> = stream;
  for await (const piece of bytes) {
    length += piece.byteLength;
    if (length > longestAnswer) throw new RangeError(`the answer is longer than ${longestAnswer} bytes`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}
