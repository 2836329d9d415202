import { execFileSync } from 'node:child_process';
import { constants, privateEncrypt, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import { listen } from '#infra/local/listen.ts';
import { findFreePort } from '#infra/local/ports.ts';
import type { CertifiedKey } from './certificates.ts';

export type Behaviour = (request: IncomingMessage, response: ServerResponse) => void;

/** `openssl` as a witness: whether this is an RSA signature with SHA-256 over the message by the certificate's key. */
export function opensslAccepts(certificatePem: string, message: Uint8Array, signature: Uint8Array): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'bien-lai-signature-'));
  const [key, file, sign] = ['key.pem', 'message', 'signature'].map((name) => join(folder, name));
  try {
    const publicKey = new X509Certificate(certificatePem).publicKey;
    writeFileSync(key ?? '', publicKey.export({ type: 'spki', format: 'pem' }));
    writeFileSync(file ?? '', message);
    writeFileSync(sign ?? '', signature);
    const args = ['dgst', '-sha256', '-verify', key ?? '', '-signature', sign ?? '', file ?? ''];
    return execFileSync('openssl', args, { encoding: 'utf8', stdio: 'pipe' }).includes('Verified OK');
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The head of a SHA-256 DigestInfo (RFC 8017 §9.2): what a key service puts before the digest it is given. */
const digestInfo = Buffer.from('3031300d060960864801650304020105000420', 'hex');

function signDigest({ privateKeyPem: key }: CertifiedKey, digest: string): string {
  const block = Buffer.concat([digestInfo, Buffer.from(digest, 'base64')]);
  return privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, block).toString('base64');
}

const kmsRequestSchema = z.strictObject({
  KeyId: z.string(),
  Message: z.base64(),
  MessageType: z.literal('DIGEST'),
  SigningAlgorithm: z.literal('RSASSA_PKCS1_V1_5_SHA_256'),
});

/** KMS's side of `Sign`, in its own protocol: no local engine speaks it. */
export function kmsSigning(key: CertifiedKey): Behaviour {
  return (request, response) => {
    void text(request).then((body) => {
      const { KeyId, Message, SigningAlgorithm } = kmsRequestSchema.parse(JSON.parse(body));
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify({ KeyId, SigningAlgorithm, Signature: signDigest(key, Message) }));
    });
  };
}

/** Breaks the connection, also one with TLS. */
export const breakConnection: Behaviour = (request) => void request.socket.destroy();

const remoteRequestSchema = z.strictObject({
  keyId: z.string(),
  digest: z.base64(),
  algorithm: z.literal('RSASSA_PKCS1_V1_5_SHA_256'),
});

/** A remote signing service's answer. */
export function remoteSigning(key: CertifiedKey): Behaviour {
  return (request, response) => {
    void text(request).then((body) => {
      const { digest } = remoteRequestSchema.parse(JSON.parse(body));
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ signature: signDigest(key, digest) }));
    });
  };
}

export interface RemoteService {
  readonly url: string;
  readonly headers: readonly IncomingMessage['headers'][];
  /** From now on; several are played one after the other, the last one for ever. */
  readonly behave: (...behaviours: readonly Behaviour[]) => void;
  readonly stop: () => Promise<void>;
}

/** An HTTPS host on this machine; with `clientAuthority` it speaks only to holders of its certificates. */
export async function startRemoteService(tls: CertifiedKey, clientAuthority?: string): Promise<RemoteService> {
  const headers: IncomingMessage['headers'][] = [];
  let playing: readonly Behaviour[] = [];
  const server = createServer(
    {
      cert: tls.certificatePem,
      key: tls.privateKeyPem,
      ...(clientAuthority === undefined ? {} : { requestCert: true, rejectUnauthorized: true, ca: clientAuthority }),
    },
    (request, response) => {
      headers.push(request.headers);
      const [behaviour, ...others] = playing;
      if (others.length > 0) playing = others;
      behaviour?.(request, response);
    },
  );
  const port = await findFreePort();
  const close = await listen(server, port);
  return {
    url: `https://localhost:${port}/sign`,
    headers,
    behave: (...behaviours) => {
      playing = behaviours;
    },
    stop: close,
  };
}
