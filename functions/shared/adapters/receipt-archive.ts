import { createHash } from 'node:crypto';
import { GetObjectCommand, NoSuchKey, PutObjectCommand, S3ServiceException } from '@aws-sdk/client-s3';
import type { Instant } from '#schemas/ids.ts';
import type { ArchivedBytes, Clock, ReceiptArchive } from '#shared/domain/ports.ts';
import { type Bucket, makeBucket } from './bucket.ts';

/** How long, and how firmly, an archived document is protected. */
export interface Retention {
  readonly mode: 'COMPLIANCE' | 'GOVERNANCE';
  readonly years?: number;
  readonly days?: number;
}

/** Accounting vouchers are kept for ten years (NĐ 174/2016); a trial's documents may go the next day. */
export const retentions = {
  prod: { mode: 'COMPLIANCE', years: 10 },
  dev: { mode: 'GOVERNANCE', days: 1 },
} as const satisfies Record<'dev' | 'prod', Retention>;

export interface ArchiveNeeds {
  readonly bucket: Bucket;
  readonly retention: Retention;
  readonly clock: Clock;
}

export function makeReceiptArchive(needs: ArchiveNeeds): ReceiptArchive {
  const { bucket, retention, clock } = needs;
  return {
    read: (key) => readStored(bucket, key),
    async store(key, bytes, contentType) {
      const digest = createHash('sha256').update(bytes).digest();
      const sha256 = digest.toString('hex');
      const command = new PutObjectCommand({
        Bucket: bucket.name,
        Key: key,
        Body: bytes,
        ContentType: contentType,
        IfNoneMatch: '*',
        ChecksumSHA256: digest.toString('base64'),
        ObjectLockMode: retention.mode,
        ObjectLockRetainUntilDate: endOf(retention, clock()),
      });
      try {
        await bucket.client.send(command);
        return { kind: 'stored', bytes, sha256 };
      } catch (error) {
        if (!isTaken(error)) throw error;
        const stored = await readStored(bucket, key);
        // The other writer has not finished, or failed: the refusal stands, and passes.
        if (stored === undefined) throw error;
        return { kind: stored.sha256 === sha256 ? 'adopted' : 'conflict', ...stored };
      }
    },
  };
}

/** Reading alone, with a client of its own: one import for whoever needs S3 late. */
export function openArchiveReader(bucketName: string): Pick<ReceiptArchive, 'read'> {
  const bucket = makeBucket(bucketName);
  return { read: (key) => readStored(bucket, key) };
}

/** 412: the key is taken. 409: somebody is writing it at this moment. */
function isTaken(error: unknown): boolean {
  const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
  return status === 412 || status === 409;
}

async function readStored(bucket: Bucket, key: string): Promise<ArchivedBytes | undefined> {
  try {
    const { Body: body } = await bucket.client.send(new GetObjectCommand({ Bucket: bucket.name, Key: key }));
    if (body === undefined) return undefined;
    const bytes = await body.transformToByteArray();
    return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  }
}

function endOf(retention: Retention, from: Instant): Date {
  const end = new Date(from);
  end.setUTCFullYear(end.getUTCFullYear() + (retention.years ?? 0));
  end.setUTCDate(end.getUTCDate() + (retention.days ?? 0));
  return end;
}
