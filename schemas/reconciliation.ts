import * as z from 'zod/mini';

/**
 * What a statement row, a ledger row, or the two together turn out to be (receipt rules §10.2). The names are those of
 * the books that finance staff keep; `docs/glossary.md` says them in English.
 */
export const reconciliationClassSchema = z
  .enum([
    'KHOP',
    'THIEU_NOI_BO',
    'THIEU_DOI_TAC',
    'LECH_TIEN',
    'LECH_TRANG_THAI',
    'TRUNG',
    'THIEU_BIEN_LAI',
    'BIEN_LAI_THUA',
    'HOAN',
    'LECH_NGAY',
    'SAI_TAI_KHOAN',
  ])
  .register(z.globalRegistry, { id: 'ReconciliationClass', title: 'Kết quả đối soát' });
export type ReconciliationClass = z.infer<typeof reconciliationClassSchema>;

/** SHA-256 of a file's bytes, in small hexadecimal digits: what names the file wherever it lies. */
export const fileDigestSchema = z
  .string()
  .check(z.regex(/^[0-9a-f]{64}$/, 'must be 64 small hexadecimal digits'))
  .brand<'FileDigest'>();
export type FileDigest = z.infer<typeof fileDigestSchema>;
