import * as z from 'zod/mini';
import { balanceProofSchema } from '#schemas/balance-proof.ts';
import { closeStateSchema, closeStepSchema, dayCloseKindSchema, monthSchema } from '#schemas/day-close.ts';
import { businessDateSchema, gatewayNameSchema, instantSchema, merchantNameSchema } from '#schemas/ids.ts';
import { fileDigestSchema } from '#schemas/reconciliation.ts';
import { staffCodeSchema } from '#schemas/staff-code.ts';
import { archivedDocumentSchema } from './receipt.ts';

/** What the closes of a day and of a month have in common: a proposal of one person that another one decides. */
const closeShape = {
  state: closeStateSchema,
  /** Counts the proposals, so that a checker decides the one that was read. */
  number: z.int().check(z.minimum(1)),
  maker: staffCodeSchema,
  proposedAt: instantSchema,
  checker: z.optional(staffCodeSchema),
  decidedAt: z.optional(instantSchema),
  /** SHA-256 over what is closed: whoever holds the same data gets the same digest. */
  digest: fileDigestSchema,
  /** Every step that was ever taken, never changed. */
  trail: z.array(closeStepSchema),
  revision: z.int().check(z.minimum(1)),
};

/** The page of a closed day in the archive, and the time that its signature bears. */
export const signedPageSchema = z.extend(archivedDocumentSchema, { sha256: fileDigestSchema, signedAt: instantSchema });
export type SignedPage = z.infer<typeof signedPageSchema>;

/**
 * The close of an account's day. What is closed is never changed, and what is found later is booked on its own day; only
 * its page is added, which says nothing but what stands here.
 */
export const dayCloseSchema = z.strictObject({
  gateway: gatewayNameSchema,
  merchant: merchantNameSchema,
  day: businessDateSchema,
  kind: dayCloseKindSchema,
  ...closeShape,
  /** `books` of the day as the maker saw it. */
  books: z.int().check(z.minimum(0)),
  /** The run that it includes, and the file; absent for a day without transactions. */
  run: z.optional(z.int().check(z.minimum(1))),
  statement: z.optional(fileDigestSchema),
  proof: balanceProofSchema,
  /** Exceptions that waited for a person when it was closed; people go on working on them. */
  openExceptions: z.optional(z.int().check(z.minimum(0))),
  /** When the sweep looks at it, while its signed page is owed. */
  dueAt: z.optional(instantSchema),
  page: z.optional(signedPageSchema),
});
export type DayClose = z.infer<typeof dayCloseSchema>;

/** The close of a month, of all accounts together. */
export const monthCloseSchema = z.strictObject({
  month: monthSchema,
  ...closeShape,
  /** How many closed days of how many accounts it is made of. */
  days: z.int().check(z.minimum(0)),
  accounts: z.array(z.string()),
});
export type MonthClose = z.infer<typeof monthCloseSchema>;
