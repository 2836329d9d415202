import { PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { AnnouncedFile, StatementUploads, UploadPlace } from '#shared/domain/statement-uploads.ts';
import type { Bucket } from './bucket.ts';

/** Addresses of the bucket in which statements arrive. */
export function makeBucketUploads(bucket: Bucket): StatementUploads {
  return { placeFor: (file, seconds) => placeFor(bucket, file, seconds) };
}

/**
 * Size and digest are signed with the address: S3 refuses another size by the signature, and other bytes by the digest,
 * so that an address which leaks lets nobody put anything else under this name.
 */
async function placeFor({ client, name }: Bucket, file: AnnouncedFile, seconds: number): Promise<UploadPlace> {
  const headers = {
    'content-type': 'application/octet-stream',
    'x-amz-checksum-sha256': Buffer.from(file.sha256, 'hex').toString('base64'),
  };
  const command = new PutObjectCommand({
    Bucket: name,
    Key: file.key,
    ContentLength: file.bytes,
    ContentType: headers['content-type'],
    ChecksumSHA256: headers['x-amz-checksum-sha256'],
  });
  const url = await getSignedUrl(client, command, {
    expiresIn: seconds,
    signableHeaders: new Set(['host', 'content-length', 'content-type']),
    // In the address it would be a wish; as a signed header it must be sent.
    unhoistableHeaders: new Set(['x-amz-checksum-sha256']),
  });
  return { url, headers };
}
