import * as z from 'zod/mini';
import { balanceProofSchema, dayFiguresSchema } from './balance-proof.ts';
import { businessDateSchema, gatewayNameSchema, instantSchema, merchantNameSchema } from './ids.ts';
import { pageSchemaOf } from './page.ts';
import { fileDigestSchema } from './reconciliation.ts';
import { staffCodeSchema, staffReasonSchema } from './staff-code.ts';

/** A calendar month in Vietnam. */
export const monthSchema = z
  .string()
  .check(z.regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'must be a month like 2026-11'))
  .brand<'Month'>()
  .register(z.globalRegistry, { id: 'Month', title: 'Tháng', examples: ['2026-11'] });
export type Month = z.infer<typeof monthSchema>;

/** `proposed`: waits for a second person; `closed`: for good; `rejected`: open again, and may be proposed again. */
export const closeStateSchema = z.enum(['proposed', 'closed', 'rejected']);

/** `reconciled`: by the run that counts; `no-transactions`: the gateway has no statement, because nothing was paid. */
export const dayCloseKindSchema = z.enum(['reconciled', 'no-transactions']);
export type DayCloseKind = z.infer<typeof dayCloseKindSchema>;

export const closeStepSchema = z.strictObject({
  at: instantSchema,
  did: z.enum(['proposed', 'approved', 'rejected']),
  by: staffCodeSchema,
  number: z.int().check(z.minimum(1)),
  note: z.optional(z.string().check(z.maxLength(500))),
});

const proposalNumber = z.int().check(z.minimum(1), z.describe('`number` of the proposal as it was read'));
const approvalShape = { number: proposalNumber, note: z.optional(staffReasonSchema) };
const rejectionShape = { number: proposalNumber, note: staffReasonSchema };
const noteShape = { note: z.optional(staffReasonSchema) };
const dayProposalShape = { kind: z._default(dayCloseKindSchema, 'reconciled'), ...noteShape };
const decisions = [
  z.strictObject({ act: z.literal('approve'), ...approvalShape }),
  z.strictObject({ act: z.literal('reject'), ...rejectionShape }),
  z
    .strictObject({ act: z.literal('reopen'), ...noteShape })
    .check(z.describe('Exists to be asked for and refused: what is closed stays closed')),
] as const;

/** What somebody does about the close of an account's day. */
export const dayCloseCommandSchema = z
  .discriminatedUnion('act', [z.strictObject({ act: z.literal('propose'), ...dayProposalShape }), ...decisions])
  .register(z.globalRegistry, { id: 'DayCloseCommand', title: 'Lệnh khóa sổ ngày' });
export type DayCloseCommand = z.infer<typeof dayCloseCommandSchema>;

/** What somebody does about the close of a month, of all accounts together. */
export const monthCloseCommandSchema = z
  .discriminatedUnion('act', [z.strictObject({ act: z.literal('propose'), ...noteShape }), ...decisions])
  .register(z.globalRegistry, { id: 'MonthCloseCommand', title: 'Lệnh khóa sổ tháng' });
export type MonthCloseCommand = z.infer<typeof monthCloseCommandSchema>;

/** The acts as bodies over HTTP: each stands at an address of its own, since a role is allowed or denied one. */
export const dayCloseProposalSchema = z
  .strictObject(dayProposalShape)
  .register(z.globalRegistry, { id: 'DayCloseProposal', title: 'Đề nghị khóa sổ ngày' });
export const closeNoteSchema = z
  .strictObject(noteShape)
  .register(z.globalRegistry, { id: 'CloseNote', title: 'Ghi chú khi khóa sổ' });
export const closeApprovalSchema = z
  .strictObject(approvalShape)
  .register(z.globalRegistry, { id: 'CloseApproval', title: 'Duyệt khóa sổ' });
export const closeRejectionSchema = z
  .strictObject(rejectionShape)
  .register(z.globalRegistry, { id: 'CloseRejection', title: 'Từ chối khóa sổ' });

const closeShape = {
  state: closeStateSchema,
  number: z.int().check(z.minimum(1)),
  maker: staffCodeSchema,
  proposedAt: instantSchema,
  checker: z.optional(staffCodeSchema),
  decidedAt: z.optional(instantSchema),
  digest: fileDigestSchema.check(z.describe('SHA-256 of what is closed')),
  trail: z.array(closeStepSchema),
};

/** The close of an account's day, with the proof that was closed. */
export const dayCloseViewSchema = z
  .strictObject({
    ...closeShape,
    kind: dayCloseKindSchema,
    run: z.optional(z.int()),
    statement: z.optional(fileDigestSchema),
    isOutdated: z.boolean().check(z.describe('The books have moved since it was proposed: propose it anew')),
    proof: balanceProofSchema,
    openExceptions: z.optional(z.int()).check(z.describe('What waited for a person when the day was closed')),
    page: z
      .optional(z.strictObject({ sha256: fileDigestSchema, signedAt: instantSchema }))
      .check(z.describe('The page as the unit signed and archived it; absent until then')),
  })
  .register(z.globalRegistry, { id: 'DayClose', title: 'Khóa sổ ngày' });
export type DayCloseView = z.infer<typeof dayCloseViewSchema>;

/**
 * - `awaited`: no file yet; `refused`: a file came and was refused; `taken`: a file that no run has compared yet;
 * - `running`: a run is at work; `reconciled`: compared; `proposed`, `closed`: on the way to its close, and closed.
 */
export const dayStateSchema = z.enum(['awaited', 'refused', 'taken', 'running', 'reconciled', 'proposed', 'closed']);
export type DayState = z.infer<typeof dayStateSchema>;

const fileViewSchema = z.strictObject({
  digest: fileDigestSchema,
  revision: z.int().check(z.minimum(1)),
  name: z.string(),
  takenAt: instantSchema,
  rows: z.int(),
  successCount: z.int(),
  successSumVnd: z.int(),
});

/** An account's day, as lists show it. */
export const dayLineSchema = z
  .strictObject({
    gateway: gatewayNameSchema,
    merchant: merchantNameSchema,
    day: businessDateSchema,
    state: dayStateSchema,
    file: z.optional(fileViewSchema),
    runningSince: z.optional(instantSchema),
    run: z.optional(z.int()),
    exceptions: z.optional(z.int()).check(z.describe('What the run that counts has found')),
    openExceptions: z.int().check(z.minimum(0), z.describe('What still waits for a person')),
    fileDueAt: instantSchema.check(z.describe('When somebody is reminded of the file')),
    closeDueAt: instantSchema,
    isLate: z.boolean().check(z.describe('The file, or the close, is overdue')),
  })
  .register(z.globalRegistry, { id: 'DayLine', title: 'Ngày đối soát trong danh sách' });
export type DayLine = z.infer<typeof dayLineSchema>;

export const dayPageSchema = pageSchemaOf(dayLineSchema).register(z.globalRegistry, { id: 'DayPage' });

/** What of bank and gateway files a run followed the day's money on with. */
export const bankInputsSchema = z.strictObject({
  files: z
    .array(z.strictObject({ account: merchantNameSchema, day: businessDateSchema, digest: fileDigestSchema }))
    .check(z.describe('Statements of the collecting accounts, by account and day of booking')),
  statements: z
    .array(z.strictObject({ day: businessDateSchema, digest: fileDigestSchema }))
    .check(z.describe('Of the gateway, for earlier days that the bank books together with this one')),
});

const runViewSchema = z.strictObject({
  number: z.int().check(z.minimum(1)),
  inputs: z.strictObject({
    statement: fileDigestSchema,
    before: z.optional(fileDigestSchema),
    after: z.optional(fileDigestSchema),
    ledger: fileDigestSchema,
    bank: z.optional(bankInputsSchema),
  }),
  figures: dayFiguresSchema,
  exceptions: z.int(),
  isAfterClose: z.boolean(),
  recordedAt: instantSchema,
});

const refusedFileViewSchema = z.strictObject({
  digest: fileDigestSchema,
  name: z.string(),
  refusedAt: instantSchema,
  faultCount: z.int(),
  faults: z.array(
    z.strictObject({ line: z.int(), column: z.optional(z.string()), code: z.string(), says: z.string() }),
  ),
});

/** An account's day with its files, runs, proof and close. */
export const dayViewSchema = z
  .extend(dayLineSchema, {
    replacedFiles: z.array(fileViewSchema),
    refusedFiles: z.array(refusedFileViewSchema),
    runs: z.array(runViewSchema),
    proof: z.optional(balanceProofSchema).check(z.describe('Of the run that counts, as the books are now')),
    hindrances: z
      .array(z.strictObject({ code: z.string(), explanation: z.string() }))
      .check(z.describe('What keeps the day from being proposed for its close')),
    close: z.optional(dayCloseViewSchema),
  })
  .register(z.globalRegistry, { id: 'Day', title: 'Ngày đối soát' });
export type DayView = z.infer<typeof dayViewSchema>;

/** A month, and what of it is not closed yet. */
export const monthViewSchema = z
  .strictObject({
    month: monthSchema,
    accounts: z.array(z.string()).check(z.describe('`<gateway>/<merchant>`')),
    days: z.int().check(z.describe('Days of accounts that must be closed')),
    closedDays: z.int(),
    openDays: z
      .array(z.strictObject({ gateway: gatewayNameSchema, merchant: merchantNameSchema, day: businessDateSchema }))
      .check(z.describe('The first hundred of them')),
    close: z.optional(z.strictObject(closeShape)),
  })
  .register(z.globalRegistry, { id: 'MonthClose', title: 'Khóa sổ tháng' });
export type MonthView = z.infer<typeof monthViewSchema>;
