import * as z from 'zod/mini';
import { businessDateSchema, instantSchema, taxCodeSchema } from '#schemas/ids.ts';
import { staffCodeSchema, staffReasonSchema } from '#schemas/staff-code.ts';

/** Who closed a series, when, why and at which number. */
const seriesClosingSchema = z.strictObject({
  at: instantSchema,
  by: staffCodeSchema,
  why: staffReasonSchema,
  /** Absent when no number of the series was used. */
  lastNumber: z.optional(z.int().check(z.minimum(1))),
});

/**
 * A numbered series of receipts of one collecting organisation. Numbers are 1..n without gap or repeat and their
 * dates never decrease (TT 303/2016, carried into TT 91/2026), so this row is the only source of numbers.
 */
export const seriesSchema = z.strictObject({
  taxCode: taxCodeSchema,
  template: z.string().check(z.minLength(1)),
  series: z.string().check(z.minLength(1)),
  /** Calendar year of the series; another year's receipt needs another series. */
  year: z.int().check(z.minimum(2020), z.maximum(2099)),
  nextNumber: z.int().check(z.minimum(1)),
  rangeEnd: z.int().check(z.minimum(1)),
  /** Date of the receipt numbered last; absent while none is. */
  lastDate: z.optional(businessDateSchema),
  status: z.enum(['open', 'closed']),
  /** Of a closed series: a merger or split of units closes the old ones for good (receipt spec §3 rule 9). */
  closing: z.optional(seriesClosingSchema),
  /** The tax office's answer to the registration of use; issue is refused until it is `accepted`. */
  registration: z.enum(['accepted', 'pending', 'refused']),
});
export type Series = z.infer<typeof seriesSchema>;
