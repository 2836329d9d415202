import * as z from 'zod/mini';
import type { CollectingUnit } from '#shared/domain/collecting-unit.ts';
import { type DeclaredSeries, declaredSeriesSchema, faultOfDeclaredSeries } from '#shared/domain/declared-series.ts';
import dev from './dev/series.json' with { type: 'json' };
import prod from './prod/series.json' with { type: 'json' };
import { faultsOfRepeats, type RegistryFile, readRegistry } from './registry-file.ts';
import type { Stage } from './stage.ts';
import { loadUnits } from './units.ts';

const files: Readonly<Record<Stage, RegistryFile>> = {
  dev: { path: 'config/dev/series.json', data: dev },
  prod: { path: 'config/prod/series.json', data: prod },
};

/**
 * The series that the units of a stage may issue from.
 * @throws ConfigurationError naming every fault, also of the units
 */
export function loadSeries(stage: Stage): readonly DeclaredSeries[] {
  return readSeries(files[stage], loadUnits(stage));
}

export function readSeries(file: RegistryFile, units: readonly CollectingUnit[]): readonly DeclaredSeries[] {
  return readRegistry(file, z.array(declaredSeriesSchema), (rows) => [
    ...faultsOfRepeats(rows, 'series', ({ taxCode, template, series }) => [`${taxCode}/${template}/${series}`]),
    ...rows.flatMap((row, index) => {
      const fault =
        faultOfDeclaredSeries(row) ?? faultOfOwner(row, units) ?? faultOfSharing(row, rows.slice(0, index), units);
      return fault === undefined ? [] : [`[${index}]: ${fault}`];
    }),
  ]);
}

function faultOfOwner({ unitCode, taxCode }: DeclaredSeries, units: readonly CollectingUnit[]): string | undefined {
  const owners = units.filter((unit) => unit.unitCode === unitCode);
  if (owners.length === 0) return `${unitCode} is no unit of the units file`;
  return owners.some((unit) => unit.taxCode === taxCode) ? undefined : `tax code ${taxCode} is not that of ${unitCode}`;
}

/**
 * Delegated collection splits the numbers of one registered series between the delegator and its delegates, each of them
 * with a row of its own (NĐ 254/2026 art. 25): no number may belong to two.
 */
function faultOfSharing(
  row: DeclaredSeries,
  earlier: readonly DeclaredSeries[],
  units: readonly CollectingUnit[],
): string | undefined {
  const holders = holdersOf(row, units);
  const shares = earlier.find(
    (other) =>
      other.series === row.series &&
      other.firstNumber <= row.lastNumber &&
      row.firstNumber <= other.lastNumber &&
      holdersOf(other, units).some((holder) => holders.includes(holder)),
  );
  if (shares === undefined) return undefined;
  const { firstNumber, lastNumber, unitCode } = shares;
  return `numbers of ${row.series} overlap with ${firstNumber}–${lastNumber} of ${unitCode}, for the same delegator`;
}

/** Whose receipts the numbers of a row are: the unit's own, or those of who delegated the collection to it. */
function holdersOf({ unitCode, taxCode }: DeclaredSeries, units: readonly CollectingUnit[]): readonly string[] {
  const delegators = units.filter((unit) => unit.unitCode === unitCode).flatMap(({ delegator }) => delegator ?? []);
  return delegators.length === 0 ? [taxCode] : delegators.map((delegator) => delegator.taxCode);
}
