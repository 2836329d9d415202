import * as z from 'zod/mini';
import { businessDateSchema, taxCodeSchema, unitCodeSchema } from '#schemas/ids.ts';
import { faultOfSymbols, receiptRulesOn } from './rule-profile.ts';
import { type Series, seriesSchema } from './series.ts';

/**
 * A series as an administrator declares it after the tax office accepted its registration (01/ĐKTĐ-CTĐT). The ledger
 * opens its own row from it once and counts on from there. One series belongs to one unit.
 */
export const declaredSeriesSchema = z.strictObject({
  unitCode: unitCodeSchema,
  taxCode: taxCodeSchema,
  /** `EBL01`, a receipt without face value: the only template that this system issues. */
  template: z.literal('EBL01'),
  series: seriesSchema.shape.series,
  year: seriesSchema.shape.year,
  firstNumber: z.int().check(z.minimum(1)),
  lastNumber: z.int().check(z.minimum(1)),
  registration: seriesSchema.shape.registration,
});
export type DeclaredSeries = z.infer<typeof declaredSeriesSchema>;

/** Why a declared series could never be issued from; nothing when it could. */
export function faultOfDeclaredSeries(declared: DeclaredSeries): string | undefined {
  const yearEnd = businessDateSchema.parse(`${declared.year}-12-31`);
  const { largestNumber } = receiptRulesOn(yearEnd);
  if (declared.firstNumber > declared.lastNumber) return 'firstNumber is larger than lastNumber';
  if (declared.lastNumber > largestNumber) return `lastNumber is larger than ${largestNumber}`;
  return faultOfSymbols(declared.template, declared.series, yearEnd);
}

/** The ledger's first row of a declared series. */
export function openingOf(declared: DeclaredSeries): Series {
  const { taxCode, template, series, year, firstNumber, lastNumber, registration } = declared;
  return {
    taxCode,
    template,
    series,
    year,
    nextNumber: firstNumber,
    rangeEnd: lastNumber,
    status: 'open',
    registration,
  };
}
