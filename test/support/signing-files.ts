import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadUnits } from '#config/units.ts';
import { makeCertificate } from '#infra/local/make-certificate.ts';

/** By which variables a function finds what it signs with. */
const variables = ['SIGNING_SECRETS_FILE', 'SIGNING_TRUST_ANCHORS_FILE'] as const;
export type SigningFiles = Readonly<Record<(typeof variables)[number], string>>;

/** Good for all dates that tests play on. */
const validity = { notBefore: new Date('2020-01-01T00:00:00Z'), notAfter: new Date('2045-01-01T00:00:00Z') };

/**
 * Makes an authority and a key of every organisation of stage dev, once for the whole run: a key takes a while, and its
 * processes and bundles must sign by the same ones. The tests find the files by the environment.
 * @returns removes the files
 */
export async function makeSigningFiles(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'bien-lai-signing-'));
  const authority = await makeCertificate({ subject: { name: 'CA thử nghiệm' }, isAuthority: true, ...validity });
  const organisations = new Map(loadUnits('dev').map(({ taxCode, name }) => [taxCode, name]));
  const secrets = await Promise.all(
    [...organisations].map(async ([taxCode, name]) => {
      const order = { subject: { name, taxCode }, isAuthority: false, ...validity };
      const { certificatePem, privateKeyPem } = await makeCertificate(order, authority);
      return [taxCode, { certificateChainPem: certificatePem, privateKeyPem }] as const;
    }),
  );
  const files: SigningFiles = {
    SIGNING_SECRETS_FILE: join(folder, 'secrets.json'),
    SIGNING_TRUST_ANCHORS_FILE: join(folder, 'trust-anchors.pem'),
  };
  await writeFile(files.SIGNING_SECRETS_FILE, JSON.stringify(Object.fromEntries(secrets)));
  await writeFile(files.SIGNING_TRUST_ANCHORS_FILE, authority.certificatePem);
  Object.assign(process.env, files);
  return () => rm(folder, { recursive: true });
}

/** The files that the run made. */
export function readSigningFiles(): SigningFiles {
  const [SIGNING_SECRETS_FILE = '', SIGNING_TRUST_ANCHORS_FILE = ''] = variables.map((name) => process.env[name]);
  return { SIGNING_SECRETS_FILE, SIGNING_TRUST_ANCHORS_FILE };
}
