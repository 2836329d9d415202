import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GetObjectCommand, S3ServiceException } from '@aws-sdk/client-s3';
import { fileDigestSchema } from '#schemas/reconciliation.ts';
import type { Fetching, StatementPlace, StatementStore } from '#shared/domain/statement-store.ts';
import type { Bucket } from './bucket.ts';

export function makeStatementStore(bucket: Bucket): StatementStore {
  return { fetch: (place, target, mostBytes) => fetch(bucket, place, target, mostBytes) };
}

async function fetch(
  { client, name }: Bucket,
  { key, version }: StatementPlace,
  target: string,
  mostBytes: number,
): Promise<Fetching> {
  const found = await client
    .send(new GetObjectCommand({ Bucket: name, Key: key, ...(version === undefined ? {} : { VersionId: version }) }))
    .catch((error: unknown) => {
      if (isGone(error)) return undefined;
      throw error;
    });
  const bytes = found?.ContentLength ?? 0;
  if (found === undefined) return { kind: 'missing' };
  const { Body: body } = found;
  if (!(body instanceof Readable)) throw new TypeError(`the store gave no stream for ${key}`);
  if (bytes > mostBytes) {
    body.destroy();
    return { kind: 'too-large', bytes };
  }
  const digest = createHash('sha256');
  const listen = new Transform({
    transform(chunk: Buffer, _encoding, pass) {
      digest.update(chunk);
      pass(null, chunk);
    },
  });
  await pipeline(body, listen, createWriteStream(target));
  return { kind: 'fetched', digest: fileDigestSchema.parse(digest.digest('hex')), bytes };
}

/** Who may not list a bucket hears 403 of what is not there. */
function isGone(error: unknown): boolean {
  const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
  return status === 404 || status === 403;
}
