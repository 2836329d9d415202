import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { HeadObjectCommand, PutObjectCommand, S3ServiceException } from '@aws-sdk/client-s3';
import { instantSchema } from '#schemas/ids.ts';
import { type FoundExport, type LedgerExports, ledgerExportKeyOf } from '#shared/domain/ledger-export.ts';
import type { DayAddress } from '#shared/domain/statement-day.ts';
import type { Bucket } from './bucket.ts';

/** The rows of days as files in S3. A file is held in memory whole, so that it can be sent once more. */
export function makeLedgerExports(bucket: Bucket): LedgerExports {
  return {
    async put(address, file, run) {
      const bytes = await readFile(file);
      await bucket.client.send(
        new PutObjectCommand({
          Bucket: bucket.name,
          Key: ledgerExportKeyOf(address),
          Body: bytes,
          ContentType: 'application/vnd.apache.parquet',
          ChecksumSHA256: createHash('sha256').update(bytes).digest('base64'),
          Metadata: { run: String(run) },
        }),
      );
    },
  };
}

export async function findLedgerExport(bucket: Bucket, address: DayAddress): Promise<FoundExport | undefined> {
  const command = new HeadObjectCommand({ Bucket: bucket.name, Key: ledgerExportKeyOf(address) });
  const found = await bucket.client.send(command).catch((error: unknown) => {
    if (isGone(error)) return undefined;
    throw error;
  });
  if (found?.LastModified === undefined) return undefined;
  return {
    run: Number(found.Metadata?.['run']),
    bytes: found.ContentLength ?? 0,
    writtenAt: instantSchema.parse(found.LastModified.toISOString()),
  };
}

/** Who may not list a bucket hears 403 of what is not there. */
function isGone(error: unknown): boolean {
  const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
  return status === 404 || status === 403;
}
