import { largestReceiptFile, largestReceiptFileText } from '#shared/domain/receipt-file.ts';

/** What a form adds around its file. */
const largestFrame = 16 * 1024;

/** Why a request holds nothing to verify. */
export interface UploadRefusal {
  readonly status: 400 | 413 | 415;
  readonly code: string;
  /** For whoever sent it from the page. */
  readonly says: string;
  /** For whoever sent it from a program. */
  readonly detail: string;
}

export type UploadReading =
  | { readonly ok: true; readonly file: Uint8Array }
  | { readonly ok: false; readonly refusal: UploadRefusal };

/** Types under which programs send a receipt as the whole body. */
const plainTypes = ['', 'application/xml', 'text/xml', 'application/pdf', 'application/octet-stream'];

/** The one file of a request: its whole body, or the only file of a form. What it is called does not matter. */
export async function readUpload(contentType: string, body: Uint8Array): Promise<UploadReading> {
  if (body.length > largestReceiptFile + largestFrame) return tooLarge(body.length);
  const [type = ''] = contentType.toLowerCase().split(';', 1);
  if (type.trim() === 'multipart/form-data') return readForm(contentType, body);
  if (plainTypes.includes(type.trim())) return fileOf(body);
  return refuse(
    415,
    'unknown-upload',
    'Kiểu nội dung này không kiểm tra được; hãy gửi tệp XML hoặc PDF.',
    'Send the file as application/xml or application/pdf, or as the only file of a multipart/form-data form.',
  );
}

async function readForm(contentType: string, body: Uint8Array): Promise<UploadReading> {
  const files = await filesOf(contentType, body);
  if (files === undefined) {
    const says = 'Biểu mẫu gửi lên không đọc được; hãy mở lại trang kiểm tra và chọn tệp.';
    return refuse(400, 'unreadable-form', says, 'The multipart/form-data body cannot be read: is its boundary right?');
  }
  const [file, ...others] = files;
  if (file !== undefined && others.length === 0) return fileOf(new Uint8Array(await file.arrayBuffer()));
  return refuse(
    400,
    'not-one-file',
    file === undefined ? 'Chưa có tệp nào được chọn.' : 'Mỗi lần chỉ kiểm tra một tệp.',
    `The form holds ${files.length} files; send one.`,
  );
}

/** Each part of a form costs time; ours has one. */
const mostParts = 20;

/** A browser sends an empty file where none was chosen. */
async function filesOf(contentType: string, body: Uint8Array): Promise<readonly File[] | undefined> {
  const boundary = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType);
  const delimiter = `--${boundary?.[1] ?? boundary?.[2] ?? ''}`;
  if (boundary === null || hasMore(Buffer.from(body.buffer, body.byteOffset, body.length), delimiter, mostParts)) {
    return undefined;
  }
  try {
    // oxlint-disable-next-line typescript/no-deprecated -- advised against for streams; size and parts are bounded here
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
    return [...form.values()].filter((value) => typeof value !== 'string').filter(({ size }) => size > 0);
  } catch {
    return undefined;
  }
}

function hasMore(bytes: Buffer, text: string, most: number): boolean {
  let found = 0;
  for (let at = bytes.indexOf(text); at !== -1 && found <= most; at = bytes.indexOf(text, at + text.length)) found += 1;
  return found > most;
}

function fileOf(file: Uint8Array): UploadReading {
  if (file.length > largestReceiptFile) return tooLarge(file.length);
  if (file.length > 0) return { ok: true, file };
  return refuse(400, 'empty-upload', 'Tệp rỗng, không có gì để kiểm tra.', 'The file is empty.');
}

function tooLarge(bytes: number): UploadReading {
  return refuse(
    413,
    'upload-too-large',
    `Tệp lớn hơn ${largestReceiptFileText}; biên lai không bao giờ lớn như vậy.`,
    `The upload has ${bytes} bytes; a receipt has less than ${largestReceiptFile}.`,
  );
}

function refuse(status: UploadRefusal['status'], code: string, says: string, detail: string): UploadReading {
  return { ok: false, refusal: { status, code, says, detail } };
}
