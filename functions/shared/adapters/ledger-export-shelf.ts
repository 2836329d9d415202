import { type LedgerExportShelf, ledgerExportKeyOf } from '#shared/domain/ledger-export.ts';

/** Hands the rows of days out. The S3 client and its signer are loaded for the first of them, as for receipts. */
export function makeLedgerExportShelf(bucketName: string): LedgerExportShelf {
  let shelf: LedgerExportShelf | undefined;
  const open = async () => (shelf ??= await openShelf(bucketName));
  return {
    find: async (address) => (await open()).find(address),
    linkTo: async (address) => (await open()).linkTo(address),
  };
}

async function openShelf(name: string): Promise<LedgerExportShelf> {
  const [{ makeBucket }, { makeBucketLinks }, { findLedgerExport }] = await Promise.all([
    import('./bucket.ts'),
    import('./bucket-links.ts'),
    import('./ledger-exports.ts'),
  ]);
  const bucket = makeBucket(name);
  const links = makeBucketLinks(bucket);
  return {
    find: (address) => findLedgerExport(bucket, address),
    linkTo: (address) => links.linkTo(ledgerExportKeyOf(address)),
  };
}
