import { GetObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { DocumentLinks } from '#shared/domain/ports.ts';
import { type Bucket, makeBucket } from './bucket.ts';

const validForSeconds = 5 * 60;

/** Addresses that open one archived document in the browser for five minutes, without further rights. */
export function makeBucketLinks(bucket: Bucket): DocumentLinks {
  return {
    linkTo: (key) => {
      const command = new GetObjectCommand({
        Bucket: bucket.name,
        Key: key,
        ResponseContentDisposition: `inline; filename="${key.replaceAll('/', '-')}"`,
      });
      return getSignedUrl(bucket.client, command, { expiresIn: validForSeconds });
    },
  };
}

/** The same with a client of its own: one import for whoever needs S3 late. */
export function openBucketLinks(bucketName: string): DocumentLinks {
  return makeBucketLinks(makeBucket(bucketName));
}
