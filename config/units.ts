import * as z from 'zod/mini';
import { type CollectingUnit, collectingUnitSchema } from '#shared/domain/collecting-unit.ts';
import dev from './dev/units.json' with { type: 'json' };
import prod from './prod/units.json' with { type: 'json' };
import { faultsOfOverlaps, type RegistryFile, readRegistry } from './registry-file.ts';
import type { Stage } from './stage.ts';

const files: Readonly<Record<Stage, RegistryFile>> = {
  dev: { path: 'config/dev/units.json', data: dev },
  prod: { path: 'config/prod/units.json', data: prod },
};

/**
 * The collecting organisations of a stage.
 * @throws ConfigurationError naming every fault
 */
export function loadUnits(stage: Stage): readonly CollectingUnit[] {
  return readUnits(files[stage]);
}

export function readUnits(file: RegistryFile): readonly CollectingUnit[] {
  return readRegistry(file, z.array(collectingUnitSchema), (units) => [
    ...faultsOfOverlaps(units, (unit) => ({ code: unit.unitCode, from: unit.validFrom, to: unit.validTo ?? '9999' })),
    ...units.flatMap((unit, index) => faultsOfUnit(unit, units).map((fault) => `[${index}]: ${fault}`)),
  ]);
}

function faultsOfUnit(unit: CollectingUnit, units: readonly CollectingUnit[]): readonly string[] {
  const { unitCode, validFrom, validTo, successor } = unit;
  const faults: string[] = [];
  if (validTo !== undefined && validTo < validFrom) faults.push('validTo is before validFrom');
  if (unit.delegator?.taxCode === unit.taxCode) faults.push('delegator is the unit itself');
  // A unit is a collecting organisation: receipts are one per organisation, and find their unit by code.
  const twin = units.find(
    (other) => other.unitCode !== unitCode && other.taxCode === unit.taxCode && overlap(other, unit),
  );
  if (twin !== undefined) faults.push(`tax code ${unit.taxCode} is that of ${twin.unitCode} at the same time`);
  if (successor === undefined) return faults;
  if (validTo === undefined) faults.push(`${unitCode} has a successor but no validTo`);
  const known = units.some((other) => other.unitCode === successor);
  if (!known) faults.push(`successor ${successor} is no unit of this file`);
  return faults;
}

function overlap(one: CollectingUnit, other: CollectingUnit): boolean {
  return one.validFrom <= (other.validTo ?? '9999') && other.validFrom <= (one.validTo ?? '9999');
}
