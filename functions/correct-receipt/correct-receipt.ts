import type { CorrectionCommand, CorrectionView } from '#schemas/correction.ts';
import type { CorrectionRefusal } from '#shared/domain/correction.ts';
import type { CorrectionAnswer, CorrectionNeeds } from './correction-needs.ts';
import { approveCorrection, rejectCorrection } from './decide-correction.ts';
import { explainRefusal } from './explain-refusal.ts';
import { proposeCorrection } from './propose-correction.ts';
import { showCorrection } from './show-correction.ts';

/** What the finance desk is answered, as JSON. */
export type CorrectionResult =
  | { readonly kind: 'done'; readonly correction: CorrectionView }
  | { readonly kind: 'listed'; readonly corrections: readonly CorrectionView[] }
  | { readonly kind: 'refused'; readonly code: CorrectionRefusal['code']; readonly explanation: string };

/** Does what a member of the finance staff asks; whoever calls has made sure who that is. */
export async function correctReceipt(command: CorrectionCommand, needs: CorrectionNeeds): Promise<CorrectionResult> {
  switch (command.action) {
    case 'list':
      return { kind: 'listed', corrections: (await needs.ledger.findOpen()).map(showCorrection) };
    case 'propose':
      return resultOf(await proposeCorrection(command.correction, command.by, needs));
    case 'approve':
      return resultOf(await approveCorrection(command, command.by, needs));
    case 'reject':
      return resultOf(await rejectCorrection(command, { checker: command.by, why: command.why }, needs));
  }
}

function resultOf(answer: CorrectionAnswer): CorrectionResult {
  if (answer.kind === 'done') return { kind: 'done', correction: showCorrection(answer.correction) };
  return { kind: 'refused', code: answer.refusal.code, explanation: explainRefusal(answer.refusal) };
}
