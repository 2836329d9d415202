import * as z from 'zod/mini';
import type { CollectingUnit } from '#shared/domain/collecting-unit.ts';
import { ConfigurationError } from '#shared/domain/failures.ts';
import {
  faultOfChain,
  faultsOfCertificate,
  readSigningCertificate,
  type SigningCertificate,
} from '#shared/domain/signing-certificate.ts';
import { type SigningKey, type SigningSettings, signingSettingsSchema } from '#shared/domain/signing-settings.ts';
import dev from './dev/signing.json' with { type: 'json' };
import prod from './prod/signing.json' with { type: 'json' };
import { faultsOfRepeats, placeOf, type RegistryFile, refuse } from './registry-file.ts';
import type { Stage } from './stage.ts';
import { loadUnits } from './units.ts';

const files: Readonly<Record<Stage, RegistryFile>> = {
  dev: { path: 'config/dev/signing.json', data: dev },
  prod: { path: 'config/prod/signing.json', data: prod },
};

/**
 * The keys that sign the receipts of a stage, and whom their certificates are believed by.
 * @param localTrustAnchors PEM certificates of a local run, whose authority is made at its first start. Refused in
 *   prod, where anyone who can set it could make signers of their own.
 * @throws ConfigurationError naming every fault, also of the units
 */
export function loadSigning(stage: Stage, localTrustAnchors?: string): SigningSettings {
  if (stage === 'prod' && localTrustAnchors !== undefined) {
    throw new ConfigurationError(
      'Trust anchors of a local run are given in stage prod. Remove them from the environment; those of prod belong ' +
        'in config/prod/signing.json.',
    );
  }
  const settings = readSigning(files[stage], stage, loadUnits(stage));
  if (localTrustAnchors === undefined) return settings;
  return { ...settings, trustAnchors: [...settings.trustAnchors, ...readPemAnchors(localTrustAnchors)] };
}

const kmsRowsSchema = z.object({ keys: z.array(z.object({ kind: z.string(), taxCode: z.string() })) });

/** Organisations with a key in AWS KMS, for the template, which is made for a stage that nobody has filled yet too. */
export function taxCodesAtKms(stage: Stage): readonly string[] {
  const { keys } = kmsRowsSchema.parse(files[stage].data);
  return keys.filter(({ kind }) => kind === 'kms').map(({ taxCode }) => taxCode);
}

export function readSigning(file: RegistryFile, stage: Stage, units: readonly CollectingUnit[]): SigningSettings {
  const parsed = signingSettingsSchema.safeParse(file.data);
  if (!parsed.success) {
    return refuse(
      file,
      parsed.error.issues.map(({ path, message }) => `${placeOf(path)}: ${message}`),
    );
  }
  const { keys, revoked, trustAnchors } = parsed.data;
  if (keys.length === 0) {
    return refuse(file, ['the list of keys is empty; nobody has filled this registry for the stage yet']);
  }
  const anchors = trustAnchors.map(readCertificate);
  const faults = [
    ...placed('.trustAnchors', anchors, (anchor) =>
      anchor?.x509.ca === true ? [] : ['is no certificate of an authority'],
    ),
    ...(stage === 'prod' && anchors.length === 0 ? ['.trustAnchors: is empty, so no signature could be believed'] : []),
    ...faultsOfRepeats(revoked, 'serial', ({ serial }) => [serial]).map((fault) => `.revoked${fault}`),
    ...faultsOfRepeats(keys, 'key', ({ taxCode, validFrom }) => [`${taxCode} from ${validFrom}`]).map(
      (fault) => `.keys${fault}`,
    ),
    ...placed('.keys', keys, (key) => faultsOfKey(key, stage, units, anchors)),
  ];
  return faults.length > 0 ? refuse(file, faults) : parsed.data;
}

function faultsOfKey(
  key: SigningKey,
  stage: Stage,
  units: readonly CollectingUnit[],
  anchors: readonly (SigningCertificate | undefined)[],
): readonly string[] {
  const isOfUnit = units.some(({ taxCode }) => taxCode === key.taxCode);
  return [
    ...(isOfUnit ? [] : [`tax code ${key.taxCode} is that of no unit of the units file`]),
    ...(key.kind === 'kms' || key.kind === 'remote'
      ? faultsOfCertificates(key.certificates, key.taxCode, anchors.filter(isKnown))
      : faultsOfKeyInSecret(key.kind, stage)),
  ];
}

/** Keys lie outside the application: in an HSM or at a remote service. */
function faultsOfKeyInSecret(kind: string, stage: Stage): readonly string[] {
  return stage === 'dev' ? [] : [`kind ${kind} is for local runs; prod takes kms or remote`];
}

function faultsOfCertificates(
  certificates: readonly string[],
  taxCode: string,
  anchors: readonly SigningCertificate[],
): readonly string[] {
  const chain = certificates.map(readCertificate).filter(isKnown);
  const [signer] = chain;
  if (signer === undefined || chain.length < certificates.length) return ['a certificate cannot be read'];
  const faultOfIssuers = faultOfChain(chain, anchors);
  return [...faultsOfCertificate(signer, taxCode), ...(faultOfIssuers === undefined ? [] : [faultOfIssuers])].map(
    (fault) => `certificate ${signer.serial}: ${fault}`,
  );
}

function placed<Row>(
  place: string,
  rows: readonly Row[],
  faultsOf: (row: Row) => readonly string[],
): readonly string[] {
  return rows.flatMap((row, index) => faultsOf(row).map((fault) => `${place}[${index}]: ${fault}`));
}

function readCertificate(base64: string): SigningCertificate | undefined {
  try {
    return readSigningCertificate(Buffer.from(base64, 'base64'));
  } catch {
    return undefined;
  }
}

function isKnown(certificate: SigningCertificate | undefined): certificate is SigningCertificate {
  return certificate !== undefined;
}

function readPemAnchors(pem: string): readonly string[] {
  const found = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  if (found.length === 0) throw new ConfigurationError('The local trust anchors hold no PEM certificate.');
  return found.map((one) => Buffer.from(readSigningCertificate(one).der).toString('base64'));
}
