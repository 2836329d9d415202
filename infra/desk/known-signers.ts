import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadSigning } from '#config/signing.ts';
import type { Stage } from '#config/stage.ts';
import { readSigningCertificate, type SigningCertificate } from '#shared/domain/signing-certificate.ts';
import { readCertificateFile } from './trusted-authorities.ts';

/** The certificates that `npm start` made on this machine. */
const localFolder = fileURLToPath(new URL('../../.local/signing/', import.meta.url));

/**
 * Certificates of collecting organisations, each followed by its issuers: those of the files, else those that the stage
 * is configured with.
 * @throws ConfigurationError naming the file that holds no certificates, or every fault of the configuration
 */
export function readSigners(stage: Stage, files: readonly string[]): readonly (readonly SigningCertificate[])[] {
  if (files.length > 0) return files.map(readCertificateFile);
  const configured = loadSigning(stage).keys.flatMap((key) =>
    key.kind === 'kms' || key.kind === 'remote' ? [key.certificates.map(readBase64)] : [],
  );
  const local = stage === 'dev' && existsSync(localFolder) ? globSync('signer-*.pem', { cwd: localFolder }) : [];
  return [...configured, ...local.map((name) => readCertificateFile(join(localFolder, name)))];
}

function readBase64(certificate: string): SigningCertificate {
  return readSigningCertificate(Buffer.from(certificate, 'base64'));
}
