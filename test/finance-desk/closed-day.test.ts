import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { findDay } from '#functions/finance-desk/show-day.ts';
import { businessDateSchema } from '#schemas/ids.ts';
import { recordRun } from '#shared/processes/record-reconciliation.ts';
import { type ClosingScene, makeClosingScene, wordOf } from '#test/support/closing-scene.ts';
import { injectFault } from '#test/support/faults.ts';
import {
  aFinding,
  checker,
  manyFindings,
  monday,
  resultOf,
  tuesdayMorning,
} from '#test/support/reconciliation-scene.ts';

let scene: ClosingScene;

beforeAll(async () => {
  scene = await makeClosingScene();
});
beforeEach(() => {
  scene.setClock(tuesdayMorning);
});

describe('a closed day', () => {
  const december = '2026-12-02T02:00:00.000Z';
  const today = businessDateSchema.parse('2026-12-02');

  it('is never opened again', async () => {
    const address = await scene.closed();
    expect(await scene.close(address, { act: 'reopen' }, checker)).toMatchObject({
      code: 'reopening',
      explanation: expect.stringContaining('không được mở lại'),
    });
    expect(wordOf(await scene.close(address, { act: 'propose' }, checker))).toBe('already-closed');
    expect(wordOf(await scene.close(address, { act: 'reject', number: 1, note: 'Muốn mở lại sổ' }, checker))).toBe(
      'already-closed',
    );
  });

  it('stays as it was when a late file tells more: that is booked on the day on which it was found', async () => {
    const address = await scene.closed();
    const before = (await scene.record(address)).close;
    scene.setClock(december);
    await scene.take(address, 'late.txt');
    const late = aFinding('LECH_TIEN', { transactionId: 'late', ledgerAmountVnd: 20_000, ledgerState: 'paid' });

    expect(await scene.run(address, resultOf([late], 'late'))).toMatchObject({
      run: { number: 2, isAfterClose: true },
    });

    const { close: after, exceptions, day } = await scene.record(address);
    expect(after).toEqual(before);
    expect(day).toMatchObject({ closing: 'closed', file: { revision: 2 }, latest: { number: 2 } });
    expect(exceptions.find(({ state }) => state === 'open')).toMatchObject({ day: monday, bookedOn: today });
    expect(exceptions.find(({ state }) => state === 'closed')).toMatchObject({ day: monday, bookedOn: monday });
    const booked = await scene.record({ ...address, day: today });
    expect(booked.adjustments).toHaveLength(2);
    expect(booked.adjustments).toContainEqual(expect.objectContaining({ effect: 'explained', differenceVnd: -28_000 }));
    expect(booked.adjustments).toContainEqual(
      expect.objectContaining({ day: monday, effect: 'found', differenceVnd: 8_000, run: 2 }),
    );
    expect(booked.day).toMatchObject({ books: 1 });
  });

  it('has its adjustments in the proof of the day on which they are booked', async () => {
    const address = await scene.closed();
    scene.setClock(december);
    await scene.run(address, resultOf([], 'healed'));
    const booked = { ...address, day: today };
    await scene.take(booked);
    await scene.run(booked, resultOf([]));
    expect(await findDay(booked, scene.needs)).toMatchObject({
      day: { proof: { adjustments: [{ day: monday, effect: 'explained', differenceVnd: -28_000 }] } },
    });
  });

  it('outdates the proposal for the day on which something of it is booked', async () => {
    const address = await scene.closed();
    scene.setClock(december);
    const booked = { ...address, day: today };
    await scene.reconciled([], booked);
    // Close to midnight, so that the day is over for its maker and not yet for the run.
    const ticket = await scene.begin(address);
    scene.setClock('2026-12-03T02:00:00.000Z');
    await scene.close(booked, { act: 'propose' });
    scene.setClock(december);
    await recordRun(ticket, resultOf([], 'healed'), scene.needs);
    scene.setClock('2026-12-03T02:00:00.000Z');
    expect(wordOf(await scene.close(booked, { act: 'approve', number: 1 }, checker))).toBe('outdated');
  });

  it('takes adjustments of many exceptions in transactions that are killed anywhere, once each', async () => {
    const address = await scene.reconciled(manyFindings(50));
    await scene.assignAll(address);
    await scene.close(address, { act: 'propose' });
    await scene.close(address, { act: 'approve', number: 1 }, checker);
    scene.setClock(december);
    for (const [nth, kind] of [
      [1, 'committed-then-timeout'],
      [2, 'never-sent'],
      [1, 'never-sent'],
    ] as const) {
      const ticket = await scene.begin(address);
      const fault = injectFault(scene.table.client, { command: 'TransactWriteItemsCommand', kind, nth });
      await expect(recordRun(ticket, resultOf([], 'healed'), scene.needs)).rejects.toThrow('injected');
      fault.remove();
    }
    await scene.run(address, resultOf([], 'healed'));

    const { adjustments, day } = await scene.record({ ...address, day: today });
    expect(adjustments).toHaveLength(50);
    expect(day?.books).toBe(2);
    expect((await scene.record(address)).exceptions.every(({ revision }) => revision === 3)).toBe(true);
  });
});
