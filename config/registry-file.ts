import type * as z from 'zod/mini';
import { ConfigurationError } from '#shared/domain/failures.ts';
import { faultsOfSchema } from '#shared/domain/schema-faults.ts';

/** A registry as it lies in its file, before anything is believed about it. */
export interface RegistryFile<Data = unknown> {
  /** As people find it: `config/prod/units.json`. */
  readonly path: string;
  readonly data: Data;
}

/**
 * Reads a registry: a list of at least one row, each of them right by itself and right beside the others.
 * @param faultsAmong says what is wrong between rows that are each right; each fault begins with the row it means
 * @throws ConfigurationError naming every fault with file and place
 */
export function readRegistry<Row>(
  file: RegistryFile,
  rowsSchema: z.ZodMiniType<readonly Row[]>,
  faultsAmong: (rows: readonly Row[]) => readonly string[],
): readonly Row[] {
  const parsed = rowsSchema.safeParse(file.data);
  if (!parsed.success) {
    return refuse(
      file,
      faultsOfSchema(parsed.error).map(({ path, message }) => `${placeOf(path)}: ${message}`),
    );
  }
  refuseEmpty(file, parsed.data);
  const faults = faultsAmong(parsed.data);
  return faults.length > 0 ? refuse(file, faults) : parsed.data;
}

/** Faults of rows that say the same twice, where `keysOf` tells what must be unique. */
export function faultsOfRepeats<Row>(
  rows: readonly Row[],
  what: string,
  keysOf: (row: Row) => readonly string[],
): readonly string[] {
  const rowOfKey = new Map<string, number>();
  const faults: string[] = [];
  for (const [index, row] of rows.entries()) {
    for (const key of keysOf(row)) {
      const earlier = rowOfKey.get(key);
      if (earlier === undefined) rowOfKey.set(key, index);
      else faults.push(`[${index}]: ${what} ${key} is already in row [${earlier}]`);
    }
  }
  return faults;
}

/** Faults of rows whose periods overlap, so that a day would find two rows of one code. */
export function faultsOfOverlaps<Row>(
  rows: readonly Row[],
  periodOf: (row: Row) => { readonly code: string; readonly from: string; readonly to: string },
): readonly string[] {
  const periods = rows.map(periodOf);
  return periods.flatMap((period, index) =>
    periods.slice(0, index).flatMap((earlier, earlierIndex) => {
      const overlap = period.code === earlier.code && period.from <= earlier.to && earlier.from <= period.to;
      return overlap ? [`[${index}]: ${period.code} is valid at the same time as row [${earlierIndex}]`] : [];
    }),
  );
}

/** @throws ConfigurationError when there is no row */
export function refuseEmpty(file: RegistryFile, rows: readonly unknown[]): void {
  if (rows.length === 0) refuse(file, ['the list is empty; nobody has filled this registry for the stage yet']);
}

/** @throws ConfigurationError naming every fault with the file */
export function refuse(file: RegistryFile, faults: readonly string[]): never {
  throw new ConfigurationError(
    `${file.path} is not usable: ${faults.join('; ')}. Mend the file as config/README.md says, then build again.`,
  );
}

/** `[3].taxCode`, as people count places in JSON. */
export function placeOf(path: readonly PropertyKey[]): string {
  const place = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  return place === '' ? 'the file' : place;
}
