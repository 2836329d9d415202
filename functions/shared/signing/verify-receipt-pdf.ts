import { createHash, verify } from 'node:crypto';
import { largestReceiptFileText } from '#shared/domain/receipt-file.ts';
import { readSigningCertificate } from '#shared/domain/signing-certificate.ts';
import { checkCertificates } from './check-certificates.ts';
import type { SignerFacts } from './examine-receipt.ts';
import { readSignedPdf, type SignedPdf } from './read-signed-pdf.ts';
import { subjectLineOf } from './signature-form.ts';
import { type Check, type CheckCode, type CheckFault, checksOf, type Remarks } from './verdict.ts';
import { type ReceiptVerdict, type VerifyingNeeds, verifyReceiptXml } from './verify-receipt-xml.ts';

/** The checks of a page, by the codes of those of the original. */
export const pdfCheckTitles = {
  V1: `Tệp là PDF, không quá ${largestReceiptFileText}`,
  V2: 'Tệp PDF mang theo đúng một biên lai XML gốc',
  V3: 'Một chữ ký duy nhất bao trùm toàn bộ tệp PDF, dùng thuật toán được phép',
  V4: 'Nội dung không bị sửa đổi sau khi ký',
  V5: 'Giá trị chữ ký đúng với khóa trong chứng thư số',
  V6: 'Chứng thư số do tổ chức được tin cậy cấp, có hiệu lực lúc ký, không bị thu hồi',
  V7: 'Người ký tệp PDF chính là tổ chức thu ghi trên biên lai XML gốc, ký cùng thời điểm',
  V8: 'Biên lai XML gốc kèm theo đạt các kiểm tra của nó',
  V9: 'Biên lai XML gốc khớp với biên lai đã lưu trong sổ',
} as const satisfies Record<CheckCode, string>;

export interface PdfVerdict {
  /** No check failed, neither of the page nor of the original in it. */
  readonly isGenuine: boolean;
  readonly checks: readonly Check[];
  /** SHA-256 of the bytes that were examined, in hexadecimal. */
  readonly sha256: string;
  /** What the XML inside came to; nothing when there is none to be found. */
  readonly original?: ReceiptVerdict;
  /** Given only when no check failed. */
  readonly signer?: SignerFacts;
}

/**
 * Verifies a page of ours and the original in it. Whatever the bytes are, it answers and does not throw; they come from
 * anybody.
 */
export async function verifyReceiptPdf(bytes: Uint8Array, needs: VerifyingNeeds): Promise<PdfVerdict> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const pdf = takeApart(bytes);
  if ('code' in pdf) return { isGenuine: false, checks: pdfChecksOf(pdf), sha256 };
  const original = await verifyReceiptXml(pdf.original, needs);
  const signer = findSigner(pdf, needs);
  if ('code' in signer) return { isGenuine: false, checks: pdfChecksOf(signer), sha256, original };
  const fault = faultOfOriginal(original, signer);
  const checks = pdfChecksOf(fault, original);
  return fault === undefined
    ? { isGenuine: true, checks, sha256, original, signer }
    : { isGenuine: false, checks, sha256, original };
}

function takeApart(bytes: Uint8Array): SignedPdf | CheckFault {
  try {
    return readSignedPdf(bytes);
  } catch (error) {
    const detail = error instanceof Error ? `${error.name} while reading` : 'unknown fault while reading';
    return { code: 'V3', says: 'Chữ ký hoặc biên lai gốc trong PDF không đọc được.', detail };
  }
}

/** V4 to V6. */
function findSigner({ signedParts, cms, signedAt }: SignedPdf, { trust }: VerifyingNeeds): SignerFacts | CheckFault {
  const digest = createHash('sha256').update(signedParts[0]).update(signedParts[1]).digest();
  if (!digest.equals(cms.digest)) {
    return { code: 'V4', says: 'Nội dung tệp PDF đã bị sửa sau khi ký.', detail: 'the message digest differs' };
  }
  const chain = cms.certificates.map(readSigningCertificate);
  const [own] = chain;
  const bits = own?.publicKey.asymmetricKeyDetails?.modulusLength ?? 0;
  if (own?.publicKey.asymmetricKeyType !== 'rsa' || bits < 2048) {
    return { code: 'V5', says: 'Khóa ký không phải RSA từ 2048 bit trở lên.', detail: `${bits} bits` };
  }
  if (!verify('sha256', cms.signedBytes, own.publicKey, cms.signature)) {
    const says = 'Giá trị chữ ký không đúng với khóa trong chứng thư số.';
    return { code: 'V5', says, detail: 'the signature value does not verify' };
  }
  const verdict = checkCertificates(chain, signedAt, trust);
  if (!verdict.ok) return { code: 'V6', says: verdict.says, detail: verdict.detail };
  const { subject, issuer } = own.x509;
  const names = { subject: subjectLineOf(subject), issuer: subjectLineOf(issuer), serial: own.serial };
  return { ...names, taxCode: own.taxCode, signedAt };
}

/** V7 to V9: the page is worth what the original in it is worth. */
function faultOfOriginal({ checks, facts, signer }: ReceiptVerdict, page: SignerFacts): CheckFault | undefined {
  const failed = checks.find(({ outcome }) => outcome === 'failed');
  if (failed !== undefined && failed.code !== 'V9') {
    const says = `Biên lai XML gốc kèm theo không đạt ${failed.code}: ${failed.says ?? failed.title}`;
    return { code: 'V8', says, detail: failed.detail ?? failed.code };
  }
  if (page.taxCode === undefined || page.taxCode !== facts?.collector.taxCode || page.signedAt !== signer?.signedAt) {
    const says = 'Tệp PDF và biên lai XML gốc kèm theo không do cùng tổ chức thu ký cùng thời điểm.';
    const detail = `page: ${page.taxCode} at ${page.signedAt}, original: ${facts?.collector.taxCode} at ${signer?.signedAt}`;
    return { code: 'V7', says, detail };
  }
  return failed === undefined
    ? undefined
    : { code: 'V9', says: failed.says ?? failed.title, detail: failed.detail ?? '' };
}

function pdfChecksOf(fault: CheckFault | undefined, original?: ReceiptVerdict): readonly Check[] {
  const remarks: Remarks = {};
  // The name to compare the signer with stands in the original, and nothing in a false one may be believed.
  if (fault?.code === 'V8') remarks.V7 = { outcome: 'not-done', says: 'Chưa kiểm tra vì V8 không đạt.' };
  const registry = original?.checks.find(({ code }) => code === 'V9');
  if (registry !== undefined && registry.outcome !== 'failed') {
    remarks.V9 = { outcome: registry.outcome, ...(registry.says === undefined ? {} : { says: registry.says }) };
  }
  return checksOf(fault, remarks).map((check) => ({ ...check, title: pdfCheckTitles[check.code] }));
}
