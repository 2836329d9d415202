import { readFile, rm } from 'node:fs/promises';
import * as z from 'zod';
import { jsonOrNothing } from '#infra/local/json-or-nothing.ts';
import { writeState } from '#infra/local/state-file.ts';
import type { DeskPlace } from './desk-place.ts';

const keptTokenSchema = z.strictObject({
  /** Of which interface: a token is shown to no other one. */
  baseUrl: z.string(),
  token: z.string().min(1),
  expiresAt: z.iso.datetime(),
});

type Place = Pick<DeskPlace, 'baseUrl' | 'tokenFile'>;

/** Nobody is signed in, or no longer. */
export class NotSignedIn extends Error {
  override readonly name = 'NotSignedIn';

  constructor() {
    super('Chưa đăng nhập, hoặc phiên đã hết hạn. Hãy chạy: npm run finance -- login (not signed in, or no longer).');
  }
}

export async function keepToken({ baseUrl, tokenFile }: Place, token: string, expiresAt: string): Promise<void> {
  await writeState(tokenFile, { baseUrl, token, expiresAt });
}

/** @throws NotSignedIn */
export async function readToken({ baseUrl, tokenFile }: Place, now: Date): Promise<string> {
  const text = await readFile(tokenFile, 'utf8').catch(() => '');
  const kept = keptTokenSchema.safeParse(jsonOrNothing(text));
  if (!kept.success || kept.data.baseUrl !== baseUrl || new Date(kept.data.expiresAt) <= now) throw new NotSignedIn();
  return kept.data.token;
}

export async function forgetToken({ tokenFile }: Place): Promise<void> {
  await rm(tokenFile, { force: true });
}
