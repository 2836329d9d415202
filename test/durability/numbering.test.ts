import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inParallel } from '#shared/processes/in-parallel.ts';
import { documentKeysOf, type IssuingScene, issueUntilDone, makeIssuingScene } from '#test/support/issuing-scene.ts';
import { putPaidPayments } from '#test/support/paid-record.ts';

const count = 1_000;

describe('1 000 payments at once on one series', () => {
  let scene: IssuingScene;
  beforeAll(async () => {
    scene = await makeIssuingScene();
  }, 60_000);
  afterAll(() => scene.engine.stop());

  it('get exactly the numbers 1 to 1000 from ten racing batches, each repeating a part of another', async () => {
    const ids = await putPaidPayments(scene.table, count);
    const batches = Array.from({ length: 10 }, (_, index) => ids.slice(index * 100, index * 100 + 125));

    await inParallel(batches, 10, async (batch) => void (await issueUntilDone(scene, batch)));

    const register = await scene.register('26TAA');
    expect(register.map(({ content }) => content.number)).toEqual(
      Array.from({ length: count }, (_, index) => index + 1),
    );
    expect(new Set(register.map(({ paymentId }) => paymentId)).size).toBe(count);
    expect(await scene.archivedKeys()).toEqual(documentKeysOf(register));
  }, 120_000);
});
