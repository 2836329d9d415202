import { join } from 'node:path';
import type { FileDigest } from '#schemas/reconciliation.ts';
import { addressOf, type StatementDay } from '#shared/domain/statement-day.ts';
import { statementKeyOf } from '#shared/domain/statement-key.ts';
import { type AcceptingNeeds, mostBytes } from './accept-statement.ts';

/** A file that was taken, on the disk of this run. */
export interface TakenFile {
  readonly day: StatementDay['day'];
  readonly file: string;
  readonly digest: FileDigest;
}

/** The file that counts for a day; nothing where none was taken. */
export async function fetchTaken(
  state: StatementDay | undefined,
  folder: string,
  { store }: Pick<AcceptingNeeds, 'store'>,
): Promise<TakenFile | undefined> {
  if (state?.file === undefined) return undefined;
  const { gateway, merchant, day } = state;
  const { digest, name, storedVersion: version } = state.file;
  const file = join(folder, `${gateway}-${merchant}-${day}`);
  const key = statementKeyOf({ ...addressOf(state), name });
  const fetched = await store.fetch({ key, version }, file, mostBytes);
  if (fetched.kind === 'fetched' && fetched.digest === digest) return { day, file, digest };
  throw new Error(
    `${key} is no longer the file that was taken with the digest ${digest}: it was deleted or overwritten in a store ` +
      'that keeps no versions. Put the file of that digest there again.',
  );
}
