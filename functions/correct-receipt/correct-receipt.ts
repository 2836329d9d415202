import type { CorrectionCommand, CorrectionView } from '#schemas/correction.ts';
import type { PaymentId } from '#schemas/ids.ts';
import { type CorrectionName, type CorrectionRefusal, refused } from '#shared/domain/correction.ts';
import type { CorrectionAnswer, CorrectionNeeds } from './correction-needs.ts';
import { approveCorrection, rejectCorrection } from './decide-correction.ts';
import { explainRefusal } from './explain-refusal.ts';
import { proposeCorrection } from './propose-correction.ts';
import { showCorrection } from './show-correction.ts';

/** How an act on one correction ended, as JSON. */
export type CorrectionOutcome =
  | { readonly kind: 'done'; readonly correction: CorrectionView }
  | { readonly kind: 'refused'; readonly code: CorrectionRefusal['code']; readonly explanation: string };

export type CorrectionResult =
  | CorrectionOutcome
  | { readonly kind: 'listed'; readonly corrections: readonly CorrectionView[] };

export type CorrectionAct = Exclude<CorrectionCommand, { action: 'list' }>;

/** Does what a member of the finance staff asks; whoever calls has made sure who that is. */
export async function correctReceipt(command: CorrectionCommand, needs: CorrectionNeeds): Promise<CorrectionResult> {
  return command.action === 'list'
    ? { kind: 'listed', corrections: await listOpenCorrections(needs) }
    : actOnCorrection(command, needs);
}

export async function actOnCorrection(act: CorrectionAct, needs: CorrectionNeeds): Promise<CorrectionOutcome> {
  switch (act.action) {
    case 'propose':
      return outcomeOf(await proposeCorrection(act.correction, act.by, needs));
    case 'approve':
      return outcomeOf(await approveCorrection(act, act.by, needs));
    case 'reject':
      return outcomeOf(await rejectCorrection(act, { checker: act.by, why: act.why }, needs));
  }
}

type ReadingNeeds = Pick<CorrectionNeeds, 'ledger'>;

/** Everything that waits for a second person, oldest first. */
export async function listOpenCorrections({ ledger }: ReadingNeeds): Promise<readonly CorrectionView[]> {
  return (await ledger.findOpen()).map(showCorrection);
}

/** Every correction of a payment's receipts, those at an end too. */
export async function listCorrectionsOf(
  paymentId: PaymentId,
  { ledger }: ReadingNeeds,
): Promise<readonly CorrectionView[]> {
  return ((await ledger.readCase(paymentId))?.corrections ?? []).map(showCorrection);
}

export async function findCorrection(
  { paymentId, correctionId }: CorrectionName,
  { ledger }: ReadingNeeds,
): Promise<CorrectionOutcome> {
  const found = (await ledger.readCase(paymentId))?.corrections.find((one) => one.correctionId === correctionId);
  return outcomeOf(found === undefined ? refused({ code: 'no-correction' }) : { kind: 'done', correction: found });
}

function outcomeOf(answer: CorrectionAnswer): CorrectionOutcome {
  if (answer.kind === 'done') return { kind: 'done', correction: showCorrection(answer.correction) };
  return { kind: 'refused', code: answer.refusal.code, explanation: explainRefusal(answer.refusal) };
}
