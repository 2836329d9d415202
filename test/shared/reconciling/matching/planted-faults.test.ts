import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  foundRows,
  plantedRows,
  reconcileSample,
  sampleDayOf,
  takeAsFile,
  takeAsRead,
} from '#test/support/sample-days.ts';
import { openTestEngine } from '#test/support/sides-of-a-day.ts';

let database: Awaited<ReturnType<typeof openTestEngine>>;
beforeAll(async () => {
  database = await openTestEngine();
});
afterAll(() => database.close());

/** `planted-faults.slow.ts` goes on to a thousand. */
const seeds = Array.from({ length: 60 }, (_, seed) => seed);

describe('of a day with planted faults the engine finds', () => {
  it('exactly those, at the edges of days, months and years, with the files of all three days', async () => {
    for (const seed of seeds) {
      const sample = sampleDayOf(seed);
      const rows = sample.statements.get(sample.day) ?? [];
      const found = await reconcileSample(database, sample, { rows, withNeighbours: true, take: takeAsRead });
      expect({ seed, ...(await foundRows(database.engine, found)) }).toEqual({ seed, ...plantedRows(sample.planted) });
    }
  });

  it('those that can be known while the files of its neighbours are late', async () => {
    for (const seed of seeds.slice(0, 8)) {
      const sample = sampleDayOf(seed);
      const rows = sample.statements.get(sample.day) ?? [];
      const found = await reconcileSample(database, sample, { rows, withNeighbours: false, take: takeAsRead });
      expect({ seed, ...(await foundRows(database.engine, found)) }).toEqual({
        seed,
        ...plantedRows(sample.plantedAlone),
      });
    }
  });

  it('those of the last edition, whatever an earlier one said', async () => {
    for (const seed of seeds.slice(0, 3)) {
      const sample = sampleDayOf(seed);
      const rows = sample.statements.get(sample.day) ?? [];
      const before = { rows: sample.firstEdition, withNeighbours: false, take: takeAsFile };
      const { classes, statement } = await reconcileSample(database, sample, before);
      const consumed = Object.values(classes).reduce((sum, { statementVnd }) => sum + statementVnd, 0);
      expect({ seed, consumed }).toEqual({ seed, consumed: statement.payments.sum - statement.refunds.sum });
      const found = await reconcileSample(database, sample, { rows, withNeighbours: true, take: takeAsFile });
      expect({ seed, ...(await foundRows(database.engine, found)) }).toEqual({ seed, ...plantedRows(sample.planted) });
    }
  });
});
