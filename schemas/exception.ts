import * as z from 'zod/mini';
import { businessDateSchema, gatewayNameSchema, instantSchema, merchantNameSchema, paymentIdSchema } from './ids.ts';
import { amountVndSchema } from './money.ts';
import { pageSchemaOf } from './page.ts';
import { fileDigestSchema, type ReconciliationClass } from './reconciliation.ts';
import { staffCodeSchema, staffReasonSchema } from './staff-code.ts';
import { lineOfText } from './text.ts';

/**
 * `<gateway>.<merchant>.<day>.<16 hexadecimal digits>`: where the exception lies, and what was found there. The same
 * finding has the same id in every run.
 */
export const exceptionIdSchema = z
  .string()
  .check(
    z.regex(
      /^[a-z][a-z0-9-]{1,19}\.[a-z0-9][a-z0-9-]{0,39}\.\d{4}-\d\d-\d\d\.[0-9a-f]{16}$/,
      'must be the id of an exception, as the list shows it',
    ),
  )
  .brand<'ExceptionId'>()
  .register(z.globalRegistry, {
    id: 'ExceptionId',
    title: 'Mã ngoại lệ',
    examples: ['vnpay.ttpvhcc.2026-11-22.5f0c1d7a9b3e2468'],
  });
export type ExceptionId = z.infer<typeof exceptionIdSchema>;

/**
 * Sums of a day that did not go on as they should: the bank credited other than expected, or other than expected was paid
 * in to the treasury. No row has such a class, since no row of a bank's statement is one payment.
 */
const onwardClasses = ['LECH_NGAN_HANG', 'LECH_KHO_BAC'] as const;

/** The classes that a person must end; matched rows and neighbouring days (KHOP, LECH_NGAY) explain themselves. */
const exceptionClasses = [
  'THIEU_NOI_BO',
  'THIEU_DOI_TAC',
  'LECH_TIEN',
  'LECH_TRANG_THAI',
  'TRUNG',
  'THIEU_BIEN_LAI',
  'BIEN_LAI_THUA',
  'HOAN',
  'SAI_TAI_KHOAN',
  ...onwardClasses,
] as const satisfies readonly (ReconciliationClass | (typeof onwardClasses)[number])[];
export const exceptionClassSchema = z.enum(exceptionClasses);
export type ExceptionClass = z.infer<typeof exceptionClassSchema>;

/** `open`: waits for its owner; `proposed`: waits for a second person; `closed`: at an end. */
export const exceptionStateSchema = z.enum(['open', 'proposed', 'closed']);
export type ExceptionState = z.infer<typeof exceptionStateSchema>;

/** `explained`: a later file or a later look into the ledger no longer shows it; the others are people's words. */
export const exceptionOutcomeSchema = z.enum(['resolved', 'written-off', 'explained']);

/** How a maker proposes to end it: the difference is gone by what was done, or it is given up. */
export const exceptionEndSchema = z.enum(['resolve', 'write-off']);
export type ExceptionEnd = z.infer<typeof exceptionEndSchema>;

/** A document, ticket or file that shows it; no names or accounts of payers. */
const evidenceSchema = lineOfText(200);

/** What the maker's half may do. */
const workActs = [
  z.strictObject({ act: z.literal('assign'), to: staffCodeSchema, note: z.optional(staffReasonSchema) }),
  z.strictObject({ act: z.literal('note'), note: staffReasonSchema, evidence: z.optional(evidenceSchema) }),
  z.strictObject({
    act: z.literal('propose'),
    end: exceptionEndSchema,
    note: staffReasonSchema,
    evidence: z.optional(evidenceSchema),
  }),
  z.strictObject({ act: z.literal('escalate'), note: staffReasonSchema }),
] as const;

/** What somebody does about an exception, on what they have read of it. */
export const exceptionActSchema = z
  .discriminatedUnion('act', [
    ...workActs,
    z.strictObject({ act: z.literal('approve'), note: z.optional(staffReasonSchema) }),
    z.strictObject({ act: z.literal('reject'), note: staffReasonSchema }),
  ])
  .register(z.globalRegistry, { id: 'ExceptionAct', title: 'Việc làm với ngoại lệ' });
export type ExceptionAct = z.infer<typeof exceptionActSchema>;

const revisionRead = z.int().check(z.minimum(1), z.describe('`revision` of the exception as it was read'));

/** An act with the revision that its author had read: what somebody else did meanwhile is read first. */
export const exceptionCommandSchema = z
  .strictObject({
    revision: revisionRead,
    do: exceptionActSchema,
  })
  .register(z.globalRegistry, { id: 'ExceptionCommand', title: 'Lệnh về ngoại lệ' });
export type ExceptionCommand = z.infer<typeof exceptionCommandSchema>;

/** The maker's half over HTTP; the checker's stands at addresses of its own, since a role is allowed or denied one. */
export const exceptionWorkSchema = z
  .strictObject({ revision: revisionRead, do: z.discriminatedUnion('act', [...workActs]) })
  .register(z.globalRegistry, { id: 'ExceptionWork', title: 'Việc làm với ngoại lệ của người lập' });

export const exceptionApprovalSchema = z
  .strictObject({ revision: revisionRead, note: z.optional(staffReasonSchema) })
  .register(z.globalRegistry, { id: 'ExceptionApproval', title: 'Duyệt cách xử lý ngoại lệ' });

export const exceptionRejectionSchema = z
  .strictObject({ revision: revisionRead, note: staffReasonSchema })
  .register(z.globalRegistry, { id: 'ExceptionRejection', title: 'Từ chối cách xử lý ngoại lệ' });

/** One step in the life of an exception. Without `by` it was taken by the reconciliation, in run `run`. */
export const exceptionStepSchema = z.strictObject({
  at: instantSchema,
  did: z.enum([
    'found',
    'changed',
    'found-again',
    'explained',
    'assigned',
    'noted',
    'proposed',
    'approved',
    'rejected',
    'escalated',
  ]),
  by: z.optional(staffCodeSchema),
  run: z.optional(z.int().check(z.minimum(1))),
  to: z.optional(staffCodeSchema),
  end: z.optional(exceptionEndSchema),
  note: z.optional(z.string().check(z.maxLength(500))),
  evidence: z.optional(evidenceSchema),
});
export type ExceptionStep = z.infer<typeof exceptionStepSchema>;

/** What the two sides say, beside each other. */
export const findingSidesSchema = z.strictObject({
  statement: z.nullable(
    z.strictObject({
      amountVnd: amountVndSchema,
      status: z.string(),
      /** Of a row by which the gateway paid money back; a payment names none. */
      kind: z.optional(z.literal('refund')),
    }),
  ),
  ledger: z.nullable(z.strictObject({ amountVnd: amountVndSchema, state: z.string() })),
});

/** Where in which file the reconciliation saw it first. */
export const findingPlaceSchema = z.strictObject({
  file: fileDigestSchema,
  line: z.nullable(z.int().check(z.minimum(1))),
});

/** An exception without its trail, as lists show it. */
export const exceptionLineSchema = z
  .strictObject({
    exceptionId: exceptionIdSchema,
    gateway: gatewayNameSchema,
    merchant: merchantNameSchema,
    class: exceptionClassSchema,
    day: businessDateSchema.check(z.describe('The day whose books it concerns')),
    bookedOn: businessDateSchema.check(
      z.describe('The day in whose books it stands: later than `day` when that one was closed'),
    ),
    reference: z.nullable(z.string()),
    transactionId: z.nullable(z.string()),
    paymentId: z.optional(paymentIdSchema),
    suggestion: z.nullable(z.string()).check(z.describe('A reference of ours that it may belong to')),
    ...findingSidesSchema.shape,
    receipt: z.nullable(z.string()),
    differenceVnd: z.int().check(z.describe('What the gateway, the bank or the treasury has more than it should')),
    state: exceptionStateSchema,
    outcome: z.optional(exceptionOutcomeSchema),
    owner: staffCodeSchema.check(z.describe('Who must act: a person, else a desk')),
    isAssigned: z.boolean().check(z.describe('Whether a person has taken it on')),
    isEscalated: z.boolean(),
    foundAt: instantSchema,
    dueAt: instantSchema,
    isOverdue: z.boolean(),
    ageDays: z.int().check(z.minimum(0), z.describe('Calendar days in Vietnam since it was found')),
    proposal: z.optional(
      z.strictObject({ end: exceptionEndSchema, maker: staffCodeSchema, at: instantSchema, note: z.string() }),
    ),
    revision: z.int().check(z.minimum(1)),
  })
  .register(z.globalRegistry, { id: 'ExceptionLine', title: 'Ngoại lệ đối soát trong danh sách' });
export type ExceptionLine = z.infer<typeof exceptionLineSchema>;

/** An exception with everything that was ever done about it. */
export const exceptionViewSchema = z
  .extend(exceptionLineSchema, {
    place: findingPlaceSchema,
    closedAt: z.optional(instantSchema),
    trail: z.array(exceptionStepSchema),
  })
  .register(z.globalRegistry, { id: 'Exception', title: 'Ngoại lệ đối soát' });
export type ExceptionView = z.infer<typeof exceptionViewSchema>;

export const exceptionPageSchema = pageSchemaOf(exceptionLineSchema).register(z.globalRegistry, {
  id: 'ExceptionPage',
});
