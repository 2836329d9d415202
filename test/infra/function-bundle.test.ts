import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { bundleFunction } from '#infra/constructs/function-bundle.ts';

const folders = [0, 1].map(() => mkdtempSync(join(tmpdir(), 'bien-lai-bundle-')));
const [folder = '', otherFolder = ''] = folders;
const { outputs } = bundleFunction('functions/accept-callback/handler.ts', folder);
afterAll(() => {
  for (const made of folders) rmSync(made, { recursive: true });
});

const outputNamed = (name: string) => Object.entries(outputs).find(([path]) => basename(path) === name)?.[1];

/** The files that are loaded with a file, itself first. */
function loadedWith(name: string): readonly string[] {
  const loaded = new Set([name]);
  for (const file of loaded) {
    for (const { path, kind, external } of outputNamed(file)?.imports ?? []) {
      if (kind === 'import-statement' && external !== true) loaded.add(basename(path));
    }
  }
  return [...loaded];
}

describe('the bundle of a function', () => {
  it('starts from two files: the one that Lambda names and the one that it shares with what comes late', () => {
    expect(loadedWith('index.mjs')).toEqual(['index.mjs', expect.stringMatching(/^chunk-.*\.mjs$/)]);
  });

  it('starts from files of one byte a letter', () => {
    for (const file of loadedWith('index.mjs'))
      expect(readFileSync(join(folder, file), 'latin1')).toMatch(/^[\0-\x7f]*$/);
  });

  it('holds S3 apart, with an SDK of its own', () => {
    const [, start = ''] = loadedWith('index.mjs');
    const sourcesOf = (file: string) => Object.keys(outputNamed(file)?.inputs ?? {});
    const onlyForS3 = /client-s3|XmlShapeSerializer|flexible-checksums|ChecksumStream/;

    expect(sourcesOf(start).filter((source) => onlyForS3.test(source))).toEqual([]);
    expect(loadedWith('bucket-evidence.mjs').flatMap(sourcesOf)).toContainEqual(expect.stringContaining('client-s3'));
    expect(loadedWith('bucket-evidence.mjs')).not.toContain(start);
    expect(readFileSync(join(folder, start), 'utf8')).toContain('import("./bucket-evidence.mjs")');
  });

  it('names its sources as they lie in the project', () => {
    const sources = Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs));

    expect(sources).toContain('functions/accept-callback/handler.ts');
    expect(sources).toContain('functions/shared/gateways/vnpay/gateway.ts');
  });

  it('is the same wherever it is made, so that nothing is deployed that did not change', () => {
    bundleFunction('functions/accept-callback/handler.ts', otherFolder);

    expect(readdirSync(otherFolder)).toEqual(readdirSync(folder));
  });
});
