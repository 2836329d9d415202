import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { givingUpAfter } from './request-limits.ts';

/** A bucket and the client to reach it. */
export interface Bucket {
  readonly client: S3Client;
  readonly name: string;
}

/** A request that hangs is given up early enough for the SDK's own repetitions to have their turn. */
export function makeBucket(name: string, config: S3ClientConfig = {}): Bucket {
  return { client: new S3Client({ requestHandler: givingUpAfter(), ...config }), name };
}
