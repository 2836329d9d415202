import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { loadSigning } from '#config/signing.ts';
import { readBase64Certificate } from '#shared/adapters/open-signing-key.ts';
import { makeSigningKeys } from '#shared/adapters/signing-keys.ts';
import { makeSigningSecrets } from '#shared/adapters/signing-secrets.ts';
import type { ReceiptDocuments, SigningKeys } from '#shared/domain/signing-ports.ts';
import { loadReceiptFonts, type ReceiptFonts } from '#shared/rendering/receipt-fonts.ts';
import { systemClock } from '#shared/runtime/clock.ts';
import { commonEnvironment } from '#shared/runtime/env.ts';
import { logNews } from '#shared/runtime/telemetry.ts';
import type { Trust } from '#shared/signing/check-certificates.ts';
import { makeReceiptDocuments } from '#shared/signing/receipt-documents.ts';

/** What a function that signs receipts must be told. */
export const receiptSigningEnvironment = {
  ...commonEnvironment,
  FONTS_DIR: z.optional(z.string().check(z.minLength(1))),
  SIGNING_SECRETS_PREFIX: z.optional(z.string()),
  SIGNING_SECRETS_FILE: z.optional(z.string()),
  SIGNING_TRUST_ANCHORS_FILE: z.optional(z.string()),
};

export interface ReceiptSigning {
  readonly keys: SigningKeys;
  readonly documents: ReceiptDocuments;
  /** What the documents are made with, for whoever signs other pages. */
  readonly fonts: ReceiptFonts;
  readonly trust: Trust;
}

/** Wires what receipts are signed with: the keys of the stage, and the documents that they sign. */
export function wireReceiptSigning(
  environment: z.infer<z.ZodMiniObject<typeof receiptSigningEnvironment>>,
): ReceiptSigning {
  const { STAGE, SIGNING_TRUST_ANCHORS_FILE: anchorsFile } = environment;
  const settings = loadSigning(STAGE, anchorsFile === undefined ? undefined : readFileSync(anchorsFile, 'utf8'));
  const fonts = loadReceiptFonts(environment.FONTS_DIR);
  const trust = { anchors: settings.trustAnchors.map(readBase64Certificate), revoked: settings.revoked };
  return {
    keys: makeSigningKeys({
      settings,
      secrets: makeSigningSecrets(environment),
      clock: systemClock,
      milliseconds: () => performance.now(),
      logNews,
    }),
    documents: makeReceiptDocuments({ fonts, trust }),
    fonts,
    trust,
  };
}
