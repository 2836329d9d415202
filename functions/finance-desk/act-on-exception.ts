import type { ExceptionCommand, ExceptionId, ExceptionView } from '#schemas/exception.ts';
import type { StaffCode } from '#schemas/staff-code.ts';
import { decideStep, type ExceptionRefusal } from '#shared/domain/exception-steps.ts';
import { BrokenInvariant } from '#shared/domain/failures.ts';
import { explainExceptionRefusal } from './explain-exception-refusal.ts';
import { mostRounds, type ReconciliationNeeds, type Refused } from './reconciliation-needs.ts';
import { showException } from './show-exception.ts';

type Needs = Pick<ReconciliationNeeds, 'exceptions' | 'settings' | 'clock' | 'logNews'>;

export type ExceptionOutcome =
  | { readonly kind: 'done'; readonly exception: ExceptionView }
  | Refused<ExceptionRefusal['code'] | 'no-exception'>;

/** One exception, read consistently. */
export async function findException(
  exceptionId: ExceptionId,
  { exceptions, clock }: Pick<Needs, 'exceptions' | 'clock'>,
): Promise<ExceptionOutcome> {
  const exception = await exceptions.readException(exceptionId);
  return exception === undefined ? unknown : { kind: 'done', exception: showException(exception, clock()) };
}

/**
 * Takes one step about an exception, on the revision that its author has read: what somebody else did meanwhile is read
 * first. Asking for the same again gives the same answer and takes no second step.
 */
export async function actOnException(
  exceptionId: ExceptionId,
  { revision, do: act }: ExceptionCommand,
  by: StaffCode,
  needs: Needs,
): Promise<ExceptionOutcome> {
  const { exceptions, settings, clock, logNews } = needs;
  for (let round = 0; round < mostRounds; round += 1) {
    const seen = await exceptions.readException(exceptionId);
    if (seen === undefined) return unknown;
    const now = clock();
    const decision = decideStep(seen, { revision, act, by }, now, settings);
    if (decision.kind === 'refused') return refused(decision.refusal);
    if (decision.kind === 'known') return { kind: 'done', exception: showException(seen, now) };
    if ((await exceptions.moveException(decision.move)) === 'written') {
      logNews('EXCEPTION_MOVED', { exceptionId, class: seen.class, did: act.act, by });
      return { kind: 'done', exception: showException(decision.move.after, now) };
    }
  }
  throw new BrokenInvariant(`exception ${exceptionId} could not be written ${mostRounds} times, and did not move`);
}

const unknown: ExceptionOutcome = {
  kind: 'refused',
  code: 'no-exception',
  explanation:
    'Không có ngoại lệ nào mang mã này. Có thể mã bị chép thiếu hoặc ngày đã được đối soát lại. Hãy chép lại mã từ danh sách.',
};

function refused(refusal: ExceptionRefusal): ExceptionOutcome {
  return { kind: 'refused', code: refusal.code, explanation: explainExceptionRefusal(refusal) };
}
