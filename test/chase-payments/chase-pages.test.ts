import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { closeDay } from '#functions/finance-desk/close-day.ts';
import type { Instant } from '#schemas/ids.ts';
import { pageKeyOf } from '#shared/domain/balance-page.ts';
import { instantAfter } from '#shared/domain/calendar.ts';
import { type SigningKeys, SigningRefused, SigningUnavailable } from '#shared/domain/signing-ports.ts';
import { makePageScene, type PageScene } from '#test/support/page-scene.ts';
import { pdfToolsArePresent, textOfPdf } from '#test/support/pdf-tools.ts';
import { aFinding, checker, digestNamed, maker, resultOf, tuesdayMorning } from '#test/support/reconciliation-scene.ts';
import { pdfsigSays, signatureToolsArePresent } from '#test/support/signature-tools.ts';

const scenes: PageScene[] = [];
let scene: PageScene;
// A scene of its own for each: a sweep goes over all that is owed.
beforeEach(async () => {
  scene = await makePageScene();
  scenes.push(scene);
});
afterAll(() => Promise.all(scenes.map(({ engine }) => engine.stop())));

const toolsArePresent = pdfToolsArePresent() && signatureToolsArePresent();
const minute = 60_000;
const after = (minutes: number): Instant => instantAfter(tuesdayMorning, minutes * minute);
const failing = (error: Error): SigningKeys => ({ signerOf: () => Promise.reject(error) });
const silent = failing(new SigningUnavailable('the signing service gave no answer in 5 s'));

describe('a day that two persons have closed', () => {
  it('owes its page from the close on, and nothing before', async () => {
    const address = await scene.readyDay();
    await closeDay(address, { act: 'propose', kind: 'reconciled' }, maker, scene.desk);
    expect(await scene.ledger.findOwed()).toEqual([]);
    await closeDay(address, { act: 'approve', number: 1 }, checker, scene.desk);
    expect(await scene.ledger.findOwed()).toEqual([{ ...address, dueAt: tuesdayMorning, closedAt: tuesdayMorning }]);
  });

  it('owes none where the account has no unit that signs', async () => {
    await scene.closed();
    expect(await scene.ledger.findOwed()).toEqual([]);
    expect(await scene.sweep()).toEqual({ owed: 0, signed: 0, overdue: 0 });
    expect(await scene.archivedKeys()).toEqual([]);
  });

  it('gets its page signed by the sweep, archived and recorded, and owes nothing then', async () => {
    const address = await scene.closedDay();
    const before = await scene.closeOf(address);
    scene.setClock(after(1));

    expect(await scene.sweep()).toEqual({ owed: 1, signed: 1, overdue: 0 });

    const { page, ...close } = await scene.closeOf(address);
    const { dueAt: _dueAt, ...closedAs } = before;
    expect(close).toEqual(closedAs);
    expect(await scene.archivedKeys()).toEqual([pageKeyOf(before)]);
    const bytes = await scene.archived(pageKeyOf(before));
    expect(page).toMatchObject({
      key: pageKeyOf(before),
      bytes: bytes.length,
      signedAt: after(1),
      archivedAt: after(1),
    });
    expect(await scene.ledger.findOwed()).toEqual([]);
    expect(scene.told).toEqual([
      { code: 'BALANCE_PAGE_SIGNED', facts: { ...address, key: page?.key, sha256: page?.sha256, as: 'stored' } },
    ]);
    expect(await scene.sweep()).toEqual({ owed: 0, signed: 0, overdue: 0 });
  });

  (toolsArePresent ? it : it.skip)(
    'is signed as it was closed, whatever became of it since: late files, exceptions that people ended',
    async () => {
      const address = await scene.closedDay();
      const { digest } = await scene.closeOf(address);
      scene.setClock('2026-12-02T02:00:00.000Z');
      await scene.take(address, 'late.txt');
      const late = aFinding('LECH_TIEN', { transactionId: 'late', ledgerAmountVnd: 20_000, ledgerState: 'paid' });
      await scene.run(address, resultOf([late], 'late'));

      await scene.sweep();

      const bytes = await scene.archived((await scene.pageOf(address))?.key ?? '');
      expect(pdfsigSays(bytes)).toContain('Signature is Valid.');
      const text = textOfPdf(bytes);
      expect(text).toContain('Căn cứ: lần đối soát thứ 1');
      expect(text).toContain(`Sao kê (SHA-256): ${digestNamed('statement.txt')}`);
      expect(text).toContain('Ngoại lệ còn mở lúc khóa sổ: 1');
      expect(text).toContain(`Người lập: ${maker}, lúc 08:30:00 ngày 24/11/2026`);
      expect(text).toContain(`Người duyệt: ${checker}, lúc 08:30:00 ngày 24/11/2026`);
      expect(text).toContain(digest);
      expect(text).toContain('hệ thống lập từ số liệu đã khóa, lúc 09:00:00 ngày 02/12/2026');
      expect(text).not.toContain('Điều chỉnh');
      expect(text).not.toContain('Lệch số tiền');
    },
  );

  it('whose account has lost its unit since is let go, unsigned', async () => {
    const address = await scene.closedDay();
    await scene.sweep({ settings: { accounts: [] } });
    expect(await scene.pageOf(address)).toBeUndefined();
    expect(await scene.ledger.findOwed()).toEqual([]);
    expect(await scene.archivedKeys()).toEqual([]);
  });
});

describe('a page whose signer fails', () => {
  it('stays owed, is tried again ever more seldom, rings after an hour, and is signed when the signer is back', async () => {
    const address = await scene.closedDay();
    const tries: number[] = [];
    const overdue: number[] = [];
    for (let minutes = 0; minutes <= 120; minutes += 1) {
      scene.setClock(after(minutes));
      const before = scene.codes().length;
      const sweep = await scene.sweep({ keys: silent });
      if (scene.codes().length > before) tries.push(minutes);
      if (sweep.overdue > 0) overdue.push(minutes);
    }
    expect(tries).toEqual([0, 1, 2, 4, 8, 16, 32, 64]);
    expect([overdue[0], overdue.length]).toEqual([60, 61]);
    expect(new Set(scene.codes())).toEqual(new Set(['BALANCE_PAGE_DELAYED']));
    expect(await scene.archivedKeys()).toEqual([]);
    scene.setClock(after(125));

    expect(await scene.sweep()).toEqual({ owed: 1, signed: 1, overdue: 0 });

    expect(await scene.pageOf(address)).toMatchObject({ signedAt: after(125) });
  });

  it('that only a person can mend is told as a fault, once a day', async () => {
    const address = await scene.closedDay();
    await scene.sweep({ keys: failing(new SigningRefused('its certificate was revoked')) });
    expect(scene.told).toEqual([
      { code: 'BALANCE_PAGE_FAULT', facts: { ...address, why: 'its certificate was revoked' } },
    ]);
    expect(await scene.dueAtOf(address)).toBe(after(24 * 60));
    await scene.sweep({ units: [] });
    expect(scene.told).toHaveLength(1);
    scene.setClock(after(24 * 60));
    await scene.sweep({ units: [] });
    expect(scene.told.at(-1)?.facts['why']).toContain('vpdkdd, which is no unit of units.json');
  });

  it('holds up no other, and a silent signer is asked once in a sweep for all of its pages', async () => {
    const [one, ...others] = [
      await scene.closedDay(),
      await scene.closedDay(),
      await scene.closedDay(),
      await scene.closedDay(),
      await scene.closedDay(),
    ];
    const faulty = {
      ...scene.signing.archive,
      read: async (key: string) => {
        if (key.includes(`/${one.merchant}/`)) throw new Error('the archive does not answer');
        return scene.signing.archive.read(key);
      },
    };
    expect(await scene.sweep({ archive: faulty })).toEqual({ owed: 5, signed: 4, overdue: 0 });
    for (const other of others) expect(await scene.pageOf(other)).toBeDefined();
    expect(await scene.dueAtOf(one)).toBe(after(1));

    const more = await Promise.all(Array.from({ length: 6 }, () => scene.closedDay()));
    let asked = 0;
    const counting: SigningKeys = {
      signerOf: () => {
        asked += 1;
        return Promise.reject(new SigningUnavailable('no answer'));
      },
    };
    await scene.sweep({ keys: counting });
    expect(more).toHaveLength(6);
    // Those that began together; none after the first silence.
    expect(asked).toBeLessThanOrEqual(4);
  });

  it('waits for the next sweep when this one has no time left', async () => {
    const address = await scene.closedDay();
    expect(await scene.sweep({}, { remainingMilliseconds: () => 10_000 })).toEqual({ owed: 1, signed: 0, overdue: 0 });
    expect(await scene.dueAtOf(address)).toBe(tuesdayMorning);
    expect(await scene.archivedKeys()).toEqual([]);
  });
});
