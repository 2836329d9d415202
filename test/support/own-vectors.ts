import { globSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readVectorFile, type VectorFile } from '#test/conformance/vector-file.ts';

const folder = fileURLToPath(new URL('../fixtures/vectors/', import.meta.url));

/** Our copies of the vectors, and vectors of our own for what those leave out: every file of the folder. */
export function readOwnVectors(): Promise<readonly (VectorFile & { readonly name: string })[]> {
  const names = globSync('*.json', { cwd: folder }).toSorted();
  return Promise.all(
    names.map(async (file) => ({ ...(await readVectorFile(`${folder}${file}`)), name: basename(file) })),
  );
}
