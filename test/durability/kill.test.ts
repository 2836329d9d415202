import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type IssuingProcess, startIssuing } from '#test/support/issuing-process.ts';
import { type IssuingScene, makeIssuingScene } from '#test/support/issuing-scene.ts';
import { putPaidPayments } from '#test/support/paid-record.ts';
import { realPages } from '#test/support/real-pages.ts';

describe('a process that is killed while it issues receipts', () => {
  let scene: IssuingScene;
  beforeEach(async () => {
    scene = await makeIssuingScene();
  });
  afterEach(() => scene.engine.stop());

  /** Kills the process when it has said the word so many times. */
  async function killAt(child: IssuingProcess, word: string, times = 1): Promise<void> {
    const ended = once(child, 'exit');
    let heard = 0;
    for await (const line of createInterface(child.stdout)) {
      if (line === word && (heard += 1) === times) child.kill('SIGKILL');
    }
    expect(await ended).toEqual([null, 'SIGKILL']);
    expect(heard).toBeGreaterThanOrEqual(times);
  }

  it.each(['archiving', 'recording'])(
    'before %s is finished by another with the same number and bytes',
    async (word) => {
      const [paymentId, ...none] = await putPaidPayments(scene.table, 1);
      if (paymentId === undefined || none.length > 0) throw new Error('one payment was wanted');
      await killAt(startIssuing(scene, [paymentId], word), word);
      const [numbered] = await scene.receiptsOf(paymentId);
      if (numbered === undefined) throw new Error('nothing was numbered before the kill');
      expect([numbered.content.number, numbered.pdf]).toEqual([1, undefined]);

      await scene.issue([paymentId], realPages);

      const receipts = await scene.receiptsOf(paymentId);
      expect(receipts).toEqual([{ ...numbered, pdf: expect.anything() }]);
      const bytes = await scene.archivedBytes('5709990011/EBL01/26TAA/00000001.pdf');
      expect(Buffer.from(bytes).equals(await realPages.render(numbered.content))).toBe(true);
      expect(await scene.archivedKeys()).toHaveLength(1);
    },
  );

  it('again and again leaves no gap, no repeat and no receipt without its document', async () => {
    const ids = await putPaidPayments(scene.table, 40);
    for (const [word, times] of [
      ['archiving', 3],
      ['recording', 5],
      ['archiving', 9],
    ] as const) {
      await killAt(startIssuing(scene, ids.slice(0, 10 * times)), word, times);
    }

    await scene.issue(ids, realPages);

    const register = await scene.register('26TAA');
    expect(register.map(({ content }) => content.number)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
    expect(new Set(register.map(({ paymentId }) => paymentId)).size).toBe(40);
    expect(await scene.archivedKeys()).toEqual(register.map(({ pdf }) => pdf?.key));
  }, 60_000);
});
