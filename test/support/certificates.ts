import { execFileSync, spawnSync } from 'node:child_process';
import { createPrivateKey, randomBytes, sign, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { serialOf } from '#shared/domain/signing-certificate.ts';
import type { ReceiptSigner } from '#shared/domain/signing-ports.ts';
import { takeRsaKey } from './rsa-keys.ts';

/**
 * Certificates of tests are made at test time, so that no private key is in the repository, by openssl. In CI it must be
 * there; elsewhere the tests that need it are left out, and that is said.
 */
export function opensslIsPresent(): boolean {
  if (spawnSync('openssl', ['version']).error === undefined) return true;
  const notice = 'openssl not found: install it to test signatures';
  if (process.env['CI'] === 'true') throw new Error(notice);
  process.stderr.write(`notice: ${notice}\n`);
  return false;
}

/** A certificate with its private key. */
export interface CertifiedKey {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
  /** DER, this one first, then its issuers without the root. */
  readonly certificates: readonly Uint8Array[];
  /** In the one spelling of the product. */
  readonly serial: string;
  /** The signer port over this key, in memory. */
  readonly signer: ReceiptSigner;
}

/** A certificate authority made for a test; a public or government CA stands in its place (NĐ 23/2025). */
export interface TestAuthority extends CertifiedKey {
  readonly name: string;
  /** The root above all, which a verifier trusts. */
  readonly rootPem: string;
  /** Certifies an organisation as Vietnamese authorities do: `UID=MST:<tax code>, O=<name>, CN=<name>`. */
  issueFor(order: CertificateOrder): CertifiedKey;
  /** An authority below this one. */
  certifyAuthority(name: string, validity?: Validity): TestAuthority;
}

export interface Validity {
  readonly notBefore?: Date;
  readonly notAfter?: Date;
}

export interface CertificateOrder extends Validity {
  readonly taxCode: string;
  readonly name: string;
  readonly bits?: number;
  /** As openssl writes it; `critical,digitalSignature,nonRepudiation` without. */
  readonly keyUsage?: string;
  /** In place of `/UID=MST:…/O=…/CN=…`, as openssl writes it. */
  readonly subject?: string;
}

interface Issue extends Validity {
  readonly subject: string;
  readonly extensions: readonly string[];
  readonly bits?: number;
}

type KeyPair = Pick<CertifiedKey, 'certificatePem' | 'privateKeyPem'>;

const authorityExtensions = ['basicConstraints=critical,CA:true', 'keyUsage=critical,keyCertSign,cRLSign'];
const organisationUsage = 'critical,digitalSignature,nonRepudiation';

export function makeAuthority(name = 'CA thử nghiệm', validity: Validity = {}): TestAuthority {
  const pair = issue({
    ...validity,
    subject: subjectOf({ C: 'VN', O: name, CN: name }),
    extensions: authorityExtensions,
  });
  return authorityOf(name, certifiedKey(pair, []), pair.certificatePem);
}

/** Whoever has a key can issue certificates with it; whether they count is another question. */
export function playAuthority(key: CertifiedKey, rootPem: string): TestAuthority {
  return authorityOf('kẻ mạo nhận', key, rootPem);
}

function authorityOf(name: string, key: CertifiedKey, rootPem: string): TestAuthority {
  const chain = key.certificatePem === rootPem ? [] : key.certificates;
  return {
    ...key,
    name,
    rootPem,
    issueFor: ({ taxCode, name: holder, keyUsage = organisationUsage, subject, ...rest }) => {
      const usual = subjectOf({ UID: `MST:${taxCode}`, C: 'VN', O: holder, CN: holder });
      const extensions = ['basicConstraints=critical,CA:false', `keyUsage=${keyUsage}`];
      return certifiedKey(issue({ ...rest, subject: subject ?? usual, extensions }, key), chain);
    },
    certifyAuthority: (below, validity = {}) => {
      const subject = subjectOf({ C: 'VN', O: below, CN: below });
      const pair = issue({ ...validity, subject, extensions: authorityExtensions }, key);
      return authorityOf(below, certifiedKey(pair, chain), rootPem);
    },
  };
}

/** A signer over a key in memory; the adapters of the product do the same with keys from elsewhere. */
function certifiedKey(pair: KeyPair, issuers: readonly Uint8Array[]): CertifiedKey {
  const { raw, serialNumber } = new X509Certificate(pair.certificatePem);
  const certificates = [new Uint8Array(raw), ...issuers];
  const key = createPrivateKey(pair.privateKeyPem);
  const signAside = promisify(sign);
  const signer: ReceiptSigner = {
    certificates,
    sign: async (message) => new Uint8Array(await signAside('sha256', message, key)),
  };
  return { ...pair, certificates, serial: serialOf(serialNumber), signer };
}

/** `openssl ca` is the one command of every openssl 3 that takes both dates. */
function issue(order: Issue, issuer?: KeyPair): KeyPair {
  const folder = mkdtempSync(join(tmpdir(), 'bien-lai-ca-'));
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  try {
    writeFileSync(join(folder, 'ca.cnf'), configurationOf(order.extensions));
    writeFileSync(join(folder, 'index.txt'), '');
    writeFileSync(join(folder, 'serial'), awkwardSerial());
    const privateKeyPem = takeRsaKey(order.bits);
    writeFileSync(join(folder, 'key.pem'), privateKeyPem);
    openssl(
      'req',
      '-new',
      '-utf8',
      '-config',
      'ca.cnf',
      '-key',
      'key.pem',
      '-subj',
      order.subject,
      '-out',
      'request.pem',
    );
    const by = issuer === undefined ? ['-selfsign', '-keyfile', 'key.pem'] : writeIssuer(folder, issuer);
    const dates = ['-startdate', openSslTime(order.notBefore, 2020), '-enddate', openSslTime(order.notAfter, 2045)];
    openssl(
      'ca',
      '-batch',
      '-notext',
      '-utf8',
      '-config',
      'ca.cnf',
      ...by,
      ...dates,
      '-in',
      'request.pem',
      '-out',
      'cert.pem',
    );
    return { certificatePem: readFileSync(join(folder, 'cert.pem'), 'utf8'), privateKeyPem };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function writeIssuer(folder: string, { certificatePem, privateKeyPem }: KeyPair): readonly string[] {
  writeFileSync(join(folder, 'issuer.pem'), certificatePem);
  writeFileSync(join(folder, 'issuer-key.pem'), privateKeyPem);
  return ['-cert', 'issuer.pem', '-keyfile', 'issuer-key.pem'];
}

function configurationOf(extensions: readonly string[]): string {
  return `
[req]
distinguished_name = none
string_mask = utf8only
[none]
[ca]
default_ca = test
[test]
database = index.txt
new_certs_dir = .
serial = serial
unique_subject = no
default_md = sha256
policy = anything
x509_extensions = extensions
email_in_dn = no
[anything]
userId = optional
countryName = optional
organizationName = optional
commonName = optional
[extensions]
${extensions.map((extension) => extension.replace('=', ' = ')).join('\n')}
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
`;
}

/** One in sixteen authorities' numbers begins with a zero, which tools print or leave out: here all do. */
function awkwardSerial(): string {
  return `0A${randomBytes(18).toString('hex')}\n`;
}

/** `/UID=…/O=…`, with the characters that divide openssl's own notation escaped. */
function subjectOf(parts: Readonly<Record<string, string>>): string {
  return Object.entries(parts)
    .map(([name, value]) => `/${name}=${value.replaceAll(/[\\/+]/g, String.raw`\$&`)}`)
    .join('');
}

function openSslTime(date: Date | undefined, year: number): string {
  const iso = (date ?? new Date(Date.UTC(year, 0, 1))).toISOString();
  return `${iso.slice(0, 19).replaceAll(/\D/g, '')}Z`;
}
