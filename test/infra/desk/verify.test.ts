import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { opensslIsPresent } from '#test/support/certificates.ts';
import { alter, makeSigningScene, type SigningScene } from '#test/support/signed-receipts.ts';

const command = fileURLToPath(new URL('../../../infra/desk/verify.ts', import.meta.url));
const withOpenssl = opensslIsPresent() ? describe : describe.skip;

interface Ended {
  readonly code: number | string | null | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

function run(...args: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(process.execPath, [command, ...args], (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : error.code, stdout, stderr }),
    );
  });
}

withOpenssl('npm run verify', () => {
  let folder: string;
  let scene: SigningScene;
  let root: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bien-lai-verify-'));
    scene = makeSigningScene();
    root = await fileOf('root.pem', scene.root.rootPem);
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function fileOf(name: string, content: string): Promise<string> {
    const file = join(folder, name);
    await writeFile(file, content);
    return file;
  }

  it('lists the checks of a genuine receipt and what may be believed, and exits with 0', async () => {
    const { code, stdout } = await run(await fileOf('receipt.xml', await scene.sign()), '--trust', root);
    expect(code).toBe(0);
    for (const check of ['V1', 'V2', 'V3', 'V4', 'V5', 'V6', 'V7', 'V8']) expect(stdout).toMatch(`${check} ĐẠT`);
    expect(stdout).toContain('V9 CHƯA KIỂM TRA');
    expect(stdout).toContain('mẫu EBL01, ký hiệu 26TAA, số 123, ngày 2026-11-22');
    expect(stdout).toContain('MST 5709990011, lúc 22/11/2026 09:15:41');
  });

  it('says in Vietnamese what is wrong with an altered receipt, and exits with 1', async () => {
    const altered = alter(await scene.sign(), '<TTien>28000', '<TTien>29000');
    const { code, stdout } = await run(await fileOf('altered.xml', altered), '--trust', root);
    expect(code).toBe(1);
    expect(stdout).toContain('V4 KHÔNG ĐẠT');
    expect(stdout).toContain('Nội dung biên lai đã bị sửa sau khi ký.');
    expect(stdout).toContain('Kết luận: KHÔNG HỢP LỆ');
    expect(stdout).not.toContain('Nguyễn');
  });

  it('believes nobody whom it was not told to believe', async () => {
    const stranger = await fileOf('stranger.pem', makeSigningScene().root.rootPem);
    const { code, stdout } = await run(await fileOf('receipt.xml', await scene.sign()), '--trust', stranger);
    expect(code).toBe(1);
    expect(stdout).toContain('V6 KHÔNG ĐẠT');
  });

  it('gives one line of JSON for programs', async () => {
    const { stdout } = await run(await fileOf('receipt.xml', await scene.sign()), '--trust', root, '--json');
    const result = z
      .object({
        kind: z.string(),
        isGenuine: z.boolean(),
        checks: z.array(z.object({ code: z.string(), outcome: z.string() })),
      })
      .parse(JSON.parse(stdout));
    expect(result).toMatchObject({ kind: 'xml', isGenuine: true });
    expect(result.checks.at(-1)).toMatchObject({ code: 'V9', outcome: 'not-done' });
  });

  it('takes a broken PDF for a page, and finds no signature in it', async () => {
    const { code, stdout } = await run(await fileOf('page.pdf', '%PDF-1.7\nkhông phải PDF'), '--trust', root);
    expect(code).toBe(1);
    expect(stdout).toContain('(PDF)');
  });

  it('exits with 2 when there is nothing to verify or nobody to believe', async () => {
    const file = await fileOf('receipt.xml', await scene.sign());
    const faults = [
      await run(),
      await run(join(folder, 'missing.xml')),
      await run(file, '--stage', 'test'),
      await run(file, '--trusted', root),
      await run(file, '--trust', file),
    ];
    expect(faults.map(({ code }) => code)).toEqual([2, 2, 2, 2, 2]);
    expect(faults[0]?.stderr).toContain('npm run verify -- TỆP');
    expect(faults[4]?.stderr).toContain('PEM');
  });
});
