import * as z from 'zod/mini';

/**
 * Who did something at the finance desk: a code, never a name. Small letters only, so that one person cannot pass for
 * two by writing it differently. Gateways take it as it is (refund-port.ts).
 */
export const staffCodeSchema = z
  .string()
  .check(z.regex(/^[a-z0-9][a-z0-9.-]{1,39}$/, 'must be 2 to 40 small letters, digits, dots or hyphens'))
  .brand<'StaffCode'>();
export type StaffCode = z.infer<typeof staffCodeSchema>;

/** Why somebody did it, in a sentence for whoever checks it later; without names or accounts of payers. */
export const staffReasonSchema = z
  .string()
  .check(z.trim(), z.regex(/^[^\p{Cc}]{10,500}$/u, 'must be 10 to 500 characters on one line'));

/** What somebody says who rejects, closes or takes back. */
export const rejectionSchema = z
  .strictObject({ why: staffReasonSchema })
  .register(z.globalRegistry, { id: 'Rejection', title: 'Lý do từ chối' });
