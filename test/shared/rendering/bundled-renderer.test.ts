import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildSync } from 'esbuild';
import { loadReceiptFonts } from '#shared/rendering/receipt-fonts.ts';
import { renderReceipt } from '#shared/rendering/render-receipt.ts';
import { aReceiptContent } from '#test/support/receipt-content.ts';

/** Renders the content that comes in on stdin with the fonts of a folder: what is left of a function in Lambda. */
const program = `
  import { json } from 'node:stream/consumers';
  import { loadReceiptFonts } from '#shared/rendering/receipt-fonts.ts';
  import { renderReceipt } from '#shared/rendering/render-receipt.ts';
  process.stdout.write(await renderReceipt(await json(process.stdin), loadReceiptFonts(process.argv[2])));
`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bien-lai-bundle-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the bundled renderer', () => {
  it('needs nothing but its two font files, and gives the same bytes as the source', async () => {
    const root = new URL('../../..', import.meta.url).pathname;
    const bundle = join(folder, 'index.mjs');
    buildSync({
      stdin: { contents: program, resolveDir: root, loader: 'ts' },
      outfile: bundle,
      bundle: true,
      minify: true,
      platform: 'node',
      format: 'esm',
      target: 'node24',
      mainFields: ['module', 'main'],
      banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    });
    mkdirSync(join(folder, 'fonts'));
    for (const weight of ['400Regular', '700Bold']) {
      const file = `BeVietnamPro_${weight}.ttf`;
      const source = createRequire(import.meta.url).resolve(`@expo-google-fonts/be-vietnam-pro/${weight}/${file}`);
      copyFileSync(source, join(folder, 'fonts', file));
    }
    const content = aReceiptContent();
    const printed = execFileSync(process.execPath, [bundle, join(folder, 'fonts')], {
      cwd: folder,
      input: JSON.stringify(content),
      maxBuffer: 10_000_000,
    });
    expect(Buffer.compare(printed, Buffer.from(await renderReceipt(content, loadReceiptFonts())))).toBe(0);
  });
});
