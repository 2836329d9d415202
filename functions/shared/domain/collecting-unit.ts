import * as z from 'zod/mini';
import { type BusinessDate, businessDateSchema, type UnitCode, unitCodeSchema } from '#schemas/ids.ts';
import { type Collector, collectorSchema } from '#schemas/receipt.ts';

/**
 * A collecting organisation as it is on the days from `validFrom` to `validTo`. A renamed or moved unit gets a second
 * row, so that a receipt keeps the name of its date; a merged one ends and names its successor.
 */
export const collectingUnitSchema = z.extend(collectorSchema, {
  validFrom: businessDateSchema,
  /** Last day; absent while the unit exists. */
  validTo: z.optional(businessDateSchema),
  successor: z.optional(unitCodeSchema),
  /** Whom the unit tells of wrong receipts, and where it does so (04/SS-CTĐT); without it no notice can be made. */
  taxOffice: z.optional(
    z.strictObject({
      code: z.string().check(z.regex(/^\d{3,5}$/, 'must be the 3 to 5 digits of a tax office')),
      name: z.string().check(z.minLength(1), z.maxLength(100)),
      place: z.string().check(z.minLength(1), z.maxLength(50)),
    }),
  ),
});
export type CollectingUnit = z.infer<typeof collectingUnitSchema>;

export type UnitFinding =
  | { readonly kind: 'found'; readonly unit: CollectingUnit }
  /** The unit existed, or will, but not on that day. */
  | { readonly kind: 'not-valid'; readonly successor?: UnitCode }
  | { readonly kind: 'unknown' };

/** The unit as it is on a day. Units are found by their code, never by a name in free text. */
export function findUnit(units: readonly CollectingUnit[], unitCode: UnitCode, date: BusinessDate): UnitFinding {
  const ofCode = units.filter((unit) => unit.unitCode === unitCode);
  const unit = ofCode.find(({ validFrom, validTo }) => date >= validFrom && (validTo === undefined || date <= validTo));
  if (unit !== undefined) return { kind: 'found', unit };
  if (ofCode.length === 0) return { kind: 'unknown' };
  const successor = ofCode.findLast((old) => old.successor !== undefined)?.successor;
  return successor === undefined ? { kind: 'not-valid' } : { kind: 'not-valid', successor };
}

/** What a receipt prints of a unit. */
export function collectorOf(unit: CollectingUnit): Collector {
  const { validFrom: _from, validTo: _to, successor: _successor, taxOffice: _taxOffice, ...collector } = unit;
  return collector;
}
