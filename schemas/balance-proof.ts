import * as z from 'zod/mini';
import { exceptionClassSchema, exceptionIdSchema } from './exception.ts';
import { businessDateSchema } from './ids.ts';
import { type ReconciliationClass, reconciliationClassSchema } from './reconciliation.ts';

/** Đồng that may be below 0: a sum with refunds in it, or a difference. */
export const signedVndSchema = z.int();

/** How many, and how much. */
export const tallySchema = z.strictObject({ count: z.int().check(z.minimum(0)), sum: signedVndSchema });
export type Tally = z.infer<typeof tallySchema>;

/**
 * What one class of the reconciliation holds, and what it means for each side of the books. Refunds count below 0. Only
 * money of this very day counts: a statement's row by the day of the file, a ledger's row by its own business day.
 */
export const classFiguresSchema = z.strictObject({
  /** As `ClassTally`: rows, and their money by the statement where it has them, else by the ledger. */
  count: z.int().check(z.minimum(0)),
  sum: signedVndSchema,
  /** Successful money of its rows in this day's file. */
  statementVnd: signedVndSchema,
  /** Real money of its rows in the ledger on this day. */
  ledgerVnd: signedVndSchema,
  /** Of `ledgerVnd`: money that paid a payment and has no receipt yet. */
  withoutReceiptVnd: signedVndSchema,
});
export type ClassFigures = z.infer<typeof classFiguresSchema>;

/** Figures of every class; one that is absent holds nothing. */
export const figuresByClassSchema = z.partialRecord(reconciliationClassSchema, classFiguresSchema);
export type FiguresByClass = Partial<Readonly<Record<ReconciliationClass, ClassFigures>>>;

/** What the books of one account and day come to. */
export const dayFiguresSchema = z
  .strictObject({
    /** By the file itself, before any row was matched. */
    statement: z.strictObject({ payments: tallySchema, refunds: tallySchema }),
    /** By the ledger itself, of this business day. */
    ledger: z.strictObject({
      paid: tallySchema.check(z.describe('Settled payments')),
      otherMoney: tallySchema.check(z.describe('Kept beside payments: wrong amount, surplus, after cancelling')),
      suspense: tallySchema.check(z.describe('Verified money that names no payment')),
      refunded: tallySchema.check(z.describe('Paid back; above 0')),
      receipted: tallySchema.check(z.describe('Of `paid`: every receipt that is due exists')),
      confirmed: tallySchema.check(z.describe('Of `paid`: the dossier system was told')),
      unconfirmed: tallySchema.check(z.describe('Of `paid`: a confirmation is still owed')),
    }),
    classes: figuresByClassSchema,
    /** Rows on either side without money: failed, pending, expired. */
    ignored: z.int().check(z.minimum(0)),
    /** Second level: what the bank credited for the day, and what was kept of it as a fee. */
    bank: z.optional(
      z.strictObject({
        creditedVnd: signedVndSchema,
        feeVnd: signedVndSchema,
        elsewhereVnd: z
          .optional(signedVndSchema)
          .check(z.describe('Of the day: credited to an account that is not ours (SAI_TAI_KHOAN)')),
        earlierVnd: z
          .optional(signedVndSchema)
          .check(z.describe('Expected for earlier days that are booked together with this one')),
        differenceVnd: z
          .optional(signedVndSchema)
          .check(z.describe('Credited more than expected; below 0: less (LECH_NGAN_HANG)')),
      }),
    ),
    /** Third level: what was paid in to the treasury for the day, and what the body may keep of it. */
    treasury: z.optional(
      z.strictObject({
        paidInVnd: signedVndSchema,
        keptVnd: signedVndSchema,
        earlierVnd: z
          .optional(signedVndSchema)
          .check(z.describe('Credited on earlier days and paid in together with this one')),
        differenceVnd: z
          .optional(signedVndSchema)
          .check(z.describe('Paid in more than expected; below 0: less (LECH_KHO_BAC)')),
      }),
    ),
  })
  .register(z.globalRegistry, { id: 'DayFigures', title: 'Số liệu đối soát trong ngày' });
export type DayFigures = z.infer<typeof dayFiguresSchema>;

export const equationNameSchema = z.enum([
  'statement-consumed',
  'ledger-consumed',
  'collected',
  'receipted',
  'confirmed',
  'banked',
  'paid-in',
]);
export type EquationName = z.infer<typeof equationNameSchema>;

/** One sentence of the proof: left − right = difference, and every đồng of the difference has a name. */
export const equationSchema = z.strictObject({
  name: equationNameSchema,
  title: z.string(),
  leftVnd: signedVndSchema,
  rightVnd: signedVndSchema,
  differenceVnd: signedVndSchema,
  explainedBy: z.array(z.strictObject({ what: z.string(), vnd: signedVndSchema })),
  unexplainedVnd: signedVndSchema,
  holds: z.boolean(),
});
export type Equation = z.infer<typeof equationSchema>;

/** What is booked on a day although it concerns an earlier one, which was closed already. */
export const adjustmentViewSchema = z.strictObject({
  day: businessDateSchema.check(z.describe('The closed day that it concerns')),
  exceptionId: exceptionIdSchema,
  class: exceptionClassSchema,
  effect: z.enum(['found', 'changed', 'explained']),
  /** What the gateway has more than the ledger: as it is found, or as it is gone. */
  differenceVnd: signedVndSchema,
});
export type AdjustmentView = z.infer<typeof adjustmentViewSchema>;

/** Cân đối ngày: collected = receipted = confirmed = settled, with every difference named. */
export const balanceProofSchema = z
  .strictObject({
    figures: dayFiguresSchema,
    equations: z.array(equationSchema),
    adjustments: z.array(adjustmentViewSchema),
    holds: z.boolean(),
  })
  .register(z.globalRegistry, { id: 'BalanceProof', title: 'Bảng cân đối ngày' });
export type BalanceProof = z.infer<typeof balanceProofSchema>;
