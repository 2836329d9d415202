import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { Template } from 'aws-cdk-lib/assertions';
import { buildApp } from '#infra/build-app.ts';
import { functionsOf } from './templates.ts';

const { app, stacks } = buildApp();
const functions = functionsOf(Template.fromStack(stacks.service));

/** What the template gives the functions, with addresses that lead nowhere. */
const environment = {
  AWS_REGION: 'ap-southeast-1',
  STAGE: 'dev',
  TABLE_NAME: 'ledger',
  RECEIPTS_BUCKET: 'receipts',
  EVIDENCE_BUCKET: 'evidence',
  STATEMENTS_BUCKET: 'statements',
  DOSSIER_QUEUE_URL: 'https://queue.invalid/dossiers.fifo',
  PUBLIC_BASE_URL: 'https://edge.invalid',
  SECRETS_PREFIX: 'bienlai/dev/merchants',
  SIGNING_SECRETS_PREFIX: 'bienlai/dev/signing',
  ORIGIN_SECRET_ID: 'origin',
  STAFF_CODE_CLAIM: 'preferred_username',
  STAFF_ROLES_CLAIM: 'roles',
};

/** The folder of a function's bundle: its object in the asset bucket is named for it. */
function bundleOf(name: string): string {
  const key = /"S3Key":"([0-9a-f]+)\.zip"/.exec(JSON.stringify(functions.get(name)?.properties))?.[1];
  // A temporary folder, far from this project's node_modules: a bundle that is not whole cannot find what it lacks.
  return join(app.outdir, `asset.${key}`);
}

describe('the bundle of a function', () => {
  it.each([...functions.keys()])('%s starts by itself on Node 24 and has a handler', (name) => {
    const bundle = bundleOf(name);
    const program = `const { handler } = await import(${JSON.stringify(pathToFileURL(join(bundle, 'index.mjs')).href)});
      console.log(process.version.split('.')[0], typeof handler);`;
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
      cwd: bundle,
      env: { ...environment, FONTS_DIR: join(bundle, 'fonts') },
      encoding: 'utf8',
    });
    expect({ stdout, stderr }).toEqual({ stdout: 'v24 function\n', stderr: '' });
  });

  it.each(['issue-receipt', 'chase-payments', 'reconcile-day'])('%s has the fonts beside it', (name) => {
    expect(readdirSync(join(bundleOf(name), 'fonts'))).toEqual([
      'BeVietnamPro_400Regular.ttf',
      'BeVietnamPro_700Bold.ttf',
    ]);
  });

  it('reconcile-day has DuckDB’s machine code for its processor beside it, and no other function has', () => {
    const binding = join('node_modules', '@duckdb', 'node-bindings-linux-x64');
    expect(readdirSync(join(bundleOf('reconcile-day'), binding)).toSorted()).toEqual([
      'LICENSE',
      'duckdb.node',
      'libduckdb.so',
      'package.json',
    ]);
    const others = [...functions.keys()].filter((name) => readdirSync(bundleOf(name)).includes('node_modules'));
    expect(others).toEqual(['reconcile-day']);
  });

  it.each([
    'start-payment',
    'accept-callback',
    'confirm-dossier',
    'refund-payment',
    'correct-receipt',
    'verify-receipt',
  ])('%s does not carry what only printing needs', (name) => {
    expect(readdirSync(bundleOf(name))).not.toContain('fonts');
  });
});
