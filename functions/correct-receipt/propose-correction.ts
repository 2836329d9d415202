import type { CorrectionRequest } from '#schemas/correction.ts';
import type { StaffCode } from '#schemas/staff-code.ts';
import { planCorrection } from '#shared/domain/correction-plan.ts';
import type { CorrectionAnswer, CorrectionNeeds } from './correction-needs.ts';

/** The maker's half: nothing happens to the receipt until a second person agrees. The same proposal again is the same one. */
export async function proposeCorrection(
  request: CorrectionRequest,
  maker: StaffCode,
  needs: CorrectionNeeds,
): Promise<CorrectionAnswer> {
  const { paymentId, correctionId, way } = request;
  const decide = async () => {
    const found = await needs.ledger.readCase(paymentId);
    return planCorrection(found, request, { maker, now: needs.clock(), fees: needs.fees });
  };
  const plan = await decide();
  if (plan.kind === 'refused') return plan;
  if (plan.kind === 'known') return { kind: 'done', correction: plan.correction };
  if ((await needs.ledger.propose(plan.correction)) === 'written') {
    needs.logNews('CORRECTION_PROPOSED', { paymentId, correctionId, way });
    return { kind: 'done', correction: plan.correction };
  }
  // Its id was taken a moment ago, most likely by the same proposal.
  const again = await decide();
  return again.kind === 'refused' ? again : { kind: 'done', correction: again.correction };
}
