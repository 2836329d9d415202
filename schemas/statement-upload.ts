import * as z from 'zod/mini';
import { instantSchema } from './ids.ts';
import { fileDigestSchema } from './reconciliation.ts';

/** More than the statement of a province's busiest day in any layout; a larger one goes into the store by an administrator. */
export const largestUpload = 200 * 1024 * 1024;

/** Which file somebody is about to send: this very file, and no other, may then be put into the store. */
export const statementUploadRequestSchema = z
  .strictObject({
    name: z
      .string()
      .check(
        z.regex(
          /^[\p{L}\p{N}][\p{L}\p{N}._ ()-]{0,99}$/u,
          'must be 1 to 100 letters, digits, spaces or . _ - ( ), the first a letter or digit',
        ),
      ),
    bytes: z.int().check(z.minimum(1), z.maximum(largestUpload)),
    sha256: fileDigestSchema,
  })
  .register(z.globalRegistry, { id: 'StatementUploadRequest', title: 'Đề nghị gửi tệp sao kê' });
export type StatementUploadRequest = z.infer<typeof statementUploadRequestSchema>;

/** Where the file goes: `PUT` to `url` with exactly these headers, within five minutes. */
export const statementUploadSchema = z
  .strictObject({
    url: z.url(),
    method: z.literal('PUT'),
    headers: z.record(z.string(), z.string()),
    expiresAt: instantSchema,
    key: z.string().check(z.describe('Its name in the store; the day shows what became of it')),
  })
  .register(z.globalRegistry, { id: 'StatementUpload', title: 'Nơi gửi tệp sao kê' });
export type StatementUpload = z.infer<typeof statementUploadSchema>;
