import { type ChargeNumber, chargeNumberSchema } from '#schemas/ids.ts';
import type { ReceiptContent, ReplacedReceipt } from '#schemas/receipt.ts';
import type { Charge } from '#shared/domain/charge.ts';
import type { Receipt, ReceiptName } from '#shared/domain/receipt.ts';
import type { PaymentRemains, RecoveredReceipt } from '#shared/domain/restore-ports.ts';

/** What the archive does not know and the restored table has lost as well. */
export type Unknown = 'payment' | 'charge';

export type Rebuilding =
  | {
      readonly kind: 'rebuilt';
      readonly receipt: Receipt;
      /** The receipt that it replaces, as it stands. */
      readonly replaced?: Receipt;
      readonly unknown: readonly Unknown[];
    }
  /** The table has it: the register's index was late. */
  | { readonly kind: 'present' }
  | { readonly kind: 'refused'; readonly why: string };

/** The row of an archived receipt, as far as archive and table tell it. */
export function rebuildReceipt(recovered: RecoveredReceipt, remains: PaymentRemains): Rebuilding {
  const { content } = recovered;
  if (remains.receipts.some((receipt) => isSame(receipt.content, content))) return { kind: 'present' };
  return content.replaces === undefined
    ? rebuildFirst(recovered, remains)
    : rebuildReplacement(recovered, content.replaces, remains);
}

function rebuildFirst(recovered: RecoveredReceipt, remains: PaymentRemains): Rebuilding {
  const { content } = recovered;
  const named = nameCharge(content, remains);
  if (typeof named === 'object') {
    const { series, number } = named.heldBy.content;
    const why = `payment ${content.paymentId} has receipt ${series} ${number} for the same charge: one of the two was issued twice`;
    return { kind: 'refused', why };
  }
  const isKnown = remains.charges.some(({ chargeNumber }) => chargeNumber === named);
  const unknown: Unknown[] = remains.payment === undefined ? ['payment'] : [];
  const receipt = rowOf(recovered, { chargeNumber: named, revision: 0 });
  return { kind: 'rebuilt', receipt, unknown: isKnown ? unknown : [...unknown, 'charge'] };
}

/** A replacement is the next revision of what it replaces, whose row comes first: its number is lower. */
function rebuildReplacement(recovered: RecoveredReceipt, old: ReplacedReceipt, remains: PaymentRemains): Rebuilding {
  const replaced = remains.receipts.find(
    ({ content: { template, series, number } }) =>
      template === old.template && series === old.series && number === old.number,
  );
  if (replaced === undefined) {
    return { kind: 'refused', why: `it replaces receipt ${old.series} ${old.number}, which has no row` };
  }
  if (replaced.replacedBy !== undefined) {
    const { series, number } = replaced.replacedBy;
    const why = `it replaces receipt ${old.series} ${old.number}, which the ledger says was replaced by ${series} ${number}`;
    return { kind: 'refused', why };
  }
  const { chargeNumber, revision } = replaced;
  const receipt = rowOf(recovered, { chargeNumber, revision: revision + 1 });
  return { kind: 'rebuilt', receipt, replaced, unknown: remains.payment === undefined ? ['payment'] : [] };
}

const isSame = (one: ReceiptContent, other: ReceiptContent) =>
  one.lookupCode === other.lookupCode && one.series === other.series && one.number === other.number;

/** Numbering and signing carry the same time, and both documents lie in the archive since then (DESIGN §3). */
function rowOf(
  { content, xml, pdf }: RecoveredReceipt,
  place: Pick<ReceiptName, 'chargeNumber' | 'revision'>,
): Receipt {
  const { paymentId, collector, kind, signingTime: numberedAt } = content;
  const numbered = { paymentId, taxCode: collector.taxCode, kind, ...place, content, numberedAt };
  // Without its page it is not finished: the sweep takes the archived XML for its own and draws the page.
  if (pdf === undefined) return { ...numbered, state: 'awaiting-signature' };
  const signedAt = xml.archivedAt > pdf.archivedAt ? xml.archivedAt : pdf.archivedAt;
  return { ...numbered, state: 'signed', xml, pdf, signedAt };
}

/** The charge that a receipt is for: of its dossier, with its very lines, and without another receipt. */
function nameCharge(
  content: ReceiptContent,
  { charges, receipts }: PaymentRemains,
): ChargeNumber | { readonly heldBy: Receipt } {
  const fitting = charges.filter((charge) => isFor(content, charge)).map(({ chargeNumber }) => chargeNumber);
  const holders = receipts.filter(
    ({ kind, content: { collector } }) => kind === content.kind && collector.unitCode === content.collector.unitCode,
  );
  const holderOf = (chargeNumber: ChargeNumber) => holders.find((holder) => holder.chargeNumber === chargeNumber);
  const free = fitting.find((chargeNumber) => holderOf(chargeNumber) === undefined);
  if (free !== undefined) return free;
  const heldBy = fitting.map(holderOf)[0];
  if (heldBy !== undefined) return { heldBy };
  const taken = new Set<string>([...charges, ...holders].map(({ chargeNumber }) => chargeNumber));
  return chargeNumberSchema.parse(numbers.find((number) => !taken.has(number)));
}

const numbers = Array.from({ length: 45 }, (_, index) => String(index + 1).padStart(2, '0'));

function isFor({ dossierCode, kind, collector, lines }: ReceiptContent, charge: Charge): boolean {
  const fees = charge.feeLines.filter((fee) => fee.unitCode === collector.unitCode && fee.kind === kind);
  return (
    charge.dossierCode === dossierCode &&
    lines.every(({ feeCode, amountVnd }) => fees.some((fee) => fee.feeCode === feeCode && fee.amountVnd === amountVnd))
  );
}
