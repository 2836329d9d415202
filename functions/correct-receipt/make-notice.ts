import type { StaffCode } from '#schemas/staff-code.ts';
import { businessDateOf } from '#shared/domain/calendar.ts';
import { findUnit } from '#shared/domain/collecting-unit.ts';
import { type Correction, refused } from '#shared/domain/correction.ts';
import { approvedNotice } from '#shared/domain/correction-steps.ts';
import { BrokenInvariant } from '#shared/domain/failures.ts';
import type { Receipt } from '#shared/domain/receipt.ts';
import { type CorrectionNeeds, noticeKeyOf, type Step } from './correction-needs.ts';

export interface ApprovedNotice {
  readonly before: Correction;
  readonly receipt: Receipt;
  readonly checker: StaffCode;
}

/**
 * Archives notice 04/SS-CTĐT, then records that it was approved. Killed in between, the proposal still waits, and the
 * same approval on the same day finds its notice in the archive: nothing has to be swept up.
 */
export async function makeNotice({ before, receipt, checker }: ApprovedNotice, needs: CorrectionNeeds): Promise<Step> {
  const { paymentId, correctionId, reason } = before;
  const { template, series, number, issuedOn, collector } = receipt.content;
  const at = needs.clock();
  const madeOn = businessDateOf(at);
  const finding = findUnit(needs.units, collector.unitCode, madeOn);
  const taxOffice = finding.kind === 'found' ? finding.unit.taxOffice : undefined;
  if (taxOffice === undefined) return refused({ code: 'no-tax-office', unitCode: collector.unitCode });
  const { code, name, place } = taxOffice;
  const text = needs.writeNotice({
    taxOffice: { code, name },
    collector: { name: collector.name, taxCode: collector.taxCode },
    place,
    madeOn,
    receipts: [{ template, series, number, issuedOn, reason }],
  });
  const key = noticeKeyOf(before, madeOn);
  const { kind, sha256, bytes } = await needs.archive.store(key, Buffer.from(text), 'application/xml');
  if (kind === 'conflict') {
    throw new BrokenInvariant(
      `the archive holds another notice under ${key} (SHA-256 ${sha256}): was the registry changed between two approvals today?`,
    );
  }
  const after = approvedNotice(before, { checker, at }, { key, sha256, bytes: bytes.length, archivedAt: at, madeOn });
  if ((await needs.ledger.recordNotice({ before, after }, receipt)) === 'changed') return 'look-again';
  needs.logNews('ERROR_NOTICE_MADE', { paymentId, correctionId, series, number, key });
  return { kind: 'done', correction: after };
}
