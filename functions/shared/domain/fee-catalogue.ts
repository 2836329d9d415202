import * as z from 'zod/mini';
import { type BusinessDate, businessDateSchema, feeCodeSchema } from '#schemas/ids.ts';
import { amountVndSchema } from '#schemas/money.ts';

/** A decimal share below 1, kept as text so that it is never a floating-point number. */
const rateSchema = z.string().check(z.regex(/^0\.\d{1,6}$/, 'must be a decimal like 0.0015, given as text'));

const periodSchema = z.strictObject({ from: businessDateSchema, to: businessDateSchema });
const confidenceSchema = z.enum(['confirmed', 'single-source', 'inferred']);

const discountFacts = {
  from: z.optional(businessDateSchema),
  to: z.optional(businessDateSchema),
  /** Who gets it, in words: we cannot check it, the dossier side does. */
  condition: z.optional(z.string()),
  legalBasis: z.optional(z.string()),
  note: z.optional(z.string()),
  confidence: confidenceSchema,
};

/** What filing online takes off a fee. */
const onlineDiscountSchema = z.discriminatedUnion('rule', [
  z.strictObject({ rule: z.enum(['local', 'exempt', 'fixed']), amountVnd: amountVndSchema, ...discountFacts }),
  z.strictObject({ rule: z.literal('percent-of'), rate: rateSchema, ...discountFacts }),
  z.strictObject({ rule: z.literal('percent-off'), rate: rateSchema, cap: z.optional(z.string()), ...discountFacts }),
]);

const roundSchema = z.enum(['1-half-up', '1000-half-up']);

/** How an amount follows from inputs that the dossier side has and we have not (land value, pages, notices). */
const formulaSpecSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('percent'),
    base: z.string(),
    rate: rateSchema,
    maxVnd: z.optional(amountVndSchema),
    round: roundSchema,
  }),
  z.strictObject({
    type: z.literal('per-page'),
    firstPages: z.int().check(z.minimum(1)),
    firstRateVnd: amountVndSchema,
    nextRateVnd: amountVndSchema,
    maxVndPerCopy: amountVndSchema,
  }),
  z.strictObject({
    type: z.literal('progressive'),
    base: z.string(),
    brackets: z.array(z.strictObject({ upToTimesQuota: z.optional(z.int()), rate: rateSchema })).check(z.minLength(1)),
    note: z.optional(z.string()),
    round: roundSchema,
  }),
  z.strictObject({ type: z.literal('notice') }),
]);

/** One row of the fee catalogue: what a fee is, what it costs and on which law it rests. */
export const feeRowSchema = z
  .strictObject({
    feeCode: feeCodeSchema,
    /** Changes with every change of the row, so that a payment can say which row it was made with. */
    version: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}(\.\d+)?$/, 'must be the day of the change, like 2026-11-22')),
    procedureCode: z.nullable(z.string()),
    procedureName: z.string().check(z.minLength(1)),
    feeName: z.string().check(z.minLength(1), z.maxLength(500)),
    kind: z.enum(['phi', 'le-phi', 'thue']),
    amountVnd: z.optional(amountVndSchema),
    formula: z.optional(z.string()),
    formulaSpec: z.optional(formulaSpecSchema),
    unit: z.string().check(z.minLength(1), z.maxLength(100)),
    agency: z.string().check(z.minLength(1)),
    legalBasis: z.string().check(z.minLength(1)),
    /** `null`: in force without a known end or beginning. */
    effective: z.nullable(periodSchema),
    onlineDiscount: z.nullable(onlineDiscountSchema),
    /** Code of the state budget's index (NDKT). */
    ndkt: z.optional(z.string().check(z.maxLength(10))),
    /** Which document the payer gets: our receipt, another body's voucher, or none. */
    receipt: z.enum(['EBL01', 'CTU_NSNN', 'CTT50', 'none']),
    refund: z.optional(z.string()),
    /** The amount is not the law's but a stand-in: such a row never serves in production. */
    placeholder: z.optional(z.boolean()),
    note: z.optional(z.string()),
    confidence: confidenceSchema,
  })
  .check(
    z.refine(
      (row) => (row.amountVnd === undefined) === (row.formulaSpec !== undefined),
      'must have either amountVnd or formulaSpec',
    ),
    z.refine((row) => row.kind !== 'thue' || row.receipt !== 'EBL01', 'a tax never gets a fee receipt'),
  );
export type FeeRow = z.infer<typeof feeRowSchema>;

export type FeeFinding =
  | { readonly kind: 'found'; readonly row: FeeRow }
  /** The code exists, but no row of it is in force on that day. */
  | { readonly kind: 'not-in-force' }
  | { readonly kind: 'unknown' };

/** @param date the day on which the dossier was received: the fee of that day is owed */
export function findFee(rows: readonly FeeRow[], feeCode: string, date: BusinessDate): FeeFinding {
  const ofCode = rows.filter((row) => row.feeCode === feeCode);
  const row = ofCode.find(({ effective }) => effective === null || isWithin(date, effective));
  if (row !== undefined) return { kind: 'found', row };
  return { kind: ofCode.length > 0 ? 'not-in-force' : 'unknown' };
}

export type Price =
  /** The amounts that may be asked: the full one, then the one for filing online where that is in force. */
  | { readonly kind: 'fixed'; readonly amountsVnd: readonly number[] }
  /** The amount follows from inputs that only the dossier side has. */
  | { readonly kind: 'by-formula' };

/**
 * What a fee costs. Whether a payer meets the condition of an online reduction is known to the dossier side only, so
 * the full and the reduced amount are both right while the reduction is in force. A row carries one reduction, since
 * two do not add up: where several policies apply, the administrator writes the larger.
 */
export function priceOf(row: FeeRow, quantity: number, date: BusinessDate): Price {
  if (row.amountVnd === undefined) return { kind: 'by-formula' };
  const discounted = discountedAmount(row.amountVnd, row.onlineDiscount, date);
  const each = discounted === undefined ? [row.amountVnd] : [row.amountVnd, discounted];
  return { kind: 'fixed', amountsVnd: [...new Set(each.map((amount) => amount * quantity))] };
}

/** Whether a caller may ask this amount. An amount by formula is the caller's; 0 says that the payer is exempt. */
export function isPriceOf(amountVnd: number, price: Price): boolean {
  return price.kind === 'by-formula' || price.amountsVnd.includes(amountVnd);
}

/**
 * Whether we issue a receipt for a fee. Taxes, and fees that the tax office collects, have vouchers of their own
 * (TT 91/2026: CTT50 is a form of the tax office) which are linked, never replaced by ours.
 */
export function earnsReceipt(fee: Pick<FeeRow, 'kind'> & { readonly receipt: string }): boolean {
  return fee.receipt === 'EBL01' && fee.kind !== 'thue';
}

function discountedAmount(amountVnd: number, discount: FeeRow['onlineDiscount'], date: BusinessDate) {
  if (discount === null || !isWithin(date, discount)) return undefined;
  switch (discount.rule) {
    case 'percent-of':
      return shareOf(amountVnd, discount.rate);
    case 'percent-off':
      return amountVnd - shareOf(amountVnd, discount.rate);
    default:
      return discount.amountVnd;
  }
}

/** amount × rate, rounded half up to the đồng, in whole numbers throughout. */
function shareOf(amountVnd: number, rate: string): number {
  const decimals = rate.slice('0.'.length);
  const denominator = 10n ** BigInt(decimals.length);
  return Number((2n * BigInt(amountVnd) * BigInt(decimals) + denominator) / (2n * denominator));
}

function isWithin(date: BusinessDate, period: { from?: BusinessDate | undefined; to?: BusinessDate | undefined }) {
  return (period.from === undefined || date >= period.from) && (period.to === undefined || date <= period.to);
}
