import * as z from 'zod/mini';
import { businessDateSchema, gatewayNameSchema, instantSchema, merchantNameSchema, paymentIdSchema } from './ids.ts';
import { amountVndSchema } from './money.ts';
import { pageSchemaOf } from './page.ts';
import { staffCodeSchema, staffReasonSchema } from './staff-code.ts';

/** Why real money settles nothing: the first four lie beside their payment, the others in suspense. */
export const openMoneyClassSchema = z.enum([
  'wrong-amount',
  'surplus',
  'after-cancel',
  'claim-held-elsewhere',
  'unknown-order',
  'foreign-account',
  'unreadable',
]);

/** Names one payment of money: an account at a gateway, and what the gateway knows the money by. */
export const moneyAddressSchema = z.strictObject({
  gateway: gatewayNameSchema,
  merchant: merchantNameSchema,
  identity: z.string().check(z.minLength(1), z.maxLength(200)),
});

/** Counts the proposals that were ever made for one suspense item, so that a checker decides the one that was read. */
export const proposalNumberSchema = z.int().check(z.minimum(1), z.maximum(99));

/** Real money that settles nothing and waits for a person. */
export const openMoneyViewSchema = z
  .strictObject({
    ...moneyAddressSchema.shape,
    transactionId: z.nullable(z.string()),
    gatewayRef: z.nullable(z.string()),
    moneyClass: openMoneyClassSchema,
    state: z.enum(['open', 'proposed', 'refunding']),
    owner: z.string(),
    amountVnd: z.nullable(amountVndSchema).check(z.describe('`null` when the message left it unreadable')),
    refundedVnd: z.int(),
    resultCode: z.string(),
    businessDate: businessDateSchema,
    keptAt: instantSchema,
    ageDays: z.int().check(z.describe('Calendar days in Vietnam since it is kept')),
    paymentId: z
      .optional(paymentIdSchema)
      .check(z.describe('The payment that it lies beside, or that it is proposed for')),
    proposal: z.optional(z.strictObject({ number: proposalNumberSchema, maker: z.string(), reason: z.string() })),
  })
  .register(z.globalRegistry, { id: 'OpenMoney', title: 'Khoản tiền chờ xử lý' });
export type OpenMoneyView = z.infer<typeof openMoneyViewSchema>;

export const openMoneyPageSchema = pageSchemaOf(openMoneyViewSchema).register(z.globalRegistry, {
  id: 'OpenMoneyPage',
});

/** What a maker asks for: money in suspense belongs to a payment. Asking for the same again changes nothing. */
export const assignmentRequestSchema = z
  .strictObject({ money: moneyAddressSchema, paymentId: paymentIdSchema, reason: staffReasonSchema })
  .register(z.globalRegistry, { id: 'AssignmentRequest', title: 'Đề nghị gán khoản tiền treo' });

/** What a checker approves: the proposal that was read, and no later one. */
export const assignmentApprovalSchema = z
  .strictObject({ money: moneyAddressSchema, number: proposalNumberSchema, reason: z.optional(staffReasonSchema) })
  .register(z.globalRegistry, { id: 'AssignmentApproval', title: 'Duyệt đề nghị gán' });

export const assignmentRejectionSchema = z
  .strictObject({ money: moneyAddressSchema, number: proposalNumberSchema, reason: staffReasonSchema })
  .register(z.globalRegistry, { id: 'AssignmentRejection', title: 'Từ chối đề nghị gán' });

/** What the money is at its payment, or would be if the proposal were approved now. */
const becameSchema = z.enum(['settlement', 'wrong-amount', 'surplus', 'after-cancel', 'claim-held-elsewhere']);

/** Where a proposal to assign money stands. */
export const assignmentViewSchema = z
  .strictObject({
    state: z.enum(['proposed', 'assigned', 'rejected']),
    number: proposalNumberSchema,
    paymentId: paymentIdSchema,
    by: staffCodeSchema.check(z.describe('Who took this step')),
    at: instantSchema,
    becomes: z.optional(becameSchema).check(z.describe('Absent when it was rejected')),
  })
  .register(z.globalRegistry, { id: 'Assignment', title: 'Gán khoản tiền treo' });
export type AssignmentView = z.infer<typeof assignmentViewSchema>;
