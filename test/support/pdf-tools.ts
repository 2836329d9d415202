import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const programs = ['pdftotext', 'pdftoppm', 'pdfinfo', 'pdffonts', 'pdfdetach', 'zbarimg', 'qpdf'] as const;
type Program = (typeof programs)[number];

/**
 * Independent readers of PDF (Debian packages poppler-utils, zbar-tools, qpdf) which are not ours and not on every
 * computer. In CI they must be there; elsewhere their tests are left out, and that is said.
 */
export function pdfToolsArePresent(): boolean {
  const missing = programs.filter((program) => spawnSync(program, ['--version']).error !== undefined);
  if (missing.length === 0) return true;
  const notice = `${missing.join(', ')} not found: install poppler-utils, zbar-tools and qpdf to test what PDFs say`;
  if (process.env['CI'] === 'true') throw new Error(notice);
  process.stderr.write(`notice: ${notice}\n`);
  return false;
}

/** What a reader copies out of the file, in the order in which it was drawn, with single spaces. */
export function textOfPdf(pdf: Uint8Array): string {
  return squeeze(run('pdftotext', pdf, (file) => ['-raw', file, '-']));
}

/** The same for each page. */
export function textOfPages(pdf: Uint8Array): readonly string[] {
  return run('pdftotext', pdf, (file) => ['-raw', file, '-'])
    .split('\f')
    .slice(0, -1)
    .map(squeeze);
}

/** The box of each printed word, in points from the upper left corner of its page. */
export function wordBoxesOfPdf(pdf: Uint8Array): readonly { xMin: number; xMax: number; yMin: number; yMax: number }[] {
  const html = run('pdftotext', pdf, (file) => ['-bbox', file, '-']);
  const boxes = html.matchAll(/xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)"/g);
  return [...boxes].map(([, xMin, yMin, xMax, yMax]) => ({
    xMin: Number(xMin),
    xMax: Number(xMax),
    yMin: Number(yMin),
    yMax: Number(yMax),
  }));
}

/** What a telephone's camera would read from the picture of the last page, at so many dots in an inch. */
export function qrCodesOfPdf(pdf: Uint8Array, dotsPerInch = 200): readonly string[] {
  return inFolder((folder) => {
    writeFileSync(join(folder, 'in.pdf'), pdf);
    execFileSync('pdftoppm', ['-r', String(dotsPerInch), '-png', join(folder, 'in.pdf'), join(folder, 'page')]);
    const pictures = readdirSync(folder)
      .filter((name) => name.endsWith('.png'))
      .sort();
    const last = pictures.at(-1) ?? '';
    const stdio: ['ignore', 'pipe', 'ignore'] = ['ignore', 'pipe', 'ignore'];
    const found = execFileSync('zbarimg', ['-q', '--raw', join(folder, last)], { encoding: 'utf8', stdio });
    return found.split('\n').filter((text) => text !== '');
  });
}

/** Complaints of a strict checker about the file's structure; empty when it has none. */
export function faultsOfPdf(pdf: Uint8Array): string {
  return inFolder((folder) => {
    const file = join(folder, 'in.pdf');
    writeFileSync(file, pdf);
    const { status, stdout, stderr } = spawnSync('qpdf', ['--check', file], { encoding: 'utf8' });
    return status === 0 ? '' : `${stdout}${stderr}`;
  });
}

export function infoOfPdf(pdf: Uint8Array): string {
  return run('pdfinfo', pdf, (file) => [file]);
}

/** The elements of the document's structure, each on its line below the one that holds it, with the texts in them. */
export function structureOfPdf(pdf: Uint8Array): string {
  return run('pdfinfo', pdf, (file) => ['-struct-text', file]);
}

/** Files inside the file. */
export function attachmentsOfPdf(pdf: Uint8Array): readonly { readonly name: string; readonly bytes: Buffer }[] {
  return inFolder((folder) => {
    const [file, out] = [join(folder, 'in.pdf'), join(folder, 'out')];
    writeFileSync(file, pdf);
    mkdirSync(out);
    execFileSync('pdfdetach', ['-saveall', '-o', out, file]);
    return readdirSync(out).map((name) => ({ name, bytes: readFileSync(join(out, name)) }));
  });
}

/** The first page as a picture, to be compared bit by bit. */
export function pictureOfPdf(pdf: Uint8Array): Buffer {
  return inFolder((folder) => {
    writeFileSync(join(folder, 'in.pdf'), pdf);
    execFileSync('pdftoppm', ['-r', '150', '-gray', '-singlefile', join(folder, 'in.pdf'), join(folder, 'page')]);
    return readFileSync(join(folder, 'page.pgm'));
  });
}

/** Names of the fonts in the file, each with whether it is embedded. */
export function fontsOfPdf(pdf: Uint8Array): readonly string[] {
  const rows = run('pdffonts', pdf, (file) => [file])
    .split('\n')
    .slice(2);
  return rows
    .filter((row) => row !== '')
    .map((row) => `${row.slice(7).split(' ')[0]}: ${/yes yes yes/.test(row) ? 'embedded' : 'not embedded'}`);
}

function run(program: Program, pdf: Uint8Array, argumentsFor: (file: string) => string[]): string {
  return inFolder((folder) => {
    const file = join(folder, 'in.pdf');
    writeFileSync(file, pdf);
    return execFileSync(program, argumentsFor(file), { encoding: 'utf8' });
  });
}

function inFolder<Result>(work: (folder: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), 'bien-lai-pdf-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function squeeze(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
