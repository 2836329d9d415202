import { paginateListObjectsV2 } from '@aws-sdk/client-s3';
import { instantSchema, taxCodeSchema } from '#schemas/ids.ts';
import { archivePrefixOf } from '#shared/domain/archive-key.ts';
import type { SeriesName } from '#shared/domain/receipt-register.ts';
import type { ArchiveList, ListedDocument } from '#shared/domain/restore-ports.ts';
import type { Bucket } from './bucket.ts';

/** What the archive holds, by its keys alone; no document is opened. */
export function makeArchiveList(bucket: Bucket): ArchiveList {
  return {
    listSeries: () => listSeries(bucket),
    listDocuments: (series) => listDocuments(bucket, series),
  };
}

/** `<mst>/<template>/<series>/`, read level by level, so that no document needs to be listed for it. */
async function listSeries(bucket: Bucket): Promise<readonly SeriesName[]> {
  const found: SeriesName[] = [];
  for (const owner of await foldersIn(bucket, '')) {
    for (const template of await foldersIn(bucket, owner)) {
      for (const series of await foldersIn(bucket, template)) found.push(...seriesNameOf(series));
    }
  }
  return found;
}

/** Folders of another kind may lie beside those of the organisations. */
function seriesNameOf(folder: string): readonly SeriesName[] {
  const [owner, template = '', series = ''] = folder.split('/');
  const taxCode = taxCodeSchema.safeParse(owner);
  return taxCode.success ? [{ taxCode: taxCode.data, template, series }] : [];
}

async function foldersIn(bucket: Bucket, prefix: string): Promise<readonly string[]> {
  const folders: string[] = [];
  const pages = paginateListObjectsV2(
    { client: bucket.client },
    { Bucket: bucket.name, Prefix: prefix, Delimiter: '/' },
  );
  for await (const page of pages) folders.push(...(page.CommonPrefixes ?? []).flatMap(({ Prefix }) => Prefix ?? []));
  return folders;
}

/** S3 lists keys in the order of their bytes, and numbers have leading zeros, so the order is that of the numbers. */
async function* listDocuments(bucket: Bucket, series: SeriesName): AsyncGenerator<readonly ListedDocument[]> {
  const pages = paginateListObjectsV2(
    { client: bucket.client },
    { Bucket: bucket.name, Prefix: archivePrefixOf(series) },
  );
  for await (const page of pages) {
    yield (page.Contents ?? []).flatMap(({ Key: key, Size: bytes, LastModified: at }) =>
      key === undefined || bytes === undefined || at === undefined
        ? []
        : [{ key, bytes, archivedAt: instantSchema.parse(at.toISOString()) }],
    );
  }
}
