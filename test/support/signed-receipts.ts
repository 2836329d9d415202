import type { ReceiptContent, ReplacedReceipt } from '#schemas/receipt.ts';
import { readSigningCertificate } from '#shared/domain/signing-certificate.ts';
import { renderReceiptXml } from '#shared/rendering/receipt-xml.ts';
import type { Trust } from '#shared/signing/check-certificates.ts';
import { signReceiptXml } from '#shared/signing/sign-receipt-xml.ts';
import { type CertifiedKey, makeAuthority, type TestAuthority } from './certificates.ts';
import { aReceiptContent } from './receipt-content.ts';

/** An authority with an authority below it, which has certified the collecting organisation of the usual receipt. */
export interface SigningScene {
  readonly root: TestAuthority;
  readonly authority: TestAuthority;
  readonly organisation: CertifiedKey;
  readonly trust: Trust;
  /** A signed receipt as text. */
  sign(options?: SigningOptions): Promise<string>;
}

export interface SigningOptions {
  readonly content?: ReceiptContent;
  readonly replaces?: ReplacedReceipt;
  readonly by?: CertifiedKey;
  /** Changes the XML before it is signed, so that the signature is good and the content is not. */
  readonly change?: (xml: string) => string;
}

export function makeSigningScene(): SigningScene {
  const root = makeAuthority();
  const authority = root.certifyAuthority('CA thử nghiệm cấp dưới');
  const organisation = authority.issueFor({
    taxCode: '5709990011',
    name: 'Văn phòng Đăng ký đất đai tỉnh Quảng Ninh',
  });
  return {
    root,
    authority,
    organisation,
    trust: { anchors: [readSigningCertificate(root.rootPem)], revoked: [] },
    sign: async ({ content: usual = aReceiptContent(), replaces, by = organisation, change = unchanged } = {}) => {
      const content = replaces === undefined ? usual : { ...usual, replaces };
      return new TextDecoder().decode(await signReceiptXml(change(renderReceiptXml(content)), content, by.signer));
    },
  };
}

function unchanged(xml: string): string {
  return xml;
}

/** Replaces what must be there: an alteration that does not alter proves nothing. */
export function alter(xml: string, from: string | RegExp, to: string): string {
  const altered = xml.replace(from, () => to);
  if (altered === xml) throw new Error(`nothing to alter: ${String(from)}`);
  return altered;
}
