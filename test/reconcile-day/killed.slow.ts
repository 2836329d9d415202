import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { reconcileKilledAfter } from '#test/support/killed-reconciliation.ts';
import { makeReconcileJourney, type ReconcileJourney } from '#test/support/reconcile-journey.ts';

let journey: ReconcileJourney;
beforeAll(async () => {
  journey = await makeReconcileJourney();
}, 60_000);
afterAll(() => journey.stop());

describe.each([
  ['before', false],
  ['after', true],
])('a reconciliation that is killed %s a request reaches its engine', (_when, isDone) => {
  it('ends in the same books, whichever request it was', async () => {
    let requests = 0;
    while (await reconcileKilledAfter(journey, requests, isDone)) requests += 1;
    expect(requests).toBeGreaterThan(30);
  }, 600_000);
});
