import { businessDateOf } from '#shared/domain/calendar.ts';
import { accountsOn, type ReconciliationSettings } from '#shared/domain/reconciliation-settings.ts';
import { addressOf, type DayAddress } from '#shared/domain/statement-day.ts';
import { dayAfter } from '#shared/domain/working-days.ts';
import { explain } from '#shared/processes/answer-to-error.ts';
import { type ReconcileNeeds, reconcileDay } from './reconcile-day.ts';

export interface AgainNeeds extends ReconcileNeeds {
  readonly settings: ReconciliationSettings;
}

/**
 * A gateway is asked for three days, and calls back for some more. Money that is settled later than this is seen only when
 * a statement of its day, or of a neighbouring one, is sent again.
 */
const daysBack = 7;
/** A day that is begun should come to its end before the function is stopped. */
const reserveMilliseconds = 180_000;

/**
 * Compares the days of the last week once more, closed ones too: money may be settled, assigned or paid back after the
 * statement of its day has come, and without a further file nobody would look. What was found before changes nothing.
 * @throws AggregateError when days could not be compared; the others were
 */
export async function compareAgain(needs: AgainNeeds): Promise<void> {
  const broken: { readonly address: DayAddress; readonly error: unknown }[] = [];
  for (const address of lastDays(needs)) {
    const state = await needs.recording.ledger.readDay(address);
    if (state?.file === undefined) continue;
    if (needs.remainingMilliseconds() < reserveMilliseconds) {
      needs.logNews('DAY_NOT_COMPARED', { ...address, why: 'the time of the function was used up' });
      continue;
    }
    try {
      await reconcileDay(address, needs);
    } catch (error) {
      needs.logNews('DAY_NOT_COMPARED', { ...address, why: explain(error) });
      broken.push({ address, error });
    }
  }
  if (broken.length === 0) return;
  const days = broken.map(({ address: { gateway, merchant, day } }) => `${gateway}/${merchant}/${day}`);
  const errors = broken.map(({ error }) => error);
  throw new AggregateError(errors, `${days.join(', ')} could not be compared again: see DAY_NOT_COMPARED for each`);
}

/** Oldest first: what a day's neighbour explains is known before it. */
function lastDays({ settings, recording }: AgainNeeds): readonly DayAddress[] {
  const today = businessDateOf(recording.clock());
  const days = Array.from({ length: daysBack }, (_, index) => dayAfter(today, index - daysBack));
  return days.flatMap((day) => accountsOn(settings, day).map((account) => addressOf({ ...account, day })));
}
