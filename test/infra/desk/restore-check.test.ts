import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { localAccount } from '#infra/local/local-account.ts';
import { inheritCompileCache } from '#test/support/compile-cache.ts';
import { putPaidPayments } from '#test/support/paid-record.ts';
import { makeRestoreScene, type RestoreScene } from '#test/support/restore-scene.ts';
import { readSigningFiles } from '#test/support/signing-files.ts';

const folder = fileURLToPath(new URL('../../../infra/desk/', import.meta.url));

let scene: RestoreScene;
let environment: Record<string, string>;

beforeAll(async () => {
  scene = await makeRestoreScene();
  // The commands run by the clock of this machine, and nothing may be signed in its future.
  scene.setClock('2026-11-20T02:15:32.000Z');
  environment = {
    ...inheritCompileCache(),
    TABLE_NAME: scene.table.name,
    RECEIPTS_BUCKET: scene.engine.bucketName,
    AWS_REGION: localAccount.region,
    AWS_ACCESS_KEY_ID: localAccount.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: localAccount.credentials.secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: scene.dynamoEndpoint,
    AWS_ENDPOINT_URL_S3: scene.engine.endpoint,
  };
}, 60_000);
afterAll(() => scene.engine.stop());

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function run(script: string, args: readonly string[] = [], variables = environment): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [`${folder}${script}`, ...args], { env: variables }, (_, out, err) => {
      resolve({ code: child.exitCode ?? -1, out, err });
    });
  });
}

const check = (...args: readonly string[]) =>
  run('restore-check.ts', ['--trust', readSigningFiles().SIGNING_TRUST_ANCHORS_FILE, ...args]);

describe('npm run restore-check', () => {
  it('shows what a restore has lost, mends it when told to, and then finds nothing', async () => {
    const ids = await putPaidPayments(scene.table, 4);
    await scene.issue(ids.slice(0, 1));
    const copy = await scene.copyTable();
    await scene.issue(ids.slice(1, 3));
    await scene.restoreTable(copy);

    const dry = await check();
    expect({ code: dry.code, err: dry.err }).toEqual({ code: 1, err: '' });
    expect(dry.out).toContain('5709990011  26TAA    3          1         2             4         2         0       0');
    expect(dry.out).toContain('chạy với --apply để sửa');

    const applied = await check('--apply');
    expect(applied).toMatchObject({ code: 0, err: '' });
    expect(applied.out).toContain('4 (đã nâng)');

    expect(await check()).toMatchObject({ code: 0, out: expect.stringContaining('sổ khớp với kho') });
    await scene.issue(ids);
    expect((await scene.register('26TAA')).map(({ content }) => content.number)).toEqual([1, 2, 3, 4]);
  }, 60_000);

  it('refuses to compare a table with an archive of another place', async () => {
    const { RECEIPTS_BUCKET: _without, ...variables } = environment;

    const { code, err } = await run('restore-check.ts', [], variables);

    expect(code).toBe(2);
    expect(err).toContain('Set both TABLE_NAME and RECEIPTS_BUCKET');
  });

  it('explains itself', async () => {
    expect(await run('restore-check.ts', ['--help'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('--apply'),
    });
    expect(await run('restore-check.ts', ['--aply'])).toMatchObject({ code: 2, out: '' });
  });
});

describe('npm run series', () => {
  it('lists the series of each organisation, and closes one with its last number', async () => {
    await scene.issue(await putPaidPayments(scene.table, 1));
    const [row] = await scene.needs.ledger.readSeries('5709990011', 'EBL01');
    const order = ['--mst', '5709990011', '--series', '26TAA', '--by', 'qt.lan', '--why', 'Sáp nhập đơn vị'];
    const last = (row?.nextNumber ?? 0) - 1;

    const open = await run('series.ts', ['list']);
    expect(open.err).toBe('');
    expect(open.out).toMatch(
      new RegExp(`5709990011 {2}vpdkdd {4}26TAA {4}${last + 1} .* ${last} \\(0%\\) {3}2026-11-20 `),
    );

    expect(await run('series.ts', ['close', ...order])).toMatchObject({
      code: 0,
      out: `Đã đóng 26TAA, số cuối cùng ${last} (closed).\n`,
      err: expect.stringContaining('SERIES_CLOSED'),
    });
    expect(await run('series.ts', ['close', ...order])).toMatchObject({
      code: 0,
      out: expect.stringContaining('đã đóng từ trước'),
    });
    expect((await run('series.ts', ['list'])).out).toContain(`đã đóng, số cuối ${last} (`);
  });

  it('names every option that is missing or wrong, and closes nothing', async () => {
    const { code, err } = await run('series.ts', ['close', '--mst', '57', '--series', '26TAA', '--why', 'vì thế']);

    expect(code).toBe(2);
    expect(err).toMatch(/--mst: .*; --by: .*; --why: /);
  });
});
