import type { Instant } from '#schemas/ids.ts';
import type { ReceiptContent } from '#schemas/receipt.ts';

/** The private key of a collecting organisation, wherever it lies, with the certificate that tells whose it is. */
export interface ReceiptSigner {
  /** DER, the signer's first, then its issuers. */
  readonly certificates: readonly Uint8Array[];
  /**
   * RSASSA-PKCS1-v1_5 with SHA-256 over these bytes: the same bytes always give the same signature.
   * @throws SigningUnavailable when it may succeed later
   * @throws SigningRefused when a person must act first
   */
  sign(message: Uint8Array): Promise<Uint8Array>;
}

export interface SigningKeys {
  /**
   * The signer of a collecting organisation; nothing when none is configured.
   * @param signingTime what the receipt says, when that is not now: its certificate must be valid then as well as now,
   *   also where it was renewed between numbering and signing
   * @throws SigningUnavailable when it may succeed later
   * @throws SigningRefused when a person must act first
   */
  signerOf(taxCode: string, signingTime?: Instant): Promise<ReceiptSigner | undefined>;
}

/**
 * Makes the two documents of a receipt. Writing and drawing leave nothing to chance: the same content and signer give the
 * same bytes, or the same error, for ever. What signs, drawing too, throws what the signer throws.
 */
export interface ReceiptDocuments {
  /** The XML without its signature. */
  writeXml(content: ReceiptContent): string;
  signXml(xml: string, content: ReceiptContent, signer: ReceiptSigner): Promise<Uint8Array>;
  /**
   * The page with the signed XML in it, the claim over it signed in the QR code (ADR 19), and the place that the page's
   * own signature by this signer will fill.
   */
  drawPage(content: ReceiptContent, signedXml: Uint8Array, signer: ReceiptSigner): Promise<Uint8Array>;
  signPage(page: Uint8Array, signer: ReceiptSigner): Promise<Uint8Array>;
  /**
   * What keeps bytes from being the XML of this receipt, signed for its organisation by a certificate that is believed;
   * nothing when they are, whichever certificate it was.
   */
  faultOfXml(bytes: Uint8Array, content: ReceiptContent): Promise<string | undefined>;
  /** The same of its page, which must carry this very XML. */
  faultOfPage(bytes: Uint8Array, content: ReceiptContent, signedXml: Uint8Array): Promise<string | undefined>;
}

/**
 * No signature now, and nothing is known that forbids one later: a time-out, a throttled key store, a closed circuit.
 * The receipt keeps its number, waits in `awaiting-signature`, and is signed when the signer is back.
 */
export class SigningUnavailable extends Error {
  override readonly name = 'SigningUnavailable';
}

/**
 * No repetition will bring a signature: a certificate that has expired, was revoked or belongs to another tax code, a
 * key that is disabled. The message says what a person must do; the receipt keeps its number meanwhile.
 */
export class SigningRefused extends Error {
  override readonly name = 'SigningRefused';
}
