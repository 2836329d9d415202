import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bundleFunction } from '#infra/constructs/function-bundle.ts';
import { renderReceiptXml } from '#shared/rendering/receipt-xml.ts';
import { opensslIsPresent } from '#test/support/certificates.ts';
import { aReceiptContent } from '#test/support/receipt-content.ts';
import { makeSigningScene, type SigningScene } from '#test/support/signed-receipts.ts';

const withOpenssl = opensslIsPresent() ? describe : describe.skip;

/** The libraries bring CommonJS and WebAssembly, which a bundler may break. */
withOpenssl('bundled as functions are', () => {
  let folder: string;
  let scene: SigningScene;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'bien-lai-bundled-signing-'));
    scene = makeSigningScene();
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function bundle(entry: string): { readonly file: string; readonly bytes: number } {
    const output = join(folder, entry.replaceAll('/', '-'));
    bundleFunction(entry, output);
    const bytes = readdirSync(output).reduce((sum, name) => sum + statSync(join(output, name)).size, 0);
    return { file: join(output, 'index.mjs'), bytes };
  }

  it('signs the same bytes', async () => {
    const content = aReceiptContent();
    const { file, bytes } = bundle('functions/shared/signing/sign-receipt-xml.ts');
    expect(bytes).toBeLessThan(600_000);
    const order = {
      xml: renderReceiptXml(content),
      content,
      key: scene.organisation.privateKeyPem,
      certificates: scene.organisation.certificates.map((der) => Buffer.from(der).toString('base64')),
    };
    const script = `
      import { sign } from 'node:crypto';
      import { signReceiptXml } from ${JSON.stringify(pathToFileURL(file))};
      const { xml, content, key, certificates } = ${JSON.stringify(order)};
      const signer = { certificates: certificates.map((each) => Buffer.from(each, 'base64')), sign: async (bytes) => sign('sha256', bytes, key) };
      process.stdout.write(await signReceiptXml(xml, content, signer));`;
    const signed = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    expect(signed).toBe(await scene.sign());
  });

  it('verifies', async () => {
    const { file, bytes } = bundle('infra/desk/verify.ts');
    expect(bytes).toBeLessThan(2_500_000);
    const [receipt, root] = [join(folder, 'receipt.xml'), join(folder, 'root.pem')];
    writeFileSync(receipt, await scene.sign());
    writeFileSync(root, scene.root.rootPem);
    const output = execFileSync(process.execPath, [file, receipt, '--trust', root, '--json'], { encoding: 'utf8' });
    expect(output).toContain('"isGenuine":true');
  });
});
