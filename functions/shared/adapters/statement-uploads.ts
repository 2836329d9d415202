import type { StatementUploads } from '#shared/domain/statement-uploads.ts';

/** Where statements may be put. The S3 client and its signer are loaded with the first of them: few requests send one. */
export function makeStatementUploads(bucketName: string): StatementUploads {
  let uploads: StatementUploads | undefined;
  return {
    async placeFor(file, seconds) {
      uploads ??= await openBucket(bucketName);
      return uploads.placeFor(file, seconds);
    },
  };
}

async function openBucket(name: string): Promise<StatementUploads> {
  const [{ makeBucket }, { makeBucketUploads }] = await Promise.all([
    import('./bucket.ts'),
    import('./bucket-uploads.ts'),
  ]);
  return makeBucketUploads(makeBucket(name));
}
