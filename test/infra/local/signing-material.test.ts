import { spawnSync } from 'node:child_process';
import { createPrivateKey, sign, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { loadSigning } from '#config/signing.ts';
import { loadUnits } from '#config/units.ts';
import { readSigningMaterial, type SigningMaterial } from '#infra/local/signing-material.ts';
import { faultsOfCertificate, readSigningCertificate } from '#shared/domain/signing-certificate.ts';
import { opensslIsPresent } from '#test/support/certificates.ts';
import { opensslAccepts } from '#test/support/signing-services.ts';

const units = loadUnits('dev');
const start = new Date('2026-11-22T02:15:30.000Z');
const day = 24 * 60 * 60 * 1000;
const secretsSchema = z.record(z.string(), z.object({ certificateChainPem: z.string(), privateKeyPem: z.string() }));

let folder: string;
let material: SigningMaterial;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bien-lai-signing-'));
  material = await readSigningMaterial(folder, units, start);
});
afterAll(() => rmSync(folder, { recursive: true }));

const secrets = () => secretsSchema.parse(JSON.parse(readFileSync(material.secretsFile, 'utf8')));

describe('the signing material of a local run', () => {
  it('holds a certificate for the tax code of each unit, good for signing, under the names of the configuration', () => {
    const names = loadSigning('dev').keys.flatMap((key) => (key.kind === 'pem' ? key.secret : []));
    expect(Object.keys(secrets()).toSorted()).toEqual(names.toSorted());
    for (const [taxCode, { certificateChainPem }] of Object.entries(secrets())) {
      expect(faultsOfCertificate(readSigningCertificate(certificateChainPem), taxCode)).toEqual([]);
    }
  });

  it('names the organisation in Vietnamese', () => {
    const { subject } = new X509Certificate(readFileSync(material.signerFileOf('5709990011')));
    expect(subject).toContain('UID=MST:5709990011');
    expect(subject).toContain('CN=Văn phòng Đăng ký đất đai tỉnh Quảng Ninh');
  });

  it('survives a restart unchanged, and grows with the units', async () => {
    const before = secrets();
    const more = [...units, { name: 'Đơn vị mới', taxCode: '5709990044' }];

    const again = await readSigningMaterial(folder, more, new Date(start.getTime() + day));

    expect(again.trustAnchorsPem).toBe(material.trustAnchorsPem);
    const { '5709990044': added, ...rest } = secrets();
    expect(rest).toEqual(before);
    expect(added).toBeDefined();
  });

  it('is renewed before it ends, by the same authority', async () => {
    const before = secrets();
    const later = new Date(start.getTime() + 2 * 365 * day);

    const again = await readSigningMaterial(folder, units, later);

    expect(again.trustAnchorsPem).toBe(material.trustAnchorsPem);
    expect(secrets()['5709990011']).not.toEqual(before['5709990011']);
  });

  it('keeps its keys from other users of the machine', () => {
    expect(statSync(material.secretsFile).mode & 0o077).toBe(0);
    expect(statSync(join(folder, 'signing', 'authority.json')).mode & 0o077).toBe(0);
  });
});

const describeSigned = opensslIsPresent() ? describe : describe.skip;

describeSigned('openssl', () => {
  it('accepts the certificate by the local authority, and signatures by it', () => {
    const leaf = join(folder, 'leaf.pem');
    const { certificateChainPem, privateKeyPem } = secrets()['5709990022'] ?? {
      certificateChainPem: '',
      privateKeyPem: '',
    };
    writeFileSync(leaf, certificateChainPem);

    const args = [
      'verify',
      '-x509_strict',
      '-no_check_time',
      '-purpose',
      'smimesign',
      '-CAfile',
      material.trustAnchorsFile,
      leaf,
    ];
    const { stdout, stderr } = spawnSync('openssl', args, { encoding: 'utf8' });

    expect(`${stdout}${stderr}`).toBe(`${leaf}: OK\n`);
    const message = Buffer.from('biên lai');
    const signature = sign('sha256', message, createPrivateKey(privateKeyPem));
    expect(opensslAccepts(certificateChainPem, message, signature)).toBe(true);
  });
});
