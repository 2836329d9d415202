import * as z from 'zod/mini';
import { taxCodeSchema } from '#schemas/ids.ts';
import type { SeriesName } from './receipt-register.ts';

/** What the key of an archived document says: the way back of `archiveKeyOf`. */
export interface ArchiveKey extends SeriesName {
  readonly number: number;
  readonly extension: 'pdf' | 'xml';
}

const partsSchema = z.tuple([
  taxCodeSchema,
  z.string().check(z.regex(/^[A-Z0-9-]{5,10}$/)),
  z.string().check(z.regex(/^[A-Z0-9-]{3,8}$/)),
  z.string().check(z.regex(/^\d{8}\.(pdf|xml)$/)),
]);

/** Nothing for a key that no receipt of ours has. */
export function readArchiveKey(key: string): ArchiveKey | undefined {
  const parts = partsSchema.safeParse(key.split('/'));
  if (!parts.success) return undefined;
  const [taxCode, template, series, file] = parts.data;
  const number = Number(file.slice(0, 8));
  return number === 0
    ? undefined
    : { taxCode, template, series, number, extension: file.endsWith('.pdf') ? 'pdf' : 'xml' };
}

/** What all keys of a series begin with. */
export function archivePrefixOf({ taxCode, template, series }: SeriesName): string {
  return `${taxCode}/${template}/${series}/`;
}
