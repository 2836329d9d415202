import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * An independent reader of XML signatures (Debian package xmlsec1), which is not ours and not on every computer. In CI it
 * must be there; elsewhere its tests are left out, and that is said.
 */
export function xmlsecIsPresent(): boolean {
  if (spawnSync('xmlsec1', ['--version']).error === undefined) return true;
  const notice = 'xmlsec1 not found: install it to test XML signatures against another reader';
  if (process.env['CI'] === 'true') throw new Error(notice);
  process.stderr.write(`notice: ${notice}\n`);
  return false;
}

/** Whether `xmlsec1 --verify` takes the file for signed by someone whom the root vouches for. */
export function xmlsecAccepts(xml: string | Uint8Array, rootPem: string): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'bien-lai-xml-'));
  try {
    const [file, root] = [join(folder, 'receipt.xml'), join(folder, 'root.pem')];
    writeFileSync(file, xml);
    writeFileSync(root, rootPem);
    const ids = ['--id-attr:Id', 'DLBLai', '--id-attr:Id', 'http://www.w3.org/2000/09/xmldsig#:Object'];
    return spawnSync('xmlsec1', ['--verify', '--trusted-pem', root, ...ids, file]).status === 0;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
