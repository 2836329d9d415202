import { createHash } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Instant } from '#schemas/ids.ts';
import { pageKeyOf } from '#shared/domain/balance-page.ts';
import { instantAfter } from '#shared/domain/calendar.ts';
import type { DayClose } from '#shared/domain/day-close.ts';
import type { DayAddress } from '#shared/domain/statement-day.ts';
import { injectFault } from '#test/support/faults.ts';
import { killAfter } from '#test/support/kills.ts';
import { makePageScene, type PageScene } from '#test/support/page-scene.ts';
import { tuesdayMorning } from '#test/support/reconciliation-scene.ts';

const scenes: PageScene[] = [];
let scene: PageScene;
beforeEach(async () => {
  scene = await makePageScene();
  scenes.push(scene);
});
afterAll(() => Promise.all(scenes.map(({ engine }) => engine.stop())));

const minute = 60_000;
const after = (minutes: number): Instant => instantAfter(tuesdayMorning, minutes * minute);

describe('a sweep that ends anywhere', () => {
  const dies = (): Promise<never> => Promise.reject(new Error('the process ended here'));

  it('before the page was archived, leaves nothing behind', async () => {
    const address = await scene.closedDay();
    await scene.sweep({ archive: { ...scene.signing.archive, store: dies } });
    expect(await scene.archivedKeys()).toEqual([]);
    scene.setClock(after(2));
    await scene.sweep();
    expect(await scene.pageOf(address)).toMatchObject({ signedAt: after(2) });
  });

  const recordings = {
    'before it was recorded': () => ({ ledger: { ...scene.ledger, recordPage: () => dies() } }),
    'while it was recorded': () => {
      injectFault(scene.table.client, { command: 'UpdateItemCommand', kind: 'committed-then-timeout' });
      return {};
    },
  };
  it.each(Object.entries(recordings))(
    'after the page was archived, %s: the next one takes what lies there for the page',
    async (_when, change) => {
      const address = await scene.closedDay();
      await scene.sweep(change());
      expect(scene.codes()).toEqual(['BALANCE_PAGE_DELAYED']);
      const [key = ''] = await scene.archivedKeys();
      const first = await scene.archived(key);
      scene.setClock(after(90));

      await scene.sweep();

      expect(await scene.archivedKeys()).toEqual([key]);
      expect(await scene.archived(key)).toEqual(first);
      expect(await scene.pageOf(address)).toMatchObject({ key, bytes: first.length, signedAt: tuesdayMorning });
      expect(await scene.ledger.findOwed()).toEqual([]);
    },
  );

  it('after any of its requests, done or not, is finished by the next ones in one page', async () => {
    const deaths: string[] = [];
    for (const isDone of [false, true]) {
      for (let requests = 0; ; requests += 1) {
        const address = await scene.closedDay();
        const kill = killAfter([scene.table.client, scene.engine.s3], requests, isDone);
        await scene.sweep().catch(() => undefined);
        const wasKilled = kill.struck();
        kill.remove();
        const dueAt = await scene.dueAtOf(address);
        if (dueAt !== undefined) {
          scene.setClock(instantAfter(dueAt, minute));
          await scene.sweep();
        }
        const close = await scene.closeOf(address);
        expect(close.page?.key).toBe(pageKeyOf(close));
        const bytes = await scene.archived(pageKeyOf(close));
        expect(createHash('sha256').update(bytes).digest('hex')).toBe(close.page?.sha256);
        expect(await scene.ledger.findOwed()).toEqual([]);
        scene.setClock(tuesdayMorning);
        if (!wasKilled) break;
        deaths.push(`${requests} ${isDone}`);
      }
    }
    expect(await scene.archivedKeys()).toHaveLength(deaths.length + 2);
    expect(deaths.length).toBeGreaterThanOrEqual(10);
    expect(scene.codes()).not.toContain('BALANCE_PAGE_FAULT');
  });

  it('or runs beside others gives one page', async () => {
    const address = await scene.closedDay();
    const clocks = Array.from({ length: 6 }, (_, index) => () => after(index));
    await Promise.all(clocks.map((clock) => scene.sweep({ clock })));

    const keys = await scene.archivedKeys();
    expect(keys).toHaveLength(1);
    expect(await scene.pageOf(address)).toMatchObject({
      key: keys[0],
      bytes: (await scene.archived(keys[0] ?? '')).length,
    });
    expect(scene.codes().filter((code) => code === 'BALANCE_PAGE_SIGNED')).toHaveLength(1);
    expect(scene.codes()).not.toContain('BALANCE_PAGE_FAULT');
    expect(await scene.ledger.findOwed()).toEqual([]);
  });

  it('never takes a page for its own that is of another close, or altered', async () => {
    const [address, other] = [await scene.closedDay(), await scene.closedDay()];
    await scene.sweep(
      {},
      {
        ledger: {
          ...scene.ledger,
          findOwed: async () => (await scene.ledger.findOwed()).filter(({ merchant }) => merchant === other.merchant),
        },
      },
    );
    const foreign = await scene.archived((await scene.pageOf(other))?.key ?? '');
    await scene.putArchived(pageKeyOf(await scene.closeOf(address)), foreign);

    await scene.sweep();

    expect(await scene.pageOf(address)).toBeUndefined();
    expect(scene.told.at(-1)).toMatchObject({
      code: 'BALANCE_PAGE_FAULT',
      facts: { why: expect.stringContaining('this close gives another page') },
    });
    scene.setClock(after(24 * 60));
    await scene.putArchived(pageKeyOf(await scene.closeOf(address)), Buffer.from('%PDF-1.7 of somebody'));
    await scene.sweep();
    expect(scene.told.at(-1)?.facts['why']).toContain('they bear no signature as ours');
  });
});

describe('a table that was restored to before a close', () => {
  /** As if the day had been closed again, in the same way or in another. */
  const closeAgain = async (address: DayAddress, change: Partial<DayClose> = {}) => {
    const before = await scene.closeOf(address);
    const { page: _lost, ...lasting } = before;
    const again = { ...lasting, dueAt: tuesdayMorning, revision: before.revision + 1, ...change };
    const { day } = await scene.record(address);
    if (day === undefined) throw new Error('there is no day');
    const move = { before: day, after: { ...day, version: day.version + 1 } };
    expect(await scene.needs.book.moveClose({ before, after: again }, move)).toBe('written');
  };

  it('takes the page of the very same close again, and has another one signed for another close', async () => {
    const address = await scene.closedDay();
    await scene.sweep();
    const first = await scene.pageOf(address);

    await closeAgain(address);
    scene.setClock(after(5));
    await scene.sweep();
    expect(await scene.pageOf(address)).toMatchObject({
      key: first?.key,
      sha256: first?.sha256,
      signedAt: tuesdayMorning,
    });
    expect(scene.told.at(-1)?.facts['as']).toBe('adopted');

    await closeAgain(address, { decidedAt: after(6) });
    scene.setClock(after(7));
    await scene.sweep();
    const second = await scene.pageOf(address);
    expect(second).toMatchObject({ signedAt: after(7) });
    expect(new Set(await scene.archivedKeys())).toEqual(new Set([first?.key, second?.key]));
  });
});
