import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { actOnException } from '#functions/finance-desk/act-on-exception.ts';
import { closeDay } from '#functions/finance-desk/close-day.ts';
import { compareAgain } from '#functions/reconcile-day/compare-again.ts';
import { writeStatement } from '#infra/local/bank/statement-file.ts';
import { instantSchema } from '#schemas/ids.ts';
import type { DayAddress } from '#shared/domain/statement-day.ts';
import { makeReconcileJourney, type ReconcileJourney } from '#test/support/reconcile-journey.ts';
import { lan, minh, monday, morningOf, thursday, tuesday } from '#test/support/week-of-reconciliation.ts';

let journey: ReconcileJourney;
beforeAll(async () => {
  journey = await makeReconcileJourney();
}, 60_000);
afterAll(() => journey.stop());

const foundOnThursday = async () =>
  (await journey.dayRecord(thursday)).adjustments.filter(({ effect }) => effect === 'found');

const lookAgain = (change: Partial<ReconcileJourney['needs']> = {}) =>
  compareAgain({ ...journey.needs, settings: journey.desk.settings, ...change });

async function closeByTwo(address: DayAddress): Promise<void> {
  for (const { exceptionId, revision, state } of (await journey.dayRecord(address)).exceptions) {
    if (state === 'closed') continue;
    await actOnException(exceptionId, { revision, do: { act: 'assign', to: lan } }, lan, journey.desk);
  }
  await closeDay(address, { act: 'propose', kind: 'reconciled' }, lan, journey.desk);
  const { close } = await journey.dayRecord(address);
  await closeDay(address, { act: 'approve', number: close?.number ?? 0 }, minh, journey.desk);
  expect((await journey.dayRecord(address)).close?.state).toBe('closed');
}

describe('a day that two people have closed', () => {
  it('has what its gateway lists a day late explained by that file alone, as an adjustment', async () => {
    const late = await journey.visitBank('vnpay');
    await late.press('pay');
    await journey.issue([late.paymentId]);
    journey.setClock(morningOf(tuesday));
    const statement = await journey.statementOf(monday);
    const [, reference = '', transactionId = ''] = statement.split('\n')[1]?.split('|') ?? [];
    await journey.arrive(monday, await journey.statementOf(monday, { without: [0] }));
    await closeByTwo(monday);
    journey.setClock(morningOf(thursday));

    const at = instantSchema.parse('2026-11-23T17:00:05.000Z');
    const row = { reference, transactionId, at, amountVnd: 28_000, bankCode: '' } as const;
    await journey.arrive(
      tuesday,
      writeStatement('vnpay', tuesday.day, [{ ...row, kind: 'payment', status: 'success' }]),
    );

    expect(await journey.exceptionsOf(monday)).toEqual(['THIEU_DOI_TAC explained']);
    expect((await journey.dayRecord(thursday)).adjustments).toMatchObject([
      { day: monday.day, class: 'THIEU_DOI_TAC', effect: 'explained', differenceVnd: 28_000 },
    ]);
  });

  it('has money that was settled after its close found the next morning, without any further file', async () => {
    const silent = await journey.visitBank('vnpay');
    await silent.press('pay-silently');
    journey.setClock(morningOf(thursday));
    await lookAgain();
    expect(await foundOnThursday()).toEqual([]);

    await silent.press('repeat');
    expect((await journey.record(silent.paymentId)).payment.settlement?.businessDate).toBe(monday.day);
    await lookAgain();

    expect(await foundOnThursday()).toMatchObject([
      { day: monday.day, class: 'THIEU_DOI_TAC', differenceVnd: -28_000 },
    ]);
  });

  it('is left as it is by a look that finds nothing new', async () => {
    const before = await journey.dayRecord(monday);

    await lookAgain();

    const { runs, exceptions, close, day } = await journey.dayRecord(monday);
    expect({ runs, exceptions, close }).toEqual({
      runs: before.runs,
      exceptions: before.exceptions,
      close: before.close,
    });
    expect(day?.books).toBe(before.day?.books);
  });
});

describe('a look at the days of the week', () => {
  it('goes on to the others when one of them cannot be compared, and says which', async () => {
    const { store, openComparison } = journey.needs;
    const compared: string[] = [];

    const looking = lookAgain({
      store: {
        ...store,
        fetch: (place, file, most) =>
          place.key.includes(`/${monday.day}/`) ? Promise.resolve({ kind: 'missing' }) : store.fetch(place, file, most),
      },
      openComparison: (address) => {
        compared.push(address.day);
        return openComparison(address);
      },
    });

    await expect(looking).rejects.toThrow(/vnpay\/vpdkdd\/2026-11-23, vnpay\/vpdkdd\/2026-11-24 could not be compared/);
    expect(compared).toEqual([monday.day, tuesday.day]);
  });

  it('begins none that it could not bring to an end, and says so', async () => {
    journey.logged.splice(0);

    await lookAgain({ remainingMilliseconds: () => 60_000 });

    expect(journey.logged.map(({ code }) => code)).toEqual(['DAY_NOT_COMPARED', 'DAY_NOT_COMPARED']);
  });
});
