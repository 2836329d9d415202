import * as z from 'zod';
import type { AssignmentDecision } from '#functions/finance-desk/decide-assignment.ts';
import type { OpenMoneyFilter } from '#functions/finance-desk/list-open-money.ts';
import type { AssignmentDraft } from '#functions/finance-desk/propose-assignment.ts';
import { gatewayNameSchema, merchantNameSchema, paymentIdSchema } from '#schemas/ids.ts';
import { openMoneyClassSchema, proposalNumberSchema } from '#schemas/open-money.ts';
import { staffCodeSchema, staffReasonSchema } from '#schemas/staff-code.ts';

/** Options of `npm run money`, in the form of node:util. */
export const moneyOptions = {
  help: { type: 'boolean', default: false },
  gateway: { type: 'string' },
  merchant: { type: 'string' },
  class: { type: 'string' },
  'from-age': { type: 'string' },
  csv: { type: 'string' },
  money: { type: 'string' },
  payment: { type: 'string' },
  proposal: { type: 'string' },
  by: { type: 'string' },
  reason: { type: 'string' },
} as const;

export type MoneyOptions = { readonly [Name in Exclude<keyof typeof moneyOptions, 'help'>]?: string | undefined };

/** `gateway/merchant/identity`; only the last part may hold slashes of its own. */
const moneySchema = z
  .string()
  .regex(/^[^/]+\/[^/]+\/.+$/, 'phải là cổng/tài khoản/mã như trong danh sách (gateway/merchant/identity)')
  .transform((text) => {
    const [gateway, merchant, ...identity] = text.split('/');
    return { gateway, merchant, identity: identity.join('/') };
  })
  .pipe(z.strictObject({ gateway: gatewayNameSchema, merchant: merchantNameSchema, identity: z.string().min(1) }));

const proposalOption = z.string().regex(/^\d+$/, 'phải là số của đề nghị (a number)').transform(Number);

const decisionSchema = z.object({
  money: moneySchema,
  proposal: proposalOption.pipe(proposalNumberSchema),
  by: staffCodeSchema,
  reason: z.optional(staffReasonSchema),
});

/** @throws Error naming every option that is missing or wrong; so do the others */
export function readDraft(options: MoneyOptions): AssignmentDraft {
  const {
    payment: paymentId,
    by: maker,
    ...draft
  } = read(
    z.object({ money: moneySchema, payment: paymentIdSchema, by: staffCodeSchema, reason: staffReasonSchema }),
    options,
  );
  return { ...draft, paymentId, maker };
}

export function readDecision(options: MoneyOptions): AssignmentDecision {
  const { proposal: number, ...decision } = read(decisionSchema, options);
  return { ...decision, number };
}

export function readRejection(options: MoneyOptions): AssignmentDecision & { readonly reason: string } {
  const { proposal: number, ...rejection } = read(decisionSchema.extend({ reason: staffReasonSchema }), options);
  return { ...rejection, number };
}

export function readFilter(options: MoneyOptions): OpenMoneyFilter {
  const days = z
    .string()
    .regex(/^\d{1,5}$/, 'phải là số ngày (days)')
    .transform(Number)
    .optional();
  const {
    class: moneyClass,
    'from-age': fromAgeDays,
    gateway,
    merchant,
  } = read(
    z.object({
      gateway: z.optional(gatewayNameSchema),
      merchant: z.optional(merchantNameSchema),
      class: z.optional(openMoneyClassSchema),
      'from-age': days,
    }),
    options,
  );
  return { gateway, merchant, moneyClass, fromAgeDays };
}

function read<Schema extends z.ZodType>(schema: Schema, options: MoneyOptions): z.infer<Schema> {
  const result = schema.safeParse(options);
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path: [name], message }) => {
    const option = String(name);
    return Object.entries(options).some(([given]) => given === option) ? `--${option} ${message}` : `thiếu --${option}`;
  });
  throw new Error(`${faults.join('; ')}. Xem \`npm run money -- --help\` (see --help).`);
}
