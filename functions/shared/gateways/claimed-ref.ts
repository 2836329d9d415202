import * as z from 'zod/mini';
import { literalTextSchema } from './json-literals.ts';
import { orderRefSchema } from './wire-fields.ts';

const claimedRefSchema = z.pipe(literalTextSchema, orderRefSchema);

/** The reference that a message without proof gives, for its reading; nothing where it is no short text. */
export function claimOf(reference: unknown): { readonly claimedRef?: string } {
  const claim = claimedRefSchema.safeParse(reference);
  return claim.success ? { claimedRef: claim.data } : {};
}
