import { readFileSync } from 'node:fs';
import { loadSigning } from '#config/signing.ts';
import type { Stage } from '#config/stage.ts';
import { readSigningCertificate } from '#shared/domain/signing-certificate.ts';
import { systemClock } from '#shared/runtime/clock.ts';
import { type FileVerdict, verifyReceiptFile } from '#shared/signing/verify-receipt-file.ts';
import type { VerifyingNeeds } from '#shared/signing/verify-receipt-xml.ts';

/**
 * Wires verification with whom the stage believes. The parser of XML and the cryptography are heavy, and few requests
 * bring a file: whoever needs this imports it with the first of them.
 * @throws ConfigurationError naming what is wrong with the stage's signing settings
 */
export function wireReceiptVerifying(
  environment: { readonly STAGE: Stage; readonly SIGNING_TRUST_ANCHORS_FILE?: string | undefined },
  lookUp: NonNullable<VerifyingNeeds['lookUp']>,
): (bytes: Uint8Array) => Promise<FileVerdict> {
  const { STAGE: stage, SIGNING_TRUST_ANCHORS_FILE: file } = environment;
  const { trustAnchors, revoked } = loadSigning(stage, file === undefined ? undefined : readFileSync(file, 'utf8'));
  const anchors = trustAnchors.map((base64) => readSigningCertificate(Buffer.from(base64, 'base64')));
  return (bytes) => verifyReceiptFile(bytes, { trust: { anchors, revoked }, now: systemClock(), lookUp });
}
