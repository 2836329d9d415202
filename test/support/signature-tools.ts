import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const programs = ['pdfsig', 'openssl'] as const;

/** Independent verifiers of PDF signatures (poppler-utils, openssl). In CI they must be there. */
export function signatureToolsArePresent(): boolean {
  const missing = programs.filter((program) => spawnSync(program, ['-v']).error !== undefined);
  if (missing.length === 0) return true;
  const notice = `${missing.join(', ')} not found: install poppler-utils and openssl to test PDF signatures`;
  if (process.env['CI'] === 'true') throw new Error(notice);
  process.stderr.write(`notice: ${notice}\n`);
  return false;
}

/** What poppler's verifier says of the signatures in a file; the certificates' issuers are not asked for. */
export function pdfsigSays(pdf: Uint8Array): string {
  return inFolder((folder) => {
    const file = join(folder, 'in.pdf');
    writeFileSync(file, pdf);
    const { stdout, stderr } = spawnSync('pdfsig', ['-nocert', file], { encoding: 'utf8' });
    return `${stdout}${stderr}`;
  });
}

/** The bytes that a signature's ByteRange covers, and the CMS in its hole with the zeros behind it. */
export function splitSignedPdf(pdf: Uint8Array): { readonly covered: Uint8Array; readonly cms: Uint8Array } {
  const bytes = Buffer.from(pdf);
  const [, start, end] = /\/ByteRange \[0 (\d+) (\d+) \d+\]/.exec(bytes.toString('latin1'))?.map(Number) ?? [];
  if (start === undefined || end === undefined) throw new Error('the file has no signature');
  const cms = Buffer.from(bytes.toString('latin1', start + 1, end - 1), 'hex');
  return { covered: Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]), cms };
}

/** Whether openssl verifies a file's signature as CAdES, down to a root. */
export function opensslSays(pdf: Uint8Array, rootPem: string): string {
  const { covered, cms } = splitSignedPdf(pdf);
  return inFolder((folder) => {
    const file = (name: string, content: string | Uint8Array) => {
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    };
    const input = ['-inform', 'DER', '-in', file('cms.der', cms), '-content', file('content', covered), '-binary'];
    const trust = ['-CAfile', file('root.pem', rootPem), '-purpose', 'any', '-out', join(folder, 'out')];
    return spawnSync('openssl', ['cms', '-verify', '-cades', ...input, ...trust], { encoding: 'utf8' }).stderr.trim();
  });
}

function inFolder<Result>(work: (folder: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), 'bien-lai-signature-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
