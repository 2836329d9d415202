import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type * as z from 'zod';

/** Reads a state file that an earlier run wrote, or makes and writes it: keys and secrets must survive a restart. */
export async function readOrMake<Schema extends z.ZodType>(
  file: string,
  schema: Schema,
  make: () => Promise<z.infer<Schema>> | z.infer<Schema>,
): Promise<z.infer<Schema>> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text !== undefined) return parseState(file, schema, text);
  const made = await make();
  await writeState(file, made);
  return made;
}

/** Writes whole or not at all; only the owner may read it, since some of it is secret. */
export async function writeState(file: string, state: unknown): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.new`, JSON.stringify(state, null, 2), { mode: 0o600 });
  await rename(`${file}.new`, file);
}

function parseState<Schema extends z.ZodType>(file: string, schema: Schema, text: string): z.infer<Schema> {
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new Error(
      `${file} cannot be read: it was changed by hand or comes from another version. Delete it and start again.`,
      { cause },
    );
  }
}
