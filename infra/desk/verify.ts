import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type Stage, stageSchema } from '#config/stage.ts';
import { instantSchema } from '#schemas/ids.ts';
import { verifyClaim } from '#shared/signing/verify-claim.ts';
import { verifyReceiptFile } from '#shared/signing/verify-receipt-file.ts';
import type { VerifyingNeeds } from '#shared/signing/verify-receipt-xml.ts';
import { type ClaimResult, claimReportOf } from './claim-report.ts';
import { readSigners } from './known-signers.ts';
import { readTrust } from './trusted-authorities.ts';
import { reportOf, type VerificationResult } from './verification-report.ts';

const usage = `npm run verify -- [TỆP] [--qr NỘI_DUNG] [--trust ca.pem]... [--cert signer.pem]... [--stage dev|prod] [--json]
  Kiểm tra ngoại tuyến một biên lai XML hoặc PDF, V1–V8; V9 cần sổ biên lai (verifies a receipt offline).
  --qr     nội dung mã QR in trên biên lai, kiểm tra bằng chứng thư công khai; kèm TỆP thì xem có đúng tệp đó không
           (the text of the printed QR code, verified by public certificates alone; with a file, whether it is that one)
  --trust  chứng thư gốc PEM để tin cậy, thay cho cấu hình (authorities to believe instead of the configured ones)
  --cert   chứng thư PEM của tổ chức thu, cho --qr, thay cho cấu hình (certificates of collecting organisations)
  --stage  cấu hình chứng thư gốc và chứng thư bị thu hồi, mặc định dev (whose configuration, dev without)
  --json   mỗi kết quả một dòng JSON (one line of JSON for each result)
Mã thoát (exit code): 0 không phát hiện sai lệch, 1 không hợp lệ, 2 không kiểm tra được.`;

/** @returns the exit code: 0 genuine, 1 not valid, and 2 is left to what cannot be verified at all */
async function run(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      qr: { type: 'string' },
      trust: { type: 'string', multiple: true, default: [] },
      cert: { type: 'string', multiple: true, default: [] },
      stage: { type: 'string', default: 'dev' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const [path, ...more] = positionals;
  if (values.help || more.length > 0 || (path === undefined && values.qr === undefined)) {
    process.stderr.write(`${usage}\n`);
    return values.help ? 0 : 2;
  }
  const stage = readStage(values.stage);
  const needs = { trust: readTrust(stage, values.trust), now: instantSchema.parse(new Date().toISOString()) };
  const file = path === undefined ? undefined : await verifyFile(path, needs);
  const say = (result: object, lines: readonly string[]) =>
    process.stdout.write(`${values.json ? JSON.stringify(result) : lines.join('\n')}\n`);
  if (file !== undefined) say(file, reportOf(file));
  const codeOfFile = file === undefined || file.isGenuine ? 0 : 1;
  if (values.qr === undefined) return codeOfFile;
  const verdict = verifyClaim(values.qr, { ...needs, signers: readSigners(stage, values.cert) });
  const isOfFile = file && verdict.kind === 'genuine' ? verdict.claim.xmlSha256 === file.xmlSha256 : undefined;
  const claim = { verdict, isOfFile };
  say(claim, claimReportOf(claim));
  return Math.max(codeOfFile, codeOfClaim(claim));
}

function codeOfClaim({ verdict, isOfFile }: ClaimResult): number {
  if (verdict.kind === 'no-certificate') return 2;
  return verdict.kind === 'genuine' && isOfFile !== false ? 0 : 1;
}

function readStage(text: string): Stage {
  const stage = stageSchema.safeParse(text);
  if (stage.success) return stage.data;
  throw new TypeError(`--stage ${text}: chỉ có (there are only) ${stageSchema.options.join(', ')}`);
}

async function verifyFile(file: string, needs: VerifyingNeeds): Promise<VerificationResult> {
  return { file, ...(await verifyReceiptFile(await readFile(file), needs)) };
}

try {
  process.exitCode = await run();
} catch (fault) {
  process.stderr.write(
    `Không kiểm tra được (cannot verify): ${fault instanceof Error ? fault.message : String(fault)}\n`,
  );
  process.exitCode = 2;
}
