import { createHash } from 'node:crypto';
import { type FileDigest, fileDigestSchema } from '#schemas/reconciliation.ts';

/** The same text for the same data, whatever the order of its keys; absent and undefined are the same. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).toSorted(([one], [other]) => (one < other ? -1 : 1)));
  });
}

/** SHA-256 of data as canonical JSON in UTF-8. */
export function digestOfData(value: unknown): FileDigest {
  return fileDigestSchema.parse(createHash('sha256').update(canonicalJson(value), 'utf8').digest('hex'));
}
