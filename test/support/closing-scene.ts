import { type CloseOutcome, closeDay } from '#functions/finance-desk/close-day.ts';
import { dayCloseCommandSchema } from '#schemas/day-close.ts';
import type { StaffCode } from '#schemas/staff-code.ts';
import type { DayAddress } from '#shared/domain/statement-day.ts';
import { aFinding, checker, makeReconciliationScene, maker, tuesdayMorning } from './reconciliation-scene.ts';

/** Days that are reconciled, and the two persons who close them. */
export async function makeClosingScene() {
  const scene = await makeReconciliationScene();
  const close = (address: DayAddress, command: object, by: StaffCode = maker) =>
    closeDay(address, dayCloseCommandSchema.parse(command), by, scene.needs);
  const assignAll = async (address: DayAddress) => {
    for (const before of (await scene.record(address)).exceptions) {
      const step = { at: tuesdayMorning, did: 'assigned', by: checker, to: maker } as const;
      const after = { ...before, assignee: maker, trail: [...before.trail, step], revision: before.revision + 1 };
      await scene.needs.exceptions.moveException({ before, after });
    }
  };
  /** A day with one exception, which somebody has taken on. */
  const readyDay = async () => {
    const address = await scene.reconciled([aFinding()]);
    await assignAll(address);
    return address;
  };
  return {
    ...scene,
    close,
    assignAll,
    readyDay,
    closed: async () => {
      const address = await readyDay();
      await close(address, { act: 'propose' });
      const word = wordOf(await close(address, { act: 'approve', number: 1 }, checker));
      if (word !== 'closed') throw new Error(`not closed: ${word}`);
      return address;
    },
  };
}

export type ClosingScene = Awaited<ReturnType<typeof makeClosingScene>>;

/** What an act came to, in one word. */
export const wordOf = (outcome: CloseOutcome): string => (outcome.kind === 'done' ? outcome.day.state : outcome.code);
