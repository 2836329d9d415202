import type { Instant, LookupCode } from '#schemas/ids.ts';
import { sumOfAmounts } from '#schemas/money.ts';
import { type ReceiptContent, receiptContentSchema } from '#schemas/receipt.ts';
import { amountInWords } from './amount-in-words.ts';
import { businessDateOf } from './calendar.ts';
import type { ChargedFee } from './charge.ts';
import { type CollectingUnit, collectorOf } from './collecting-unit.ts';
import type { Receipt } from './receipt.ts';
import type { ReceiptPlan } from './receipt-plan.ts';
import { receiptRulesOn } from './rule-profile.ts';
import type { Series } from './series.ts';

/** What of a fee is printed. */
type PrintedFee = Pick<ChargedFee, 'feeCode' | 'name' | 'budgetCode' | 'unit' | 'quantity' | 'amountVnd'>;

/** What a receipt is given when it is numbered. */
export interface NumberingFacts {
  readonly series: Pick<Series, 'template' | 'series'>;
  readonly number: number;
  /** The moment of numbering: its Vietnamese day is the receipt's date, and a later signature keeps it as signing time. */
  readonly at: Instant;
  /** The collecting unit as it is on that day. */
  readonly unit: CollectingUnit;
  readonly lookupCode: LookupCode;
  readonly lookupUrl: string;
  readonly rendererVersion: string;
}

/**
 * Freezes everything that will be printed, in Unicode NFC, so that any later rendering gives the same bytes.
 * @throws $ZodError when the plan cannot be printed as the law and our forms want it
 */
export function freezeContent(plan: ReceiptPlan, facts: NumberingFacts): ReceiptContent {
  const { charge, settlement } = plan;
  const { name, address, taxCode } = charge.payer;
  const issuedOn = businessDateOf(facts.at);
  const totalVnd = sumOfAmounts(plan.feeLines.map((line) => line.amountVnd));
  const content: Record<keyof ReceiptContent, unknown> = {
    profile: receiptRulesOn(issuedOn).profile,
    template: facts.series.template,
    series: facts.series.series,
    number: facts.number,
    issuedOn,
    kind: plan.kind,
    collector: collectorOf(facts.unit),
    replaces: undefined,
    payer: { name, address, taxCode },
    lines: plan.feeLines.map(receiptLineOf),
    totalVnd,
    totalInWords: amountInWords(totalVnd),
    method: 'Thanh toán trực tuyến',
    paymentId: plan.paymentId,
    gateway: settlement.gateway,
    transactionId: settlement.transactionId,
    paidAt: settlement.paidAt,
    dossierCode: charge.dossierCode,
    procedureCode: charge.procedureCode,
    lookupCode: facts.lookupCode,
    lookupUrl: facts.lookupUrl,
    signingTime: facts.at,
    rendererVersion: facts.rendererVersion,
  };
  return frozen(content);
}

/**
 * Content as it is stored and printed: in Unicode NFC, without what is undefined.
 * @throws $ZodError when it cannot be printed as the law and our forms want it
 */
export function frozen(content: Partial<Record<keyof ReceiptContent, unknown>>): ReceiptContent {
  return receiptContentSchema.parse(inNfc(content));
}

/** The receipt as it is written together with its number. */
export function numberedReceiptOf(plan: ReceiptPlan, facts: NumberingFacts): Receipt {
  const { paymentId, chargeNumber, kind } = plan;
  return {
    paymentId,
    chargeNumber,
    taxCode: facts.unit.taxCode,
    kind,
    revision: 0,
    state: 'awaiting-signature',
    content: freezeContent(plan, facts),
    numberedAt: facts.at,
  };
}

/** A fee line as a receipt prints it. */
export function receiptLineOf(line: PrintedFee, index: number) {
  const { feeCode, name, budgetCode, unit, quantity, amountVnd } = line;
  // A unit price is printed only where quantity × price is the amount exactly (receipt spec §6.2).
  const unitPriceVnd = amountVnd % quantity === 0 ? amountVnd / quantity : undefined;
  return { ordinal: index + 1, feeCode, name, budgetCode, unit, quantity, unitPriceVnd, amountVnd };
}

/** The same with every text in Unicode NFC, and without what is undefined. */
export function inNfc(value: unknown): unknown {
  if (typeof value === 'string') return value.normalize('NFC');
  if (Array.isArray(value)) return value.map(inNfc);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, part]) => (part === undefined ? [] : [[key, inNfc(part)]])),
  );
}
