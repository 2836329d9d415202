import type { StaffCode } from '#schemas/staff-code.ts';
import { type Correction, type CorrectionName, refused } from '#shared/domain/correction.ts';
import { faultOfCorrection, receiptOf } from '#shared/domain/correction-plan.ts';
import type { CorrectionCase } from '#shared/domain/correction-ports.ts';
import { mayDecide, rejected } from '#shared/domain/correction-steps.ts';
import type { CorrectionAnswer, CorrectionNeeds, Step } from './correction-needs.ts';
import { makeNotice } from './make-notice.ts';
import { replaceReceipt } from './replace-receipt.ts';

/** So often in a row may others move the payment or the series before the checker is told to try again. */
const mostRounds = 20;

/**
 * The checker's half. Everything is asked again on what is read now; what is approved is one write, and the sweep does
 * the rest. An answer that was lost is given again.
 */
export function approveCorrection(
  name: CorrectionName,
  checker: StaffCode,
  needs: CorrectionNeeds,
): Promise<CorrectionAnswer> {
  return decide(name, needs, async (before, { record }) => {
    const decision = mayDecide(before, checker, 'approved');
    if (decision.kind !== 'may') return answerOf(decision, before);
    const receipt = receiptOf(record, before);
    if (receipt === undefined) return refused({ code: 'no-receipt' });
    const fault = faultOfCorrection(record, receipt, before);
    if (fault !== undefined) return refused(fault);
    return before.corrected === undefined
      ? makeNotice({ before, receipt, checker }, needs)
      : replaceReceipt({ before, corrected: before.corrected, record, wrong: receipt, checker }, needs);
  });
}

export function rejectCorrection(
  name: CorrectionName,
  { checker, why }: { readonly checker: StaffCode; readonly why: string },
  needs: CorrectionNeeds,
): Promise<CorrectionAnswer> {
  return decide(name, needs, async (before) => {
    const decision = mayDecide(before, checker, 'rejected');
    if (decision.kind !== 'may') return answerOf(decision, before);
    const after = rejected(before, { checker, at: needs.clock() }, why);
    if ((await needs.ledger.reject({ before, after })) === 'changed') return 'look-again';
    needs.logNews('CORRECTION_REJECTED', { ...name });
    return { kind: 'done', correction: after };
  });
}

/** Decides on what is read, and again when it moved meanwhile. */
async function decide(
  { paymentId, correctionId }: CorrectionName,
  needs: CorrectionNeeds,
  take: (before: Correction, found: CorrectionCase) => Promise<Step>,
): Promise<CorrectionAnswer> {
  for (let round = 0; round < mostRounds; round += 1) {
    if (round > 0) await needs.pauseBeforeTry(round);
    const found = await needs.ledger.readCase(paymentId);
    const before = found?.corrections.find((correction) => correction.correctionId === correctionId);
    if (found === undefined || before === undefined) return refused({ code: 'no-correction' });
    const step = await take(before, found);
    if (step !== 'look-again') return step;
  }
  return refused({ code: 'try-later', why: `others were faster ${mostRounds} times` });
}

function answerOf(
  decision: Exclude<ReturnType<typeof mayDecide>, { kind: 'may' }>,
  correction: Correction,
): CorrectionAnswer {
  return decision.kind === 'known' ? { kind: 'done', correction } : decision;
}
