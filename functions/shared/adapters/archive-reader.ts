import type { ReceiptArchive } from '#shared/domain/ports.ts';

/**
 * Reads single documents of the archive, for whoever may write none. S3 and its client are loaded for the first of them, as
 * for links to documents.
 */
export function makeArchiveReader(bucketName: string, open = openArchive): Pick<ReceiptArchive, 'read'> {
  let archive: Pick<ReceiptArchive, 'read'> | undefined;
  return {
    async read(key) {
      archive ??= await open(bucketName);
      return archive.read(key);
    },
  };
}

async function openArchive(name: string): Promise<Pick<ReceiptArchive, 'read'>> {
  const { openArchiveReader } = await import('./receipt-archive.ts');
  return openArchiveReader(name);
}
