import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadSigning } from '#config/signing.ts';
import type { Stage } from '#config/stage.ts';
import { ConfigurationError } from '#shared/domain/failures.ts';
import { readSigningCertificate, type SigningCertificate } from '#shared/domain/signing-certificate.ts';
import type { Trust } from '#shared/signing/check-certificates.ts';

/** The authority that `npm start` made on this machine. */
const localAnchors = fileURLToPath(new URL('../../.local/signing/trust-anchors.pem', import.meta.url));

/**
 * Whom a verification on the command line believes: the certificates of the files, else those that the stage is
 * configured with. What is revoked, the configuration says in either case.
 * @throws ConfigurationError naming the file that holds no certificates, or every fault of the configuration
 */
export function readTrust(stage: Stage, files: readonly string[]): Trust {
  const local = stage === 'dev' && existsSync(localAnchors) ? readFileSync(localAnchors, 'utf8') : undefined;
  const { trustAnchors, revoked } = loadSigning(stage, local);
  const configured = trustAnchors.map((base64) => readSigningCertificate(Buffer.from(base64, 'base64')));
  return { anchors: files.length === 0 ? configured : files.flatMap(readCertificateFile), revoked };
}

/** @throws ConfigurationError when the file holds no PEM certificate */
export function readCertificateFile(file: string): readonly SigningCertificate[] {
  try {
    const blocks = readFileSync(file, 'utf8').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
    if (blocks.length === 0) throw new Error('it has no block "BEGIN CERTIFICATE"');
    return blocks.map(readSigningCertificate);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigurationError(
      `Không đọc được chứng thư từ ${file}; cần tệp PEM (cannot read certificates, PEM is needed): ${why}`,
      { cause },
    );
  }
}
