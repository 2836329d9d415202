import { describe, expect, it } from '@jest/globals';
import {
  foundRows,
  plantedRows,
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
      const take = seed % 10 === 0 ? takeAsFile : takeAsRead;
      await reconcileSample(database, sample, { rows: sample.firstEdition, withNeighbours: false, take });
      for (const [withNeighbours, planted] of [
        [false, sample.plantedAlone],
        [true, sample.planted],
      ] as const) {
        const figures = await reconcileSample(database, sample, { rows, withNeighbours, take });
        const found = await foundRows(database.engine, figures);
        expect({ seed, withNeighbours, ...found }).toEqual({ seed, withNeighbours, ...plantedRows(planted) });
      }
    }
    database.close();
  }, 3_600_000);
});
