import { readFileSync } from 'node:fs';
import { loadSigning } from '#config/signing.ts';
import { readBase64Certificate } from '#shared/adapters/open-signing-key.ts';
import { makeSigningKeys } from '#shared/adapters/signing-keys.ts';
import { makeSigningSecrets } from '#shared/adapters/signing-secrets.ts';
import type { Clock } from '#shared/domain/ports.ts';
import type { IssuingNeeds } from '#shared/processes/issue-receipts.ts';
import { loadReceiptFonts } from '#shared/rendering/receipt-fonts.ts';
import { RENDERER_VERSION } from '#shared/rendering/renderer-version.ts';
import type { Trust } from '#shared/signing/check-certificates.ts';
import { makeReceiptDocuments } from '#shared/signing/receipt-documents.ts';
import { readSigningFiles, type SigningFiles } from './signing-files.ts';

export type Signing = Pick<IssuingNeeds, 'keys' | 'documents' | 'rendererVersion'> & { readonly trust: Trust };

/** The real documents and the real keys of stage dev, for whoever asks what is in them, or shares an archive with processes. */
export function makeRealSigning(clock: Clock, files: SigningFiles = readSigningFiles()): Signing {
  const settings = loadSigning('dev', readFileSync(files.SIGNING_TRUST_ANCHORS_FILE, 'utf8'));
  const trust = { anchors: settings.trustAnchors.map(readBase64Certificate), revoked: settings.revoked };
  return {
    trust,
    rendererVersion: RENDERER_VERSION,
    documents: makeReceiptDocuments({ fonts: loadReceiptFonts(), trust }),
    keys: makeSigningKeys({
      settings,
      secrets: makeSigningSecrets(files),
      clock,
      milliseconds: () => 0,
      logNews: () => undefined,
    }),
  };
}
