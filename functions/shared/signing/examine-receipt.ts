import { createHash, verify } from 'node:crypto';
import type { Instant } from '#schemas/ids.ts';
import { instantOfVietnamTime } from '#shared/domain/calendar.ts';
import type { SigningCertificate } from '#shared/domain/signing-certificate.ts';
import { type ReceiptFacts, readReceiptXml } from '#shared/rendering/read-receipt-xml.ts';
import { childOf, childrenOf, textOf, type XmlElement } from '#shared/rendering/xml-tree.ts';
import { findBrokenRule } from './check-business-rules.ts';
import { checkCertificates, readCertificates, type Trust } from './check-certificates.ts';
import { dataId, subjectLineOf } from './signature-form.ts';
import { findOutlineDifference } from './signature-outline.ts';
import type { CheckFault } from './verdict.ts';
import type { XmlFile } from './xml-file.ts';

/** Who signed, by a certificate that was examined. */
export interface SignerFacts {
  readonly subject: string;
  readonly issuer: string;
  readonly serial: string;
  readonly taxCode: string | undefined;
  readonly signedAt: Instant;
}

/** What V1 to V8 came to: facts that may be believed, or the first fault. */
export type Examination =
  | { readonly ok: true; readonly facts: ReceiptFacts; readonly signer: SignerFacts; readonly caution?: string }
  | { readonly ok: false; readonly fault: CheckFault };

interface Signature {
  readonly element: XmlElement;
  readonly signedAt: Instant;
}

/** Examines a file that was read (receipt rules §6.3); each check rests on those before it. */
export function examineReceipt(file: XmlFile, trust: Trust, now: Instant): Examination {
  const early = faultOfIds(file.root) ?? faultOfStructure(file);
  if (early !== undefined) return { ok: false, fault: early };
  const facts = readReceiptXml(file.root);
  const signature = readSignature(file.root, facts);
  if ('code' in signature) return { ok: false, fault: signature };
  const altered = faultOfDigests(file, signature.element);
  if (altered !== undefined) return { ok: false, fault: altered };
  const chain = readChain(file, signature.element);
  if ('code' in chain) return { ok: false, fault: chain };
  return examineSigner(facts, signature, chain, { trust, now });
}

function examineSigner(
  facts: ReceiptFacts,
  { signedAt }: Signature,
  chain: Chain,
  { trust, now }: { readonly trust: Trust; readonly now: Instant },
): Examination {
  const verdict = checkCertificates(chain.certificates, signedAt, trust);
  if (!verdict.ok) return { ok: false, fault: { code: 'V6', says: verdict.says, detail: verdict.detail } };
  const { own } = chain;
  if (own.taxCode !== facts.collector.taxCode) {
    const says = 'Chứng thư số được cấp cho mã số thuế khác với tổ chức thu ghi trên biên lai.';
    const detail = `the certificate names ${own.taxCode ?? 'no tax code'}, the receipt ${facts.collector.taxCode}`;
    return { ok: false, fault: { code: 'V7', says, detail } };
  }
  const broken = findBrokenRule(facts, { signedAt, now });
  if (broken !== undefined) return { ok: false, fault: { code: 'V8', ...broken } };
  const { subject, issuer } = own.x509;
  const signer = { subject: subjectLineOf(subject), issuer: subjectLineOf(issuer), serial: own.serial };
  const facing = { facts, signer: { ...signer, taxCode: own.taxCode, signedAt } };
  return verdict.caution === undefined ? { ok: true, ...facing } : { ok: true, ...facing, caution: verdict.caution };
}

/** V1: a second element of that id, however its attribute is spelt, could be the one that a reader takes for signed. */
function faultOfIds(root: XmlElement): CheckFault | undefined {
  const ids = idsIn(root);
  const named = ids.filter(({ id }) => id === dataId);
  if (named.length === 1 && named[0]?.attribute === 'Id') return undefined;
  return {
    code: 'V1',
    says:
      named.length > 1
        ? `Tệp có ${named.length} phần cùng mang mã "data"; không rõ phần nào được ký.`
        : 'Tệp không có phần dữ liệu mang mã Id="data".',
    detail: `ids of "data": ${
      named
        .map(({ attribute }) => attribute)
        .join(', ')
        .slice(0, 200) || 'none'
    }`,
  };
}

function idsIn(element: XmlElement): readonly { readonly attribute: string; readonly id: string }[] {
  const own = Object.entries(element.attributes)
    .filter(([attribute]) => /(^|:)id$/i.test(attribute))
    .map(([attribute, id]) => ({ attribute, id: id.trim() }));
  return [...own, ...element.children.flatMap(idsIn)];
}

function faultOfStructure(file: XmlFile): CheckFault | undefined {
  const says = 'Tệp không đúng cấu trúc biên lai BLai 1.0.';
  if (!file.isPlain) {
    return {
      code: 'V2',
      says,
      detail: 'comments, processing instructions, CDATA or xsi attributes, which a receipt never has',
    };
  }
  const fault = file.faultOfSchema();
  return fault === undefined ? undefined : { code: 'V2', says, detail: fault };
}

/** V3: the form of the signature, and the time in it. */
function readSignature(root: XmlElement, { lookupCode }: ReceiptFacts): Signature | CheckFault {
  const element = childOf(childOf(childOf(root, 'DSCKS'), 'TCThu'), 'Signature');
  if (element === undefined)
    return {
      code: 'V3',
      says: 'Biên lai chưa được ký số.',
      detail: 'the slot of the collecting organisation is empty',
    };
  const difference = findOutlineDifference(element, lookupCode);
  if (difference !== undefined) {
    const { expected, found } = difference;
    const isWeak = /sha1|md5|sha-1/i.test(found);
    return {
      code: 'V3',
      says: isWeak
        ? 'Chữ ký dùng thuật toán SHA-1 hoặc MD5, không còn được chấp nhận.'
        : 'Chữ ký không bao trùm đúng và chỉ đúng phần dữ liệu cùng thời điểm ký theo quy định.',
      detail: `expected "${expected}", found "${found}"`,
    };
  }
  const property = ['SignatureProperties', 'SignatureProperty'].reduce(childOf, childOf(element, 'Object'));
  const time = textOf(property, 'SigningTime') ?? '';
  const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(time);
  const signedAt = isTime ? instantOfVietnamTime(time.replaceAll(/\D/g, '')) : undefined;
  return signedAt === undefined
    ? { code: 'V3', says: 'Thời điểm ký không đọc được.', detail: `SigningTime "${time.slice(0, 40)}"` }
    : { element, signedAt };
}

/** V4: both digests, over what the one parser read. */
function faultOfDigests(file: XmlFile, signature: XmlElement): CheckFault | undefined {
  const [data, time] = childrenOf(childOf(signature, 'SignedInfo'), 'Reference').map((each) =>
    textOf(each, 'DigestValue'),
  );
  if (digestOf(file, childOf(file.root, 'DLBLai')) !== data) {
    return { code: 'V4', says: 'Nội dung biên lai đã bị sửa sau khi ký.', detail: 'the digest of #data differs' };
  }
  if (digestOf(file, childOf(signature, 'Object')) !== time) {
    return { code: 'V4', says: 'Thời điểm ký đã bị sửa sau khi ký.', detail: 'the digest of the signing time differs' };
  }
  return undefined;
}

function digestOf(file: XmlFile, element: XmlElement | undefined): string | undefined {
  return element === undefined ? undefined : createHash('sha256').update(file.canonicalOf(element)).digest('base64');
}

interface Chain {
  readonly own: SigningCertificate;
  readonly certificates: readonly SigningCertificate[];
}

/** V5: the signature's value, by the key of the first certificate. */
function readChain(file: XmlFile, signature: XmlElement): Chain | CheckFault {
  const x509Data = childOf(childOf(signature, 'KeyInfo'), 'X509Data');
  const certificates = readCertificates(childrenOf(x509Data, 'X509Certificate').map(({ text }) => text));
  const own = certificates?.[0];
  if (certificates === undefined || own === undefined) {
    return { code: 'V5', says: 'Chứng thư số trong chữ ký không đọc được.', detail: 'an X509Certificate is none' };
  }
  const { asymmetricKeyType, asymmetricKeyDetails } = own.publicKey;
  const bits = asymmetricKeyType === 'rsa' ? (asymmetricKeyDetails?.modulusLength ?? 0) : 0;
  if (bits < 2048) {
    return { code: 'V5', says: 'Khóa ký không phải RSA từ 2048 bit trở lên.', detail: `${asymmetricKeyType} ${bits}` };
  }
  const signedInfo = childOf(signature, 'SignedInfo');
  const canonical = signedInfo === undefined ? new Uint8Array() : file.canonicalOf(signedInfo);
  const value = Buffer.from(textOf(signature, 'SignatureValue') ?? '', 'base64');
  return verify('sha256', canonical, own.publicKey, value)
    ? { own, certificates }
    : {
        code: 'V5',
        says: 'Giá trị chữ ký không đúng với khóa trong chứng thư số.',
        detail: 'the signature value does not verify',
      };
}
