import type { StaffCode } from '#schemas/staff-code.ts';
import { businessDateOf } from '#shared/domain/calendar.ts';
import { findUnit } from '#shared/domain/collecting-unit.ts';
import { type CorrectedContent, type Correction, refused } from '#shared/domain/correction.ts';
import { approvedReplacement } from '#shared/domain/correction-steps.ts';
import type { PaymentRecord } from '#shared/domain/payment-record.ts';
import type { Receipt } from '#shared/domain/receipt.ts';
import { replacementOf } from '#shared/domain/replacement.ts';
import { findSeries } from '#shared/processes/number-receipts.ts';
import type { CorrectionNeeds, Step } from './correction-needs.ts';

export interface ApprovedReplacement {
  readonly before: Correction;
  readonly corrected: CorrectedContent;
  readonly record: PaymentRecord;
  readonly wrong: Receipt;
  readonly checker: StaffCode;
}

/** Numbers the replacement from the organisation's series of today: the day is taken anew at each try. */
export async function replaceReceipt(
  { before, corrected, record, wrong, checker }: ApprovedReplacement,
  needs: CorrectionNeeds,
): Promise<Step> {
  const { unitCode } = wrong.content.collector;
  const at = needs.clock();
  const date = businessDateOf(at);
  const finding = findUnit(needs.units, unitCode, date);
  const unit = finding.kind === 'found' ? finding.unit : undefined;
  // The replaced receipt and its replacement are of one organisation (receipt spec §6.2, TTBLLQuan).
  if (unit?.taxCode !== wrong.taxCode) return refused({ code: 'organisation-changed', unitCode });
  const series = await findSeries(unit, date, { ledger: needs.seriesLedger, declaredSeries: needs.declaredSeries });
  if (series === 'moved') return 'look-again';
  if ('why' in series) {
    return refused({ code: series.kind === 'later' ? 'try-later' : 'no-series', why: series.why });
  }
  const lookupCode = needs.drawLookupCode();
  const replacement = replacementOf(
    wrong,
    { corrected, reason: before.reason },
    {
      series,
      number: series.nextNumber,
      at,
      unit,
      lookupCode,
      lookupUrl: needs.lookupUrlOf(lookupCode),
      rendererVersion: needs.rendererVersion,
    },
  );
  const after = approvedReplacement(before, { checker, at }, replacement);
  if ((await needs.ledger.replace({ before, after, record, series, wrong, replacement })) !== 'written') {
    return 'look-again';
  }
  const { paymentId, correctionId } = before;
  needs.logNews('RECEIPT_REPLACED', {
    paymentId,
    correctionId,
    series: series.series,
    number: series.nextNumber,
    replacedSeries: wrong.content.series,
    replacedNumber: wrong.content.number,
  });
  return { kind: 'done', correction: after };
}
