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
      const fault = faultOfDeclaredSeries(row) ?? faultOfOwner(row, units);
      return fault === undefined ? [] : [`[${index}]: ${fault}`];
    }),
  ]);
}

function faultOfOwner({ unitCode, taxCode }: DeclaredSeries, units: readonly CollectingUnit[]): string | undefined {
  const owners = units.filter((unit) => unit.unitCode === unitCode);
  if (owners.length === 0) return `${unitCode} is no unit of the units file`;
  return owners.some((unit) => unit.taxCode === taxCode) ? undefined : `tax code ${taxCode} is not that of ${unitCode}`;
}
