import { execFile } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { dossierConfirmationSchema } from '#schemas/dossier-confirmation.ts';

const run = promisify(execFile);
const demoFile = fileURLToPath(new URL('../../infra/local/demo.ts', import.meta.url));

describe('npm run demo', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bien-lai-demo-test-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('prints every step with its values and leaves the signed receipt and the confirmations', async () => {
    const { stdout } = await run(process.execPath, [demoFile, '--out', folder]);
    const [page, original] = await Promise.all(
      ['receipt.pdf', 'receipt.xml'].map((name) => readFile(join(folder, name))),
    );
    if (page === undefined || original === undefined) throw new Error('no documents');
    const [signer = '', anchors = ''] = await Promise.all(
      ['signer.pem', 'trust-anchors.pem'].map((name) => readFile(join(folder, name), 'utf8')),
    );
    const kept: unknown = JSON.parse(await readFile(join(folder, 'confirmations.json'), 'utf8'));
    const confirmations = z.array(dossierConfirmationSchema).parse(kept);

    expect(stdout).toMatch(/2\. Tạo thanh toán \(created payment\): [1-9]\d{13},/);
    expect(stdout).toMatch(/3\. .*vpcpay\.html\?.*vnp_SecureHash=[0-9a-f]{128}/);
    expect(stdout).toMatch(/4\. .*200 \{"RspCode":"00",/);
    expect(stdout).toMatch(/5\. .*200 \{"RspCode":"02",/);
    expect(stdout).toMatch(/6\. .* số 1, mã tra cứu [2-9A-HJ-NP-Z]{12}/);
    for (const document of [page, original]) {
      expect(stdout).toContain(createHash('sha256').update(document).digest('hex'));
    }
    expect(page.toString('latin1', 0, 5)).toBe('%PDF-');
    expect(stdout.match(/receipt\.(xml|pdf): V1 đạt · V2 đạt .* V9 đạt/g)).toHaveLength(2);
    expect(new X509Certificate(signer).checkIssued(new X509Certificate(anchors))).toBe(true);
    expect(original.toString()).toContain(new X509Certificate(signer).raw.toString('base64'));
    expect(confirmations.map(({ type }) => type)).toEqual([
      'vn.bienlai.payment.paid.v1',
      'vn.bienlai.receipt.issued.v1',
    ]);
    for (const { id } of confirmations) expect(stdout).toContain(id);
  }, 180_000);

  it('names an option that it does not know, and exits with 1', async () => {
    const failing = run(process.execPath, [demoFile, '--output', folder]);

    await expect(failing).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining("'--output'") });
  }, 60_000);
});
