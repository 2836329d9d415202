import * as z from 'zod/mini';

/** The reference that we gave, as opaque text. */
export const orderRefSchema = z
  .string('is missing')
  .check(z.minLength(1, 'is missing'), z.maxLength(100, 'must be at most 100 characters'));

/** A result code of a gateway, as opaque text. */
export const resultCodeSchema = z
  .string('is missing')
  .check(z.minLength(1, 'is missing'), z.maxLength(20, 'must be at most 20 characters'));

/** A gateway's number of a transaction, which may pass 2^53; empty or 0 says that none was made. */
export const transactionNumberSchema = z.pipe(
  z.string('is missing').check(z.regex(/^\d{0,40}$/, 'must be digits')),
  z.transform((digits) => (/^0*$/.test(digits) ? null : digits)),
);

/** What a field of a JSON request of ours may hold. */
export const requestValueSchema = z.union([z.string(), z.int()]);
