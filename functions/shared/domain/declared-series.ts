import * as z from 'zod/mini';
import { businessDateSchema, taxCodeSchema, unitCodeSchema } from '#schemas/ids.ts';
import { type Merchant, merchantFor } from './merchant.ts';
import { faultOfSymbols, receiptRulesOn } from './rule-profile.ts';
import { type Series, seriesSchema } from './series.ts';
import type { MerchantAccountName } from './statement.ts';

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

/**
 * The series from which an account's payments get their receipts: those of the units whose payments it takes. A basket of
 * units with accounts of their own, which the gateway's default account takes as a whole, is not among them.
 */
export function seriesServedBy(
  { gateway, merchant }: MerchantAccountName,
  declared: readonly DeclaredSeries[],
  merchants: readonly Merchant[],
): readonly DeclaredSeries[] {
  return declared.filter(({ unitCode }) => merchantFor(merchants, gateway, [unitCode])?.merchant === merchant);
}
