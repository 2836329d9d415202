import { isDeepStrictEqual } from 'node:util';
import type { CorrectionRequest } from '#schemas/correction.ts';
import type { Instant } from '#schemas/ids.ts';
import type { StaffCode } from '#schemas/staff-code.ts';
import { type Correction, type CorrectionRefusal, refused } from './correction.ts';
import type { CorrectionCase } from './correction-ports.ts';
import type { FeeRow } from './fee-catalogue.ts';
import type { PaymentRecord } from './payment-record.ts';
import { identityOf, type Receipt } from './receipt.ts';
import { correctedContentOf, faultOfReceipt, faultOfReplacement } from './replacement.ts';

export type CorrectionPlan =
  | { readonly kind: 'new'; readonly correction: Correction }
  /** The same proposal was made before. */
  | { readonly kind: 'known'; readonly correction: Correction }
  | { readonly kind: 'refused'; readonly refusal: CorrectionRefusal };

export interface PlanFacts {
  readonly maker: StaffCode;
  readonly now: Instant;
  readonly fees: readonly FeeRow[];
}

/** What a proposal comes to. All of it is asked again when somebody approves it, on what is read then. */
export function planCorrection(
  found: CorrectionCase | undefined,
  request: CorrectionRequest,
  facts: PlanFacts,
): CorrectionPlan {
  // Neither exists for receipts in P3 (receipt spec §4.1): there is nothing to look up.
  if (request.way !== 'notice' && request.way !== 'replacement') return refused({ code: request.way });
  if (found === undefined) return refused({ code: 'no-payment' });
  const receipts = receiptsNamed(request.receipt, found.record);
  const [receipt] = receipts;
  if (receipt === undefined) return refused({ code: 'no-receipt' });
  if (receipts.length > 1) return refused({ code: 'several-receipts' });
  const wanted = wantedOf(request, receipt, facts.fees);
  if ('kind' in wanted) return wanted;
  const correction = proposalOf(request, receipt, wanted, facts);
  const known = found.corrections.find(({ correctionId }) => correctionId === request.correctionId);
  if (known !== undefined) {
    return isSameProposal(known, correction) ? { kind: 'known', correction: known } : refused({ code: 'id-taken' });
  }
  const fault = faultOfCorrection(found.record, receipt, correction);
  return fault === undefined ? { kind: 'new', correction } : refused(fault);
}

/** What stands in the way of a correction now; nothing when a second person may approve it. */
export function faultOfCorrection(
  record: PaymentRecord,
  receipt: Receipt,
  { corrected, reason }: Pick<Correction, 'corrected' | 'reason'>,
): CorrectionRefusal | undefined {
  return corrected === undefined ? faultOfReceipt(receipt) : faultOfReplacement(record, receipt, { corrected, reason });
}

/** The receipt that a correction is about, as it is now. */
export function receiptOf({ receipts }: PaymentRecord, { receipt: wrong }: Correction): Receipt | undefined {
  return receipts.find(
    ({ chargeNumber, taxCode, kind, revision }) =>
      chargeNumber === wrong.chargeNumber &&
      taxCode === wrong.taxCode &&
      kind === wrong.kind &&
      revision === wrong.revision,
  );
}

function receiptsNamed(named: CorrectionRequest['receipt'], { receipts }: PaymentRecord): readonly Receipt[] {
  return receipts.filter(
    ({ taxCode, content }) =>
      content.template === named.template &&
      content.series === named.series &&
      content.number === named.number &&
      (named.taxCode === undefined || named.taxCode === taxCode),
  );
}

type Wanted = Pick<Correction, 'way' | 'wrong' | 'corrected'>;

function wantedOf(
  request: Extract<CorrectionRequest, { way: 'notice' | 'replacement' }>,
  receipt: Receipt,
  fees: readonly FeeRow[],
): Wanted | Extract<CorrectionPlan, { kind: 'refused' }> {
  if (request.way === 'notice') return { way: 'notice', wrong: [...new Set(request.wrong)] };
  const right = correctedContentOf(receipt, request, fees);
  return right.kind === 'refused' ? right : { way: 'replacement', corrected: right.corrected };
}

function proposalOf(
  { correctionId, paymentId, reason }: CorrectionRequest,
  receipt: Receipt,
  wanted: Wanted,
  { maker, now }: PlanFacts,
): Correction {
  const { chargeNumber, taxCode, kind, revision } = receipt;
  return {
    correctionId,
    paymentId,
    receipt: { ...identityOf(receipt), chargeNumber, taxCode, kind, revision },
    reason,
    ...wanted,
    state: 'proposed',
    maker,
    madeAt: now,
    version: 1,
  };
}

/** Whether a correction is what a proposal with its id asks for: everything that its maker gave. */
function isSameProposal(known: Correction, proposal: Correction): boolean {
  const given = ({ receipt, reason, way, wrong, corrected, maker }: Correction) => {
    return { receipt, reason, way, wrong, corrected, maker };
  };
  return isDeepStrictEqual(given(known), given(proposal));
}
