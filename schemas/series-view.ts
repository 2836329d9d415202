import * as z from 'zod/mini';
import { businessDateSchema, instantSchema, taxCodeSchema, unitCodeSchema } from './ids.ts';
import { staffCodeSchema } from './staff-code.ts';

/** Who closed a series, when, why and at which number; without a number nothing of it was used. */
const closingSchema = z.strictObject({
  at: instantSchema,
  by: staffCodeSchema,
  why: z.string(),
  lastNumber: z.optional(z.int()),
});

/** A series with how far it is used, and what an administrator must know of it. */
export const seriesViewSchema = z
  .strictObject({
    taxCode: taxCodeSchema,
    template: z.string(),
    series: z.string(),
    year: z.int(),
    firstNumber: z.int(),
    nextNumber: z.int(),
    rangeEnd: z.int(),
    lastDate: z.optional(businessDateSchema).check(z.describe('Date of the receipt numbered last')),
    status: z.enum(['open', 'closed']),
    closing: z.optional(closingSchema),
    registration: z.enum(['accepted', 'pending', 'refused']),
    isOpened: z.boolean().check(z.describe('Whether a number was taken from it')),
    isOfThisYear: z.boolean(),
    isNearlyUsed: z.boolean(),
    refusal: z.optional(z.string()).check(z.describe('Why nothing is issued from it today')),
  })
  .register(z.globalRegistry, { id: 'Series', title: 'Ký hiệu biên lai' });
export type SeriesView = z.infer<typeof seriesViewSchema>;

/** The series of one collecting organisation. */
export const organisationSeriesViewSchema = z.strictObject({
  taxCode: taxCodeSchema,
  unitCodes: z.array(unitCodeSchema),
  series: z.array(seriesViewSchema),
  standstill: z
    .optional(z.string())
    .check(z.describe('Why no receipt of this organisation can be numbered today; its paid payments wait')),
  lacksNextYear: z.boolean(),
});

export const seriesListSchema = z
  .strictObject({ items: z.array(organisationSeriesViewSchema) })
  .register(z.globalRegistry, { id: 'SeriesList', title: 'Ký hiệu biên lai theo tổ chức thu' });
export type SeriesList = z.infer<typeof seriesListSchema>;

/** The end of a series; `wasClosed`: by somebody before, and it stays as it was closed then. */
export const seriesClosingViewSchema = z
  .strictObject({
    taxCode: taxCodeSchema,
    template: z.string(),
    series: z.string(),
    closing: z.optional(closingSchema),
    wasClosed: z.boolean(),
  })
  .register(z.globalRegistry, { id: 'SeriesClosing', title: 'Đóng ký hiệu biên lai' });
export type SeriesClosingView = z.infer<typeof seriesClosingViewSchema>;
