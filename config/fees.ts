import * as z from 'zod/mini';
import { type FeeRow, feeRowSchema } from '#shared/domain/fee-catalogue.ts';
import dev from './dev/fees.json' with { type: 'json' };
import prod from './prod/fees.json' with { type: 'json' };
import { faultsOfOverlaps, type RegistryFile, readRegistry } from './registry-file.ts';
import type { Stage } from './stage.ts';

const files: Readonly<Record<Stage, RegistryFile>> = {
  dev: { path: 'config/dev/fees.json', data: dev },
  prod: { path: 'config/prod/fees.json', data: prod },
};

/**
 * The fee catalogue of a stage.
 * @throws ConfigurationError naming every fault; in prod also the rows whose amount is a placeholder
 */
export function loadFees(stage: Stage): readonly FeeRow[] {
  return readFees(files[stage], stage);
}

export function readFees(file: RegistryFile, stage: Stage): readonly FeeRow[] {
  return readRegistry(file, z.array(feeRowSchema), (rows) => [
    ...faultsOfOverlaps(rows, ({ feeCode, effective }) => ({
      code: feeCode,
      from: effective?.from ?? '0000',
      to: effective?.to ?? '9999',
    })),
    ...(stage === 'prod' ? faultsOfPlaceholders(rows) : []),
  ]);
}

/** Nobody may be charged an amount that no resolution set. */
function faultsOfPlaceholders(rows: readonly FeeRow[]): readonly string[] {
  const codes = rows.filter((row) => row.placeholder).map((row) => row.feeCode);
  return codes.length === 0 ? [] : [`${codes.length} rows still hold placeholder amounts: ${codes.join(', ')}`];
}
