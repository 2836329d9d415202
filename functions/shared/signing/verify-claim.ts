import type { Instant } from '#schemas/ids.ts';
import { businessDateOf } from '#shared/domain/calendar.ts';
import { faultOfSymbols, receiptRulesOn } from '#shared/domain/rule-profile.ts';
import type { SigningCertificate } from '#shared/domain/signing-certificate.ts';
import { checkCertificates, type Trust } from './check-certificates.ts';
import type { SignerFacts } from './examine-receipt.ts';
import { isSignedBy, type ReceiptClaim, readClaim } from './receipt-claim.ts';
import { subjectLineOf } from './signature-form.ts';
import type { CheckCode } from './verdict.ts';

export interface ClaimNeeds {
  /** Certificates of collecting organisations, each followed by its issuers. A QR code has no room for them. */
  readonly signers: readonly (readonly SigningCertificate[])[];
  readonly trust: Trust;
  readonly now: Instant;
}

/** What a QR code is worth without the register. The codes are those of the checks of files. */
export type ClaimVerdict =
  | { readonly kind: 'genuine'; readonly claim: ReceiptClaim; readonly signer: SignerFacts; readonly caution?: string }
  | { readonly kind: 'false'; readonly code: CheckCode; readonly says: string; readonly detail: string }
  /** Nothing is known against it: the certificate is missing. */
  | { readonly kind: 'no-certificate'; readonly taxCode: string };

/** Verifies the claim in a QR code's text by certificates alone. */
export function verifyClaim(text: string, { signers, trust, now }: ClaimNeeds): ClaimVerdict {
  const read = readClaim(text);
  if (read === undefined) {
    const says = 'Mã QR không mang dữ liệu biên lai đã ký, hoặc dữ liệu bị cắt bớt khi chép.';
    return { kind: 'false', code: 'V1', says, detail: 'no claim of version 1 in the fragment' };
  }
  const { claim } = read;
  const ofOrganisation = signers.filter(([own]) => own?.taxCode === claim.taxCode);
  if (ofOrganisation.length === 0) return { kind: 'no-certificate', taxCode: claim.taxCode };
  const chain = ofOrganisation.find(([own]) => own !== undefined && isSignedBy(own.publicKey, read));
  const [own] = chain ?? [];
  if (chain === undefined || own === undefined) {
    const says = 'Chữ ký trong mã QR không phải của tổ chức thu có mã số thuế này, hoặc dữ liệu đã bị sửa.';
    return { kind: 'false', code: 'V5', says, detail: `none of ${ofOrganisation.length} certificates verifies it` };
  }
  const verdict = checkCertificates(chain, claim.signedAt, trust);
  if (!verdict.ok) return { kind: 'false', code: 'V6', says: verdict.says, detail: verdict.detail };
  const broken = faultOfFacts(claim, now);
  if (broken !== undefined) {
    return { kind: 'false', code: 'V8', says: 'Ký hiệu, số hoặc ngày trong mã QR không hợp lệ.', detail: broken };
  }
  const { x509, serial, taxCode } = own;
  const names = { subject: subjectLineOf(x509.subject), issuer: subjectLineOf(x509.issuer) };
  const signer = { ...names, serial, taxCode, signedAt: claim.signedAt };
  return verdict.caution === undefined
    ? { kind: 'genuine', claim, signer }
    : { kind: 'genuine', claim, signer, caution: verdict.caution };
}

function faultOfFacts(
  { template, series, number, issuedOn, signedAt }: ReceiptClaim,
  now: Instant,
): string | undefined {
  const signedOn = businessDateOf(signedAt);
  if (issuedOn > signedOn || signedOn > businessDateOf(now)) return `made on ${issuedOn}, signed on ${signedOn}`;
  const { largestNumber } = receiptRulesOn(issuedOn);
  if (number < 1 || number > largestNumber) return `number ${number}`;
  return faultOfSymbols(template, series, issuedOn);
}
