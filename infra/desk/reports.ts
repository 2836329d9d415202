import { parseArgs } from 'node:util';
import { stageSchema } from '#config/stage.ts';
import { reportCommands } from './report-commands.ts';
import { makeReportFiles } from './report-files.ts';
import { reportOptions } from './report-options.ts';

const help = `npm run reports -- register --mst MST [--from NGÀY] [--to NGÀY] --by CÁN-BỘ --out TỆP.xlsx|TỆP.csv
npm run reports -- day      --mst MST [--date NGÀY] [--number N] [--amendment N] --out TỆP.xlsx|TỆP.csv
npm run reports -- bc26     --mst MST --quarter 2026-Q2 --out TỆP.xlsx|TỆP.csv|TỆP.xml
npm run reports -- proof    --gateway CỔNG --merchant TÀI-KHOẢN --date NGÀY --by CÁN-BỘ --out TỆP.pdf

  register  bảng kê biên lai, tổng hợp và kiểm tra dãy số (register of receipts, sums, proof that no number is missing)
  day       bảng tổng hợp 01/TH-BLĐT của một ngày, mặc định hôm nay (summary of a day, today without --date)
  bc26      BC26/BLĐT của một quý trước 07/2026 (use of receipts in a quarter before July 2026)
  proof     bảng cân đối của một ngày; đã khóa sổ thì là bản đã ký số trong kho, chưa ký thì ký ngay
            (the balance of a day as a page; of a closed one the signed and archived page, signed now if it is owed)

  --series KÝ-HIỆU     chỉ ký hiệu này, có thể lặp lại; đủ để bỏ --mst khi chỉ một tổ chức có (only this series)
  --template MẪU       mặc định EBL01 (template, EBL01 without)
  --format xlsx|csv|xml   mặc định theo tên tệp; xml chỉ có cho bc26, vì 01/TH-BLĐT và bảng kê chưa có định dạng XML
                          được công bố (by the name of the file; xml for bc26 only, no other form has a published one)
  --separator , | ;    dấu phân cách CSV, mặc định dấu phẩy (of CSV, a comma without)

Bảng kê ghi họ tên người nộp: chỉ giao cho người có trách nhiệm (a register names payers: hand it to nobody else).
Mã thoát (exit code): 0 dãy số đủ, 1 có số thiếu, trùng hoặc sai ngày, 2 không lập được.
Sổ: TABLE_NAME và AWS_REGION, hoặc ngăn xếp của \`npm start\` (cùng PORT); proof cần cả RECEIPTS_BUCKET. STAGE: dev (mặc định) hay prod.`;

const files = makeReportFiles();
try {
  const { values, positionals } = parseArgs({ options: reportOptions, allowPositionals: true });
  const { help: wantsHelp, ...options } = values;
  const [name = '', ...others] = positionals;
  const command = Object.hasOwn(reportCommands, name) && others.length === 0 ? reportCommands[name] : undefined;
  if (wantsHelp || command === undefined) {
    process.stdout.write(`${help}\n`);
    process.exitCode = wantsHelp ? 0 : 2;
  } else {
    const report = await command(options, { stage: stageSchema.parse(process.env['STAGE'] ?? 'dev'), files });
    process.stdout.write(`${report.text}\n`);
    process.exitCode = report.exitCode;
  }
} catch (fault) {
  await files.discard();
  process.stderr.write(`Không lập được (failed): ${fault instanceof Error ? fault.message : String(fault)}\n`);
  process.exitCode = 2;
}
