import { inflateSync } from 'node:zlib';
import { type Instant, instantSchema } from '#schemas/ids.ts';
import { largestReceiptFile, largestReceiptFileText } from '#shared/domain/receipt-file.ts';
import { type ReadCms, readCms } from './cms.ts';
import type { CheckFault } from './verdict.ts';

/** The one signature of a page of ours, and what it is over. */
export interface PdfSignature {
  /** The file without the hole of the signature. */
  readonly signedParts: readonly [Uint8Array, Uint8Array];
  readonly cms: ReadCms;
  readonly signedAt: Instant;
}

/** What a signed receipt is made of. */
export interface SignedPdf extends PdfSignature {
  /** The receipt's XML inside. */
  readonly original: Uint8Array;
}

/**
 * Takes a signed page apart as `renderReceipt` and `signReceiptPdf` make it: nothing else is understood, since whatever
 * a lenient reader finds in a PDF another reader may find elsewhere.
 * @throws Error when something in it cannot be read
 */
export function readSignedPdf(bytes: Uint8Array): SignedPdf | CheckFault {
  const opened = openPdf(bytes);
  if ('code' in opened) return opened;
  const original = readOriginal(opened.pdf);
  if (original === undefined) {
    return fault('V2', 'Tệp PDF không mang theo biên lai XML gốc.', 'not exactly one embedded file of type text/xml');
  }
  const signature = readSignature(opened);
  return 'code' in signature ? signature : { ...signature, original };
}

/**
 * The signature alone, of pages that carry no receipt.
 * @throws Error when something in it cannot be read
 */
export function readPdfSignature(bytes: Uint8Array): PdfSignature | CheckFault {
  const opened = openPdf(bytes);
  return 'code' in opened ? opened : readSignature(opened);
}

interface OpenedPdf {
  readonly pdf: Buffer;
  readonly place: SignaturePlace;
}

function openPdf(bytes: Uint8Array): OpenedPdf | CheckFault {
  if (bytes.length > largestReceiptFile) {
    return fault('V1', `Tệp PDF lớn hơn ${largestReceiptFileText}.`, `${bytes.length} bytes`);
  }
  const pdf = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!pdf.subarray(0, 5).equals(Buffer.from('%PDF-'))) {
    return fault('V1', 'Tệp không phải là PDF.', 'it does not begin with %PDF-');
  }
  const place = findSignature(pdf);
  return 'code' in place ? place : { pdf, place };
}

function readSignature({ pdf, place }: OpenedPdf): PdfSignature | CheckFault {
  const cms = readCms(Buffer.from(pdf.toString('latin1', place.start + 1, place.end - 1), 'hex'));
  if (cms === undefined) return fault('V3', 'Chữ ký trong PDF không đúng dạng quy định.', 'a CMS of another form');
  const signedParts = [pdf.subarray(0, place.start), pdf.subarray(place.end)] as const;
  return { signedParts, cms, signedAt: place.signedAt };
}

interface SignaturePlace {
  readonly start: number;
  readonly end: number;
  readonly signedAt: Instant;
}

/** The one signature of the file, which leaves out nothing but its own value. */
function findSignature(pdf: Buffer): SignaturePlace | CheckFault {
  const at = onlyPlaceOf(pdf, '/ByteRange ');
  if (at === 'none') return fault('V3', 'Tệp PDF chưa được ký số.', 'no ByteRange');
  if (at === 'several') return fault('V3', 'Tệp PDF có hơn một chữ ký.', 'several ByteRanges');
  const dictionary = pdf.toString('latin1', pdf.lastIndexOf('<<', at), pdf.indexOf('endobj', at));
  const found = dictionaryPattern.exec(dictionary);
  if (found === null) return fault('V3', 'Chữ ký trong PDF không đúng dạng quy định.', 'another signature dictionary');
  const [, from, length, next, rest, , time = ''] = found;
  const start = pdf.indexOf('/Contents <', at) + '/Contents '.length;
  const end = pdf.indexOf('>', start) + 1;
  const covered = [from, length, next, rest].map(Number);
  if (covered[0] !== 0 || covered[1] !== start || covered[2] !== end || end + Number(rest) !== pdf.length) {
    const says = 'Chữ ký không bao trùm toàn bộ tệp PDF: tệp đã được thêm hoặc bớt nội dung sau khi ký.';
    return fault('V3', says, `ByteRange ${covered.join(' ')} of ${pdf.length} bytes, hole ${start} to ${end}`);
  }
  const iso = time.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '$1-$2-$3T$4:$5:$6.000Z');
  return { start, end, signedAt: instantSchema.parse(iso) };
}

/** Our signature dictionary from its ByteRange on; the name of the signer, free text, comes behind the value. */
const dictionaryPattern =
  /\/SubFilter \/ETSI\.CAdES\.detached\s+\/ByteRange \[(\d{1,10}) (\d{1,10}) (\d{1,10}) (\d{1,10})\] *\n\/Contents <((?:[0-9a-f]{2})+)>\n[^]*\n\/M \(D:(\d{14})Z\)\n/;

function onlyPlaceOf(pdf: Buffer, word: string): number | 'none' | 'several' {
  const at = pdf.indexOf(word, 0, 'latin1');
  if (at === -1) return 'none';
  return pdf.indexOf(word, at + 1, 'latin1') === -1 ? at : 'several';
}

function readOriginal(pdf: Buffer): Uint8Array | undefined {
  const at = onlyPlaceOf(pdf, '/Type /EmbeddedFile\n');
  if (typeof at === 'string') return undefined;
  const streamAt = pdf.indexOf('\nstream\n', at, 'latin1');
  const dictionary = pdf.toString('latin1', at, streamAt);
  const [, length] = /\/Subtype \/text#2Fxml\n\/Length (\d{1,8})\n\/Filter \/FlateDecode\n>>$/.exec(dictionary) ?? [];
  if (length === undefined) return undefined;
  const start = streamAt + '\nstream\n'.length;
  return inflateSync(pdf.subarray(start, start + Number(length)), { maxOutputLength: largestReceiptFile });
}

function fault(code: CheckFault['code'], says: string, detail: string): CheckFault {
  return { code, says, detail };
}
