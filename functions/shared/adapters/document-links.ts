import type { DocumentLinks } from '#shared/domain/ports.ts';

/**
 * Addresses of archived documents. The S3 client and its signer are loaded for the first of them: whoever starts to
 * pay has no receipt yet and need not wait for them.
 */
export function makeDocumentLinks(bucketName: string, open = openBucket): DocumentLinks {
  let links: DocumentLinks | undefined;
  return {
    async linkTo(key) {
      links ??= await open(bucketName);
      return links.linkTo(key);
    },
  };
}

async function openBucket(name: string): Promise<DocumentLinks> {
  const { openBucketLinks } = await import('./bucket-links.ts');
  return openBucketLinks(name);
}
