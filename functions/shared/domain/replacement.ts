import { isDeepStrictEqual } from 'node:util';
import type { CorrectedLine, ReplacementRequest } from '#schemas/correction.ts';
import { sumOfAmounts } from '#schemas/money.ts';
import type { ReceiptContent, ReceiptLine } from '#schemas/receipt.ts';
import { amountInWords } from './amount-in-words.ts';
import { businessDateOf } from './calendar.ts';
import { collectorOf } from './collecting-unit.ts';
import { type CorrectedContent, type CorrectionRefusal, correctedContentSchema, refused } from './correction.ts';
import { dayOfDossier } from './dossier-code.ts';
import { earnsReceipt, type FeeRow, findFee, isPriceOf, priceOf } from './fee-catalogue.ts';
import type { PaymentRecord } from './payment-record.ts';
import { findUnprintable, nameCharacter } from './printable-text.ts';
import { identityOf, type Receipt } from './receipt.ts';
import { frozen, inNfc, type NumberingFacts, receiptLineOf } from './receipt-content.ts';
import { planReceipts, wasTakenBack } from './receipt-plan.ts';
import { receiptRulesOn } from './rule-profile.ts';

type Refused = ReturnType<typeof refused>;

/** The right content of a receipt as its maker wants it: the old one with what was given in its place. */
export function correctedContentOf(
  { content }: Receipt,
  { payer, lines }: Pick<ReplacementRequest, 'payer' | 'lines'>,
  fees: readonly FeeRow[],
): { readonly kind: 'corrected'; readonly corrected: CorrectedContent } | Refused {
  const priced = lines === undefined ? content.lines : priceLines(lines, content, fees);
  if ('kind' in priced) return priced;
  const right = {
    name: payer?.name ?? content.payer.name,
    address: rightOf(payer?.address, content.payer.address),
    taxCode: rightOf(payer?.taxCode, content.payer.taxCode),
  };
  const totalVnd = sumOfAmounts(priced.map(({ amountVnd }) => amountVnd));
  const corrected = correctedContentSchema.parse(inNfc({ payer: right, lines: priced, totalVnd }));
  return { kind: 'corrected', corrected };
}

/** What is not said stays, `null` takes it away. */
function rightOf(given: string | null | undefined, known: string | undefined): string | undefined {
  return given === undefined ? known : (given ?? undefined);
}

type PrintedLine = Pick<ReceiptLine, 'amountVnd'>;

/** Lines of the receipt's own kind at the prices of the day on which the dossier was received, as they were charged. */
function priceLines(
  lines: readonly CorrectedLine[],
  { dossierCode, kind }: ReceiptContent,
  fees: readonly FeeRow[],
): readonly PrintedLine[] | Refused {
  const day = dayOfDossier(dossierCode);
  const priced: PrintedLine[] = [];
  for (const { feeCode, quantity, amountVnd } of lines) {
    const fee = findFee(fees, feeCode, day);
    if (fee.kind !== 'found') return refused({ code: 'unknown-fee', feeCode });
    if (fee.row.kind !== kind || !earnsReceipt(fee.row)) return refused({ code: 'other-kind', feeCode });
    const price = priceOf(fee.row, quantity, day);
    if (price.kind === 'fixed' && !isPriceOf(amountVnd, price)) {
      return refused({ code: 'wrong-price', feeCode, amountsVnd: price.amountsVnd });
    }
    const { feeName: name, ndkt: budgetCode, unit } = fee.row;
    priced.push(receiptLineOf({ feeCode, name, budgetCode, unit, quantity, amountVnd }, priced.length));
  }
  return priced;
}

/**
 * What the law and the ledger have against replacing a receipt by this content; nothing when it may be done. Asked when
 * it is proposed and again when it is approved, on what is read then.
 */
export function faultOfReplacement(
  record: PaymentRecord,
  receipt: Receipt,
  { corrected, reason }: { readonly corrected: CorrectedContent; readonly reason: string },
): CorrectionRefusal | undefined {
  return (
    faultOfState(record, receipt) ??
    faultOfChange(receipt, corrected) ??
    faultOfTexts(corrected, reason) ??
    faultOfMoney(record, receipt, corrected.totalVnd)
  );
}

function faultOfState({ payment }: PaymentRecord, receipt: Receipt): CorrectionRefusal | undefined {
  const fault = faultOfReceipt(receipt);
  if (fault !== undefined && !(fault.code === 'not-signed' && canNeverBeMade(receipt))) return fault;
  const { settlement } = payment;
  return settlement === undefined || wasTakenBack(payment, settlement) ? { code: 'taken-back' } : undefined;
}

/** No page carries its texts, so it will never be signed; one that waits for a certificate will. */
function canNeverBeMade({ fault, content }: Receipt): boolean {
  return fault !== undefined && faultOfTexts(content) !== undefined;
}

/** A receipt can be replaced once, and is corrected when it is one: before its signature it has no value (art. 26). */
export function faultOfReceipt({ state, replacedBy }: Receipt): CorrectionRefusal | undefined {
  if (replacedBy !== undefined) return { code: 'replaced', by: `${replacedBy.series} ${replacedBy.number}` };
  return state === 'signed' ? undefined : { code: 'not-signed' };
}

/** Wrong names and addresses alone are told, not replaced, while tax code and amount are right (TT 91/2026 art. 20). */
function faultOfChange({ content, state }: Receipt, { payer, lines }: CorrectedContent): CorrectionRefusal | undefined {
  const sameLines = isDeepStrictEqual(lines, content.lines);
  if (sameLines && isDeepStrictEqual(payer, content.payer)) return { code: 'nothing-changes' };
  const isReceipt = state === 'signed';
  return isReceipt && sameLines && payer.taxCode === content.payer.taxCode ? { code: 'notice-suffices' } : undefined;
}

/** Before a number is taken for a page that could never be drawn. */
function faultOfTexts(
  { payer, lines }: Pick<CorrectedContent, 'payer' | 'lines'>,
  reason = '',
): CorrectionRefusal | undefined {
  const texts: readonly (readonly [field: string, text: string])[] = [
    ['reason', reason],
    ['payer.name', payer.name],
    ['payer.address', payer.address ?? ''],
    ...lines.map(({ name }, index) => [`lines[${index}].name`, name] as const),
  ];
  for (const [field, text] of texts) {
    const character = findUnprintable(text);
    if (character !== undefined) return { code: 'unprintable', field, character: nameCharacter(character) };
  }
  return undefined;
}

/**
 * All receipts that stand come to what was paid for fees of ours, less what was paid back (DESIGN §4.2). So an amount is
 * made smaller after the difference was refunded, and never larger than the money that has no receipt.
 */
function faultOfMoney(record: PaymentRecord, receipt: Receipt, totalVnd: number): CorrectionRefusal | undefined {
  const { payment, charges, receipts } = record;
  const sum = (amounts: readonly number[]) => amounts.reduce((whole, amount) => whole + amount, 0);
  const paidForOthers = charges.flatMap(({ feeLines }) => feeLines.filter((line) => !earnsReceipt(line)));
  const standing = receipts.filter((other) => other !== receipt && other.replacedBy === undefined);
  const planned = planReceipts(record).flatMap(({ feeLines }) => feeLines);
  const mostVnd =
    (payment.settlement?.amountVnd ?? 0) -
    sum([...paidForOthers, ...planned].map(({ amountVnd }) => amountVnd)) -
    sum(standing.map(({ content }) => content.totalVnd));
  const leastVnd = mostVnd - (payment.refundedVnd ?? 0);
  if (totalVnd > mostVnd) return { code: 'exceeds-money', mostVnd, leastVnd };
  return totalVnd < leastVnd ? { code: 'leaves-money', mostVnd, leastVnd } : undefined;
}

/**
 * The receipt that replaces another one: what is right, a number and a day of its own, and the name of the replaced one.
 * Payment, money and dossier are the same.
 * @throws $ZodError when it cannot be printed as the law and our forms want it
 */
export function replacementOf(
  { content: wrong, ...receipt }: Receipt,
  { corrected, reason }: { readonly corrected: CorrectedContent; readonly reason: string },
  facts: NumberingFacts,
): Receipt {
  const { paymentId, chargeNumber, taxCode, kind, revision } = receipt;
  const issuedOn = businessDateOf(facts.at);
  const { at, lookupCode, lookupUrl, rendererVersion, number, unit } = facts;
  const content = frozen({
    ...wrong,
    ...corrected,
    profile: receiptRulesOn(issuedOn).profile,
    template: facts.series.template,
    series: facts.series.series,
    number,
    issuedOn,
    replaces: { ...identityOf({ content: wrong }), reason },
    collector: collectorOf(unit),
    totalInWords: amountInWords(corrected.totalVnd),
    lookupCode,
    lookupUrl,
    signingTime: at,
    rendererVersion,
  });
  const name = { paymentId, chargeNumber, taxCode, kind, revision: revision + 1 };
  return { ...name, state: 'awaiting-signature', content, numberedAt: at };
}
