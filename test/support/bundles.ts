import { globSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Metafile } from 'esbuild';
import { copyFonts } from '#infra/constructs/bundling.ts';
import { copyDuckDb } from '#infra/constructs/duckdb-binding.ts';
import { bundleFunction } from '#infra/constructs/function-bundle.ts';

const projectRoot = fileURLToPath(new URL('../../', import.meta.url));

/** The handler of every function, relative to the project's root. */
export const handlerEntries: readonly string[] = globSync('functions/*/handler.ts', { cwd: projectRoot }).toSorted();

/** What would be deployed of a function, and what it weighs. */
export interface FunctionBundle {
  readonly name: string;
  /** The file that Lambda imports. */
  readonly index: string;
  /** All of its code. */
  readonly bytes: number;
  /** What of it is loaded when the function starts; the rest waits until it is needed. */
  readonly bytesAtStart: number;
  /** The source files, ours and those of packages, that all of it was made of. */
  readonly sources: readonly string[];
  /** Those that the part loaded at the start was made of. */
  readonly sourcesAtStart: readonly string[];
}

/** Bundles an entry as production does, into a folder of its own under the given one. */
export function bundleEntry(entry: string, parentFolder: string): FunctionBundle {
  const name = nameOf(entry);
  const folder = join(parentFolder, name);
  const made = bundleFunction(entry, folder);
  if ('functions/shared/rendering/receipt-fonts.ts' in made.inputs) copyFonts(folder);
  if ('functions/shared/reconciling/engine.ts' in made.inputs) copyDuckDb(folder);
  return { name, index: join(folder, 'index.mjs'), ...weigh(made) };
}

/** `accept-callback` of `functions/accept-callback/handler.ts`, the file's own name of any other entry. */
export function nameOf(entry: string): string {
  const file = basename(entry, '.ts');
  return file === 'handler' ? basename(dirname(entry)) : file;
}

export function weigh({ outputs }: Metafile): Omit<FunctionBundle, 'name' | 'index'> {
  const loaded = new Set(Object.keys(outputs).filter((path) => basename(path) === 'index.mjs'));
  // A set gives what is added to it while it is walked through, too.
  for (const path of loaded) {
    for (const { path: imported, kind, external } of outputs[path]?.imports ?? []) {
      if (kind === 'import-statement' && external !== true) loaded.add(imported);
    }
  }
  const sum = (paths: Iterable<string>) => [...paths].reduce((bytes, path) => bytes + (outputs[path]?.bytes ?? 0), 0);
  const sourcesOf = (paths: Iterable<string>) => [...paths].flatMap((path) => Object.keys(outputs[path]?.inputs ?? {}));
  return {
    bytes: sum(Object.keys(outputs)),
    bytesAtStart: sum(loaded),
    sources: sourcesOf(Object.keys(outputs)),
    sourcesAtStart: sourcesOf(loaded),
  };
}
