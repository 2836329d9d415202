import { beforeAll, describe, expect, it } from '@jest/globals';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import type { DayAddress } from '#shared/domain/statement-day.ts';
import { recordRun } from '#shared/processes/record-reconciliation.ts';
import { type FaultKind, injectFault } from '#test/support/faults.ts';
import {
  aFinding,
  anAccountDay,
  makeReconciliationScene,
  manyFindings,
  type ReconciliationScene,
  resultOf,
} from '#test/support/reconciliation-scene.ts';

let scene: ReconciliationScene;

let calm: readonly string[];

beforeAll(async () => {
  scene = await makeReconciliationScene();
  const address = await prepared();
  await scene.run(address, second);
  calm = await itemsOf(address);
});

const first = resultOf(manyFindings(20), 'first');
/** Against the first: 35 new ones, 5 that changed, 5 that stay, 10 that are explained. */
const second = resultOf(
  [
    ...manyFindings(10).map((finding, index) =>
      index < 5 && finding.statement !== null
        ? { ...finding, statement: { ...finding.statement, status: 'pending' } }
        : finding,
    ),
    ...Array.from({ length: 35 }, (_, index) => aFinding('LECH_TIEN', { transactionId: `new-${index}` })),
  ],
  'second',
);

/** As the items would lie at another account, whose run was never broken off. */
async function itemsOf(address: DayAddress): Promise<readonly string[]> {
  const items = await scene.items(address);
  return items.map(({ begun: _begun, version: _version, ...item }) =>
    canonicalJson(item).replaceAll(address.merchant, 'account'),
  );
}

async function prepared(): Promise<DayAddress> {
  const address = anAccountDay();
  await scene.take(address);
  await scene.run(address, first);
  return address;
}

/** 50 moves are two transactions; the end of the run is the third. */
const transactions = [1, 2, 3];

describe('a run that is killed', () => {
  const kinds: readonly FaultKind[] = ['committed-then-timeout', 'never-sent'];
  it.each(transactions.flatMap((nth) => kinds.map((kind) => [nth, kind] as const)))(
    'at its transaction %i (%s) and run again ends in the same items',
    async (nth, kind) => {
      const struck = await prepared();
      const ticket = await scene.begin(struck);
      const fault = injectFault(scene.table.client, { command: 'TransactWriteItemsCommand', kind, nth });
      await expect(recordRun(ticket, second, scene.needs)).rejects.toThrow('injected');
      fault.remove();
      expect(fault.struck()).toBe(1);

      await scene.run(struck, second);

      expect(await itemsOf(struck)).toEqual(calm);
      expect((await scene.record(struck)).exceptions.filter(({ state }) => state !== 'closed')).toHaveLength(45);
    },
  );

  it('between its exceptions and its end keeps the day from being closed until it is run again', async () => {
    const address = await prepared();
    const ticket = await scene.begin(address);
    const fault = injectFault(scene.table.client, { command: 'TransactWriteItemsCommand', kind: 'never-sent', nth: 3 });
    await expect(recordRun(ticket, second, scene.needs)).rejects.toThrow('injected');
    fault.remove();

    expect((await scene.record(address)).day).toMatchObject({ running: { fence: 2 }, latest: { number: 1 } });
  });

  it('before it has written anything leaves the exceptions as they were', async () => {
    const address = await prepared();
    const before = (await scene.record(address)).exceptions;
    const ticket = await scene.begin(address);
    const fault = injectFault(scene.table.client, { command: 'QueryCommand', kind: 'never-sent' });
    await expect(recordRun(ticket, second, scene.needs)).rejects.toThrow('injected');
    fault.remove();

    expect((await scene.record(address)).exceptions).toEqual(before);
  });
});

describe('a fault that passes by itself', () => {
  it.each(['throttle', 'conflict', 'throttle-reason', 'conflict-reason'] as const)(
    'is not noticed: %s at every transaction once',
    async (kind) => {
      const address = await prepared();
      const ticket = await scene.begin(address);
      const faults = transactions.map((step) =>
        injectFault(scene.table.client, { command: 'TransactWriteItemsCommand', kind, nth: step }),
      );
      expect(await recordRun(ticket, second, scene.needs)).toMatchObject({ kind: 'recorded', run: { number: 2 } });
      for (const fault of faults) fault.remove();
      expect(faults.map((fault) => fault.struck())).toEqual([1, 1, 1]);
    },
  );
});
