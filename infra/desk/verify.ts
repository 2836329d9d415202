import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type Stage, stageSchema } from '#config/stage.ts';
import { instantSchema } from '#schemas/ids.ts';
import { verifyReceiptPdf } from '#shared/signing/verify-receipt-pdf.ts';
import { type VerifyingNeeds, verifyReceiptXml } from '#shared/signing/verify-receipt-xml.ts';
import { readTrust } from './trusted-authorities.ts';
import { reportOf, type VerificationResult } from './verification-report.ts';

const usage = `npm run verify -- TỆP [--trust ca.pem]... [--stage dev|prod] [--json]
  Kiểm tra ngoại tuyến một biên lai XML hoặc PDF, V1–V8; V9 cần sổ biên lai (verifies a receipt offline).
  --trust  chứng thư gốc PEM để tin cậy, thay cho cấu hình (authorities to believe instead of the configured ones)
  --stage  cấu hình chứng thư gốc và chứng thư bị thu hồi, mặc định dev (whose configuration, dev without)
  --json   một dòng JSON (one line of JSON)
Mã thoát (exit code): 0 không phát hiện sai lệch, 1 không hợp lệ, 2 không kiểm tra được.`;

/** @returns the exit code: 0 genuine, 1 not valid, and 2 is left to what cannot be verified at all */
async function run(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      trust: { type: 'string', multiple: true, default: [] },
      stage: { type: 'string', default: 'dev' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const [file, ...more] = positionals;
  if (values.help || file === undefined || more.length > 0) {
    process.stderr.write(`${usage}\n`);
    return values.help ? 0 : 2;
  }
  const needs = {
    trust: readTrust(readStage(values.stage), values.trust),
    now: instantSchema.parse(new Date().toISOString()),
  };
  const result = await verifyFile(file, await readFile(file), needs);
  const lines = values.json ? [JSON.stringify(result)] : reportOf(result);
  process.stdout.write(`${lines.join('\n')}\n`);
  return result.isGenuine ? 0 : 1;
}

function readStage(text: string): Stage {
  const stage = stageSchema.safeParse(text);
  if (stage.success) return stage.data;
  throw new TypeError(`--stage ${text}: chỉ có (there are only) ${stageSchema.options.join(', ')}`);
}

async function verifyFile(file: string, bytes: Uint8Array, needs: VerifyingNeeds): Promise<VerificationResult> {
  if (new TextDecoder('latin1').decode(bytes.subarray(0, 1024)).includes('%PDF-')) {
    const { original, signer, ...verdict } = await verifyReceiptPdf(bytes, needs);
    return { file, kind: 'pdf', ...verdict, facts: verdict.isGenuine ? original?.facts : undefined, signer };
  }
  const { facts, signer, ...verdict } = await verifyReceiptXml(bytes, needs);
  return { file, kind: 'xml', ...verdict, facts, signer };
}

try {
  process.exitCode = await run();
} catch (fault) {
  process.stderr.write(
    `Không kiểm tra được (cannot verify): ${fault instanceof Error ? fault.message : String(fault)}\n`,
  );
  process.exitCode = 2;
}
