import { generateKeyPair, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';

/** By which variable the test files find the keys of the run. */
const variable = 'TEST_RSA_KEYS_FILE';
const usualBits = 2048;
/** As many as most test files need. */
const keysOfRun = 12;

/**
 * Makes private keys for certificates once for the whole run: their primes are what takes time in a certificate.
 * @returns removes them
 */
export async function makeRsaKeys(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'bien-lai-keys-'));
  const file = join(folder, 'keys.json');
  const make = () => promisify(generateKeyPair)('rsa', { modulusLength: usualBits });
  const pairs = await Promise.all(Array.from({ length: keysOfRun }, make));
  await writeFile(file, JSON.stringify(pairs.map(({ privateKey }) => pemOf(privateKey))), { mode: 0o600 });
  process.env[variable] = file;
  return () => rm(folder, { recursive: true });
}

let untaken: string[] | undefined;

/** A private key, as PEM, that nothing else in this test file has; other files have the same ones. */
export function takeRsaKey(bits = usualBits): string {
  untaken ??= readKeys(process.env[variable]);
  const key = bits === usualBits ? untaken.pop() : undefined;
  return key ?? pemOf(generateKeyPairSync('rsa', { modulusLength: bits }).privateKey);
}

const readKeys = (file: string | undefined) =>
  file === undefined ? [] : z.array(z.string()).parse(JSON.parse(readFileSync(file, 'utf8')));

const pemOf = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' }).toString();
