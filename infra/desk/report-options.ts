import { extname } from 'node:path';
import * as z from 'zod';
import { businessDateSchema, gatewayNameSchema, merchantNameSchema, taxCodeSchema } from '#schemas/ids.ts';
import { staffCodeSchema } from '#schemas/staff-code.ts';
import { issuedTemplate } from '#shared/domain/numbering.ts';
import { quarterSchema } from '#shared/domain/receipt-usage.ts';

/** Options of `npm run reports`, in the form of node:util. */
export const reportOptions = {
  help: { type: 'boolean', default: false },
  mst: { type: 'string' },
  series: { type: 'string', multiple: true },
  template: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  date: { type: 'string' },
  quarter: { type: 'string' },
  number: { type: 'string' },
  amendment: { type: 'string' },
  by: { type: 'string' },
  format: { type: 'string' },
  separator: { type: 'string' },
  out: { type: 'string' },
  gateway: { type: 'string' },
  merchant: { type: 'string' },
} as const;

export type ReportOptions = {
  readonly [Name in Exclude<keyof typeof reportOptions, 'help'>]?: string | string[] | undefined;
};

const ordinalSchema = z
  .string()
  .regex(/^[1-9]\d{0,8}$/, 'phải là số từ 1 (a number from 1)')
  .transform(Number);

const organisation = {
  mst: z.optional(taxCodeSchema),
  series: z.array(z.string().min(3).max(8)).optional(),
  template: z.string().default(issuedTemplate),
  separator: z.enum([',', ';']).default(','),
  out: z.string().min(1),
};

const tables = z.enum(['xlsx', 'csv']);

export const registerOptionsSchema = z
  .strictObject({
    ...organisation,
    from: z.optional(businessDateSchema),
    to: z.optional(businessDateSchema),
    by: staffCodeSchema,
    format: tables,
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    path: ['to'],
    error: 'phải không trước --from (must not be before --from)',
  });

export const dayOptionsSchema = z.strictObject({
  ...organisation,
  date: businessDateSchema,
  number: ordinalSchema.default(1),
  amendment: ordinalSchema.optional(),
  format: tables,
});

export const usageOptionsSchema = z.strictObject({
  ...organisation,
  quarter: quarterSchema,
  format: z.enum(['xlsx', 'csv', 'xml']),
});

export const proofOptionsSchema = z.strictObject({
  gateway: gatewayNameSchema,
  merchant: merchantNameSchema,
  date: businessDateSchema,
  by: staffCodeSchema,
  format: z.literal('pdf'),
  out: z.string().min(1),
});

export type OrganisationOptions = z.infer<z.ZodObject<typeof organisation>>;

/**
 * The options of one command; the format is that of the file's name unless it is said.
 * @throws Error naming every option that is missing, wrong or of another command
 */
export function readOptions<Options>(schema: z.ZodType<Options>, options: ReportOptions): Options {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const { out } = options;
  const format = typeof out === 'string' ? extname(out).slice(1) : '';
  const result = schema.safeParse(format === '' ? given : { format, ...given });
  if (result.success) return result.data;
  const faults = result.error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => `--${key} không thuộc lệnh này`);
    const option = String(issue.path[0]);
    return [option in given || option === 'format' ? `--${option} ${issue.message}` : `thiếu --${option}`];
  });
  throw new Error(`${faults.join('; ')}. Xem \`npm run reports -- --help\` (see --help).`);
}
