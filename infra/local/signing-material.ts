import { X509Certificate } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { type CertifiedKey, makeCertificate } from './make-certificate.ts';
import { readOrMake, writeState } from './state-file.ts';

/** Whom a certificate is for, as a collecting unit says it. */
interface Organisation {
  readonly name: string;
  readonly taxCode: string;
}

/** What the local run signs with, and where the functions and people find it. */
export interface SigningMaterial {
  /** Value of `SIGNING_SECRETS_FILE`: the secrets of kind pem, named by tax code as in config/dev/signing.json. */
  readonly secretsFile: string;
  /** The local authority alone, for verification. */
  readonly trustAnchorsFile: string;
  readonly trustAnchorsPem: string;
  /** Certificate of one organisation, then that of the authority. */
  readonly signerFileOf: (taxCode: string) => string;
}

const keySchema = z.strictObject({ certificatePem: z.string(), privateKeyPem: z.string() });
const secretsSchema = z.record(
  z.string(),
  z.strictObject({ certificateChainPem: z.string(), privateKeyPem: z.string() }),
);

const day = 24 * 60 * 60 * 1000;
const authorityDays = 20 * 365;
const signerDays = 2 * 365;
/** A certificate is renewed before the functions begin to warn of its end. */
const renewalDays = 60;

/**
 * Makes an authority at the first start, and a certificate of each organisation when it comes or when its old one nears
 * its end. Keys stay in the state folder, readable by its owner only.
 */
export async function readSigningMaterial(
  stateFolder: string,
  units: readonly Organisation[],
  now = new Date(),
): Promise<SigningMaterial> {
  const folder = join(stateFolder, 'signing');
  const authority = await readOrMake(join(folder, 'authority.json'), keySchema, () =>
    makeCertificate({
      subject: { name: 'Cơ quan chứng thực thử nghiệm (chỉ trên máy này)' },
      isAuthority: true,
      ...validity(now, authorityDays),
    }),
  );
  const secretsFile = join(folder, 'secrets.json');
  const known = await readOrMake(secretsFile, secretsSchema, () => ({}));
  const secrets = { ...known };
  for (const unit of units) secrets[unit.taxCode] = await renew(known[unit.taxCode], unit, authority, now);
  await writeState(secretsFile, secrets);

  const trustAnchorsFile = join(folder, 'trust-anchors.pem');
  const signerFileOf = (taxCode: string) => join(folder, `signer-${taxCode}.pem`);
  await writeFile(trustAnchorsFile, authority.certificatePem);
  for (const [taxCode, { certificateChainPem }] of Object.entries(secrets)) {
    await writeFile(signerFileOf(taxCode), certificateChainPem + authority.certificatePem);
  }
  return { secretsFile, trustAnchorsFile, trustAnchorsPem: authority.certificatePem, signerFileOf };
}

type LocalSecret = z.infer<typeof secretsSchema>[string];

async function renew(
  known: LocalSecret | undefined,
  { name, taxCode }: Organisation,
  authority: CertifiedKey,
  now: Date,
): Promise<LocalSecret> {
  if (known !== undefined && isGood(known.certificateChainPem, authority, now)) return known;
  const order = { subject: { name, taxCode }, isAuthority: false, ...validity(now, signerDays) };
  const { certificatePem, privateKeyPem } = await makeCertificate(order, authority);
  return { certificateChainPem: certificatePem, privateKeyPem };
}

function isGood(certificatePem: string, authority: CertifiedKey, now: Date): boolean {
  const certificate = new X509Certificate(certificatePem);
  const issuer = new X509Certificate(authority.certificatePem);
  return certificate.validToDate.getTime() - now.getTime() > renewalDays * day && certificate.verify(issuer.publicKey);
}

/** A day of grace at the beginning: receipts of a restored state may be a little older than the certificate. */
function validity(now: Date, days: number): { readonly notBefore: Date; readonly notAfter: Date } {
  return { notBefore: new Date(now.getTime() - day), notAfter: new Date(now.getTime() + days * day) };
}
