import type { EvidenceStore } from '#shared/domain/ports.ts';

/**
 * Where long callbacks are kept. Few are so long, so S3 and its client, a fifth of the function's code, are loaded
 * when the first one comes: a cold start does without.
 */
export function makeEvidenceStore(bucketName: string, open = openBucket): EvidenceStore {
  let store: EvidenceStore | undefined;
  return {
    async keep(sha256, raw) {
      store ??= await open(bucketName);
      return store.keep(sha256, raw);
    },
  };
}

async function openBucket(name: string): Promise<EvidenceStore> {
  const { openBucketEvidence } = await import('./bucket-evidence.ts');
  return openBucketEvidence(name);
}
