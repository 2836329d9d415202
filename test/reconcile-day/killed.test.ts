import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { reconcileKilledAfter } from '#test/support/killed-reconciliation.ts';
import { makeReconcileJourney, type ReconcileJourney } from '#test/support/reconcile-journey.ts';

let journey: ReconcileJourney;
beforeAll(async () => {
  journey = await makeReconcileJourney();
}, 60_000);
afterAll(() => journey.stop());

/** `killed.slow.ts` dies after every single one. */
const someSteps = [2, 7, 13, 18, 24, 31];

describe('a reconciliation that is killed', () => {
  it.each(someSteps)('after %i requests ends in the same books when its arrival is told again', async (requests) => {
    expect(await reconcileKilledAfter(journey, requests, requests % 2 === 0)).toBe(true);
  });
});
