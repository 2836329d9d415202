import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { EvidenceStore } from '#shared/domain/ports.ts';
import { type Bucket, makeBucket } from './bucket.ts';

/** Messages in S3, named by their digest: the same message again is the same object. */
export function makeBucketEvidence(bucket: Bucket): EvidenceStore {
  return {
    async keep(sha256, raw) {
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

/** The same with a client of its own: one import for whoever needs S3 late. */
export function openBucketEvidence(bucketName: string): EvidenceStore {
  return makeBucketEvidence(makeBucket(bucketName));
}
