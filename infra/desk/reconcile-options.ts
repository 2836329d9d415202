import * as z from 'zod';
import { stageSchema } from '#config/stage.ts';
import { businessDateSchema, gatewayNameSchema, merchantNameSchema } from '#schemas/ids.ts';

/** Options of `npm run reconcile`, in the form of node:util. */
export const reconcileOptions = {
  help: { type: 'boolean', default: false },
  demo: { type: 'boolean', default: false },
  check: { type: 'boolean', default: false },
  gateway: { type: 'string' },
  merchant: { type: 'string' },
  day: { type: 'string' },
  ledger: { type: 'string' },
  statement: { type: 'string', multiple: true },
  layout: { type: 'string' },
  account: { type: 'string', multiple: true },
  bank: { type: 'string' },
  'bank-day': { type: 'string' },
  'bank-layout': { type: 'string' },
  'bank-content': { type: 'string' },
  'fee-each': { type: 'string' },
  'fee-percent': { type: 'string' },
  'pay-in': { type: 'string' },
  'pay-in-day': { type: 'string' },
  kept: { type: 'string' },
  separator: { type: 'string' },
  matched: { type: 'boolean' },
  stage: { type: 'string' },
  seed: { type: 'string' },
  out: { type: 'string' },
} as const;

export type ReconcileOptions = {
  readonly [Name in keyof typeof reconcileOptions]?: string | string[] | boolean | undefined;
};

const path = z.string().min(1);
const vndSchema = z
  .string()
  .regex(/^\d{1,12}$/, 'phải là số nguyên đồng (must be whole đồng)')
  .transform(Number);
/** `0.825` percent, as contracts state fees, becomes 8 250 millionths: money is never multiplied by a fraction. */
const percentSchema = z
  .string()
  .regex(/^\d{1,2}(\.\d{1,4})?$/, 'phải là số phần trăm như 0.825 (must be a percentage like 0.825)')
  .transform((text) => {
    const [whole = '', decimals = ''] = text.split('.');
    return Number(whole + decimals.padEnd(4, '0'));
  });

/** A day that is to be reconciled, with all its files. */
const dayOptionsSchema = z
  .strictObject({
    gateway: gatewayNameSchema,
    merchant: z.optional(merchantNameSchema),
    day: businessDateSchema,
    ledger: path,
    statement: z.array(path).min(1).max(3),
    layout: z.optional(path),
    account: z.array(path).default([]),
    bank: z.optional(path),
    'bank-day': z.optional(businessDateSchema),
    'bank-layout': z.optional(path),
    'bank-content': z.optional(path),
    'fee-each': vndSchema.default(0),
    'fee-percent': percentSchema.default(0),
    'pay-in': z.optional(path),
    'pay-in-day': z.optional(businessDateSchema),
    kept: vndSchema.default(0),
    separator: z.enum([',', ';']).default(','),
    matched: z.boolean().default(false),
    stage: z.enum(stageSchema.options).default('dev'),
    out: path,
  })
  .refine((options) => options['pay-in'] === undefined || options.bank !== undefined, {
    path: ['pay-in'],
    error: 'cần có --bank (needs --bank)',
  });
export type DayOptions = z.infer<typeof dayOptionsSchema>;

/** A statement that is only to be looked at: nothing is compared and nothing written. */
const checkOptionsSchema = z.strictObject({
  gateway: gatewayNameSchema,
  merchant: z.optional(merchantNameSchema),
  day: businessDateSchema,
  statement: z.tuple([path]),
  layout: z.optional(path),
  stage: z.enum(stageSchema.options).default('dev'),
});
export type CheckOptions = z.infer<typeof checkOptionsSchema>;

const demoOptionsSchema = z.strictObject({
  seed: z
    .string()
    .regex(/^\d{1,9}$/, 'phải là số (must be a number)')
    .transform(Number)
    .default(1),
  out: z.optional(path),
});
export type DemoOptions = z.infer<typeof demoOptionsSchema>;

/** What `npm run reconcile` is asked to do. */
export type ReconcileTask =
  | { readonly kind: 'help' }
  | { readonly kind: 'day'; readonly options: DayOptions }
  | { readonly kind: 'check'; readonly options: CheckOptions }
  | { readonly kind: 'demo'; readonly options: DemoOptions };

/** @throws Error naming every option that is missing, wrong or of another task */
export function readTask({ help, demo, check, ...options }: ReconcileOptions): ReconcileTask {
  if (help === true) return { kind: 'help' };
  if (demo === true) return { kind: 'demo', options: readOptions(demoOptionsSchema, options) };
  if (check === true) return { kind: 'check', options: readOptions(checkOptionsSchema, options) };
  return { kind: 'day', options: readOptions(dayOptionsSchema, options) };
}

function readOptions<Options>(schema: z.ZodType<Options>, options: object): Options {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const faults = result.error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => `--${key} không dùng ở đây (not used here)`);
    const option = String(issue.path[0]);
    return [option in given ? `--${option}: ${issue.message}` : `thiếu (missing) --${option}`];
  });
  throw new Error(`${faults.join('; ')}. Xem (see): npm run reconcile -- --help`);
}
