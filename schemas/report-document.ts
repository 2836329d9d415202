import * as z from 'zod/mini';

const cellSchema = z.nullable(z.union([z.string(), z.number()]));

/** A report as data: the same tables, columns and cells that its spreadsheet has. */
export const reportDocumentSchema = z
  .strictObject({
    tables: z.array(
      z.strictObject({
        name: z.string(),
        heading: z.array(z.string()),
        columns: z.array(z.strictObject({ title: z.string(), kind: z.enum(['text', 'number']) })),
        rows: z.array(z.array(cellSchema)),
      }),
    ),
    series: z
      .array(
        z.strictObject({
          taxCode: z.string(),
          template: z.string(),
          series: z.string(),
          isWhole: z.boolean(),
          statement: z.string(),
        }),
      )
      .check(z.describe('Of each series that the report is made of: whether its numbers are without gap or repeat')),
  })
  .register(z.globalRegistry, { id: 'ReportDocument', title: 'Báo cáo' });
export type ReportDocument = z.infer<typeof reportDocumentSchema>;
