import * as z from 'zod/mini';
import { instantSchema } from './ids.ts';

/** The ledger of an account's day for analysts: a Parquet file, one row for each row that was compared. */
export const ledgerExportSchema = z
  .strictObject({
    url: z.url().check(z.describe('Opens the file, without further rights')),
    expiresAt: instantSchema.check(z.describe('Until when `url` does so; ask again for another one')),
    run: z.int().check(z.minimum(1), z.describe('Whose comparison it holds')),
    bytes: z.int().check(z.minimum(1)),
    writtenAt: instantSchema,
  })
  .register(z.globalRegistry, { id: 'LedgerExport', title: 'Tệp sổ của ngày' });
export type LedgerExportView = z.infer<typeof ledgerExportSchema>;
