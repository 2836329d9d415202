import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { claimReceipt } from '#shared/signing/receipt-claim.ts';
import { opensslIsPresent } from '#test/support/certificates.ts';
import { pdfToolsArePresent, qrCodesOfPdf } from '#test/support/pdf-tools.ts';
import { aReceiptContent } from '#test/support/receipt-content.ts';
import { makeSignedPage } from '#test/support/signed-pages.ts';
import { alter, makeSigningScene, type SigningScene } from '#test/support/signed-receipts.ts';

const command = fileURLToPath(new URL('../../../infra/desk/verify.ts', import.meta.url));
const withTools = pdfToolsArePresent() ? it : it.skip;
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

  async function fileOf(name: string, content: string | Uint8Array): Promise<string> {
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

  describe('of a printed code', () => {
    let signer: string;
    let text: string;
    let receipt: string;
    beforeAll(async () => {
      const xml = await scene.sign();
      receipt = await fileOf('receipt.xml', xml);
      signer = await fileOf('signer.pem', scene.organisation.certificatePem + scene.authority.certificatePem);
      const xmlSha256 = createHash('sha256').update(xml).digest('hex');
      text = await claimReceipt(aReceiptContent(), xmlSha256, scene.organisation.signer);
    });

    it('says by certificates alone what the paper must say', async () => {
      const { code, stdout } = await run('--qr', text, '--cert', signer, '--trust', root);
      expect(code).toBe(0);
      expect(stdout).toContain('Mã QR: chữ ký đúng');
      expect(stdout).toContain('mẫu EBL01, ký hiệu 26TAA, số 123, ngày 22/11/2026');
      expect(stdout).toContain('28.000\u00a0đ');
      expect(stdout).not.toContain('Nguyễn');
    });

    withTools(
      'believes what a scanner reads from the printed page, and that the page carries that very receipt',
      async () => {
        const page = await makeSignedPage(scene.organisation.signer);
        const [scanned = ''] = qrCodesOfPdf(page, 150);

        const alone = await run('--qr', scanned, '--cert', signer, '--trust', root);
        const beside = await run(await fileOf('page.pdf', page), '--qr', scanned, '--cert', signer, '--trust', root);

        expect([alone.code, beside.code]).toEqual([0, 0]);
        expect(alone.stdout).toContain('Mã QR: chữ ký đúng');
        expect(beside.stdout).toContain('Tệp kèm theo đúng là tệp mà mã QR nêu');
      },
    );

    it('tells whether a file is the one that the code names', async () => {
      const own = await run(receipt, '--qr', text, '--cert', signer, '--trust', root);
      const other = await fileOf('other.xml', await scene.sign({ content: aReceiptContent({ number: 124 }) }));
      const strange = await run(other, '--qr', text, '--cert', signer, '--trust', root);
      expect([own.code, strange.code]).toEqual([0, 1]);
      expect(own.stdout).toContain('Tệp kèm theo đúng là tệp mà mã QR nêu');
      expect(strange.stdout).toContain('TỆP KÈM THEO KHÁC');
    });

    it('exits with 1 when it is false, and with 2 when the certificate is missing', async () => {
      const stranger = scene.authority.issueFor({ taxCode: '5700000002', name: 'Kẻ khác' });
      const strange = await fileOf('stranger-signer.pem', stranger.certificatePem + scene.authority.certificatePem);
      const cut = await run('--qr', text.slice(0, -4), '--cert', signer, '--trust', root);
      const none = await run('--qr', text, '--cert', strange, '--trust', root);
      expect([cut.code, none.code]).toEqual([1, 2]);
      expect(cut.stdout).toContain('KHÔNG HỢP LỆ');
      expect(none.stdout).toContain('chưa có chứng thư của tổ chức thu MST 5709990011');
    });

    it('gives one line of JSON for programs', async () => {
      const { stdout } = await run('--qr', text, '--cert', signer, '--trust', root, '--json');
      expect(JSON.parse(stdout)).toMatchObject({ verdict: { kind: 'genuine', claim: { number: 123 } } });
    });
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
    expect(faults[0]?.stderr).toContain('npm run verify -- [TỆP]');
    expect(faults[4]?.stderr).toContain('PEM');
  });
});
