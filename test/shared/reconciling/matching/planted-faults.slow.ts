import { describe, expect, it } from '@jest/globals';
import {
  foundFigures,
  plantedFigures,
  reconcileSample,
  sampleDayOf,
  takeAsFile,
  takeAsRead,
} from '#test/support/sample-days.ts';
import { openTestEngine } from '#test/support/sides-of-a-day.ts';

describe('of a thousand days with planted faults', () => {
  it('the engine finds exactly those, before and after late files, whatever an earlier edition said', async () => {
    const database = await openTestEngine();
    for (let seed = 0; seed < 1000; seed += 1) {
      const sample = sampleDayOf(seed);
      const rows = sample.statements.get(sample.day) ?? [];
      const reconcile = (order: { rows: typeof rows; withNeighbours: boolean }) =>
        reconcileSample(database, sample, { ...order, take: seed % 10 === 0 ? takeAsFile : takeAsRead });
      await reconcile({ rows: sample.firstEdition, withNeighbours: false });
      const alone = await reconcile({ rows, withNeighbours: false });
      const whole = await reconcile({ rows, withNeighbours: true });
      expect({ seed, alone: foundFigures(alone), whole: foundFigures(whole) }).toEqual({
        seed,
        alone: plantedFigures(sample.plantedAlone),
        whole: plantedFigures(sample.planted),
      });
    }
    database.close();
  }, 3_600_000);
});
