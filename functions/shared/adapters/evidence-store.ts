import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { EvidenceStore } from '#shared/domain/ports.ts';
import { type Bucket, makeBucket } from './bucket.ts';

/**
 * Long callbacks in S3, named by their digest: the same message again is the same object. Few are so long, so the
 * client is made when the first one comes.
 */
export function makeEvidenceStore(bucketName: string, open: (name: string) => Bucket = makeBucket): EvidenceStore {
  let bucket: Bucket | undefined;
  return {
    async keep(sha256, raw) {
      bucket ??= open(bucketName);
      const key = `callbacks/${sha256}`;
      await bucket.client.send(
        new PutObjectCommand({
          Bucket: bucket.name,
          Key: key,
          Body: raw,
          ContentType: 'application/octet-stream',
          ChecksumSHA256: Buffer.from(sha256, 'hex').toString('base64'),
        }),
      );
      return key;
    },
  };
}
