import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { ledgerExportSchema } from '#schemas/ledger-export.ts';
import { statementUploadSchema } from '#schemas/statement-upload.ts';
import type { Command, Told } from './command.ts';
import { dayPathOf } from './day-commands.ts';
import { needed } from './finance-options.ts';

/** `upload CỔNG/TÀI-KHOẢN/NGÀY TỆP`: announces the file, then puts it where the interface says. */
export const uploadCommand: Command = async ([day = '', file = ''], _options, api) => {
  if (file === '') throw new Error('Viết: upload CỔNG/TÀI-KHOẢN/NGÀY TỆP (give the day and the file).');
  const bytes = await readFile(file);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const announced = { name: basename(file).normalize('NFC'), bytes: bytes.byteLength, sha256 };
  const upload = await api.post(`${dayPathOf(day)}/statements`, statementUploadSchema, announced);
  const answer = await fetch(upload.url, { method: upload.method, headers: upload.headers, body: bytes });
  if (!answer.ok)
    throw new Error(`Kho tệp trả lời ${answer.status}; chưa gửi được. Hãy chạy lại (not taken: run it again).`);
  return {
    text: `Đã gửi ${announced.name}, ${bytes.byteLength} byte (SHA-256 ${sha256}). Kết quả: npm run finance -- day ${day}`,
    data: { key: upload.key, bytes: bytes.byteLength, sha256 },
  };
};

const reportNames: Readonly<Record<string, string>> = {
  register: 'register',
  day: 'day',
  bc26: 'usage',
  book: 'reconciliation',
  exceptions: 'exceptions',
};

/** `reports register … --out TỆP`: the format is that of the file's name. */
export const reportsCommand: Command = async ([name = ''], options, api) => {
  const report = Object.hasOwn(reportNames, name) ? reportNames[name] : undefined;
  if (report === undefined) throw new Error(`Không có báo cáo “${name}”; có: ${Object.keys(reportNames).join(', ')}.`);
  const out = needed(options.out, 'out', 'tên tệp .xlsx, .csv, .json hay .xml');
  const { mst: taxCode, series, template, from, to, date, number, amendment, quarter, table, separator } = options;
  const { gateway, merchant, class: exceptionClass, owner } = options;
  const format = extname(out).slice(1);
  const ofReceipts = { taxCode, series, template, date, number, amendment, quarter };
  const ofDays = { gateway, merchant, class: exceptionClass, owner };
  const query = { ...ofReceipts, ...ofDays, from, to, table, separator, format };
  const bytes = await api.download(`/v1/finance/reports/${report}`, query);
  await writeFile(out, bytes);
  return told(out, bytes);
};

/** `proof CỔNG/TÀI-KHOẢN/NGÀY --out TỆP.pdf|TỆP.xlsx`: the page as it is filed, or its figures. */
export const proofCommand: Command = async ([day = ''], options, api) => {
  const out = needed(options.out, 'out', 'tên tệp .pdf hay .xlsx');
  const bytes = await api.download(`${dayPathOf(day)}/proof`, { format: extname(out).slice(1) });
  await writeFile(out, bytes);
  return told(out, bytes);
};

/** `ledger CỔNG/TÀI-KHOẢN/NGÀY --out TỆP.parquet`: asks where the file lies, and fetches it there. */
export const ledgerCommand: Command = async ([day = ''], options, api) => {
  const out = needed(options.out, 'out', 'tên tệp .parquet');
  const { url } = await api.get(`${dayPathOf(day)}/ledger`, ledgerExportSchema);
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`Kho tệp trả lời ${answer.status}. Hãy chạy lại (not given: run it again).`);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  await writeFile(out, bytes);
  return told(out, bytes);
};

const told = (file: string, { byteLength: bytes }: Uint8Array): Told => ({
  text: `Đã ghi ${file}, ${bytes} byte (written).`,
  data: { file, bytes },
});
