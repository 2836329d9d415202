import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { type FileDigest, fileDigestSchema } from '#schemas/reconciliation.ts';
import type { StatementFault } from '#shared/domain/statement.ts';
import { fileFault } from './fault-list.ts';
import { type FileSurvey, surveyFile } from './survey-file.ts';
import { readBytes } from './text-blocks.ts';
import { transcodeUtf16 } from './utf16.ts';

/** A file as its first bytes show it. `digest` is that of the file as it was received. */
export type OpenedFile =
  | { readonly kind: 'text'; readonly digest: FileDigest; readonly path: string; readonly survey: FileSurvey }
  | { readonly kind: 'workbook'; readonly digest: FileDigest; readonly path: string }
  | { readonly kind: 'xml'; readonly digest: FileDigest; readonly path: string };

/** A day of a million rows has 100 MB; what is larger was not made by a gateway. */
const largestFile = 1024 * 1024 * 1024;

/**
 * Finds out what a file is. UTF-16 is written anew as UTF-8 into the folder `scratch`.
 * @returns the fault when it is nothing that can be read
 */
export async function openStatementFile(path: string, scratch: string): Promise<OpenedFile | StatementFault> {
  const { head, size } = await readHead(path);
  if (size === 0)
    return fileFault(
      'empty',
      'Tệp rỗng. Hãy tải lại hoặc xin gửi lại tệp; ngày không có giao dịch vẫn có dòng đầu và dòng cuối.',
    );
  if (size > largestFile)
    return fileFault('too-large', 'Tệp lớn hơn 1 GB, không phải tệp của một ngày. Hãy xin tệp chia theo ngày.');
  const foreign = faultOfForeignFile(head);
  if (foreign !== undefined) return foreign;
  if (head.toString('latin1', 0, 4) === 'PK\u0003\u0004')
    return { kind: 'workbook', digest: await digestOfFile(path), path };
  const utf16 = utf16Of(head);
  if (utf16 !== undefined) return openUtf16(path, utf16, scratch);
  if (/^(\u00ef\u00bb\u00bf)?\s*<[?!A-Za-z]/.test(head.toString('latin1')))
    return { kind: 'xml', digest: await digestOfFile(path), path };
  return openText(path, await surveyFile(path));
}

function openText(path: string, survey: FileSurvey, digest = survey.digest): OpenedFile | StatementFault {
  if (survey.brokenLine === undefined) return { kind: 'text', digest, path, survey };
  return {
    line: survey.brokenLine,
    code: 'encoding',
    says:
      'Dòng này không phải UTF-8; tệp dùng bảng mã cũ (Windows-1258, TCVN3…)? Hãy xin tệp UTF-8 hoặc ' +
      'UTF-16, hay lưu lại bằng “CSV UTF-8”.',
  };
}

async function openUtf16(
  path: string,
  encoding: 'utf-16le' | 'utf-16be',
  scratch: string,
): Promise<OpenedFile | StatementFault> {
  const target = join(scratch, 'utf8.txt');
  const broken = await transcodeUtf16(path, encoding, target);
  if (broken !== undefined) {
    return {
      line: broken,
      code: 'encoding',
      says: 'Tệp UTF-16 bị hỏng ở dòng này: thiếu byte khi truyền? Hãy tải lại hoặc xin gửi lại tệp.',
    };
  }
  return openText(target, await surveyFile(target), await digestOfFile(path));
}

/** Files that people send instead of the one that was meant. */
function faultOfForeignFile(head: Buffer): StatementFault | undefined {
  const start = head.toString('latin1', 0, 8);
  if (start.startsWith('\u00d0\u00cf\u0011\u00e0')) {
    return fileFault(
      'layout',
      'Tệp Excel kiểu cũ (.xls) hoặc có mật khẩu. Hãy lưu lại thành .xlsx không mật khẩu, hay xin tệp CSV.',
    );
  }
  if (start.startsWith('%PDF'))
    return fileFault('layout', 'Tệp PDF không đối chiếu được. Hãy xin tệp CSV, XLSX hoặc tệp theo mẫu HDR/DTL/TRL.');
  if (start.startsWith('\u001f\u008b'))
    return fileFault('layout', 'Tệp còn nén (gzip). Hãy giải nén rồi nộp tệp bên trong.');
  return undefined;
}

/** By the mark at its beginning, else by the zeros that every second byte of Latin text is. */
function utf16Of(head: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const pairs = Math.min(head.length, 64) >> 1;
  if (pairs < 4) return undefined;
  const zeros = (offset: number) =>
    Array.from({ length: pairs }, (_, index) => head[index * 2 + offset]).filter((byte) => byte === 0).length;
  if (zeros(1) > pairs / 2 && zeros(0) === 0) return 'utf-16le';
  return zeros(0) > pairs / 2 && zeros(1) === 0 ? 'utf-16be' : undefined;
}

async function readHead(path: string): Promise<{ readonly head: Buffer; readonly size: number }> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(1024), position: 0 });
    return { head: buffer.subarray(0, bytesRead), size };
  } finally {
    await file.close();
  }
}

async function digestOfFile(path: string): Promise<FileDigest> {
  const hash = createHash('sha256');
  for await (const chunk of readBytes(path)) hash.update(chunk);
  return fileDigestSchema.parse(hash.digest('hex'));
}
