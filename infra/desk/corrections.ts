import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { correctReceipt } from '#functions/correct-receipt/correct-receipt.ts';
import { openCorrectionDesk } from './correction-desk.ts';
import {
  type CorrectionOptions,
  correctionActions,
  correctionOptions,
  readCorrectionCommand,
} from './correction-options.ts';
import { correctionAsText, correctionsAsText } from './correction-texts.ts';

const help = `npm run corrections -- list
npm run corrections -- replace --payment SỐ --series KÝ-HIỆU --number SỐ-BIÊN-LAI --reason "LÝ DO" --by CÁN-BỘ
                               [--tax-code MST] [--name TÊN] [--address ĐỊA-CHỈ] [--line MÃ-PHÍ,SỐ-LƯỢNG,SỐ-TIỀN]... [--id MÃ]
npm run corrections -- notice  --payment SỐ --series KÝ-HIỆU --number SỐ-BIÊN-LAI --reason "LÝ DO" --by CÁN-BỘ
                               --wrong payer-name|payer-address|amount-in-words|other [--id MÃ]
npm run corrections -- approve --payment SỐ --id MÃ --by CÁN-BỘ
npm run corrections -- reject  --payment SỐ --id MÃ --by CÁN-BỘ --why "VÌ SAO"

Biên lai lập sai: người lập đề nghị, người khác duyệt (Điều 20 Thông tư 91/2026/TT-BTC).
(Receipts that were made wrong: one person proposes, another approves.)

  list     những đề nghị đang chờ duyệt (proposals that wait)
  replace  lập biên lai thay thế khi sai mã số thuế, số tiền hay khoản thu; mục không ghi thì giữ như cũ, ghi "" là bỏ
           (a new receipt for a wrong tax code, amount or fee; what is absent stays, "" takes it away)
  notice   thông báo 04/SS-CTĐT khi mã số thuế và số tiền đúng; không lập biên lai mới (a notice; no new receipt)
  approve  duyệt: lấy số và lập biên lai thay thế, hoặc lập thông báo (take the number, or make the notice)
  reject   từ chối (refuse)

Không có điều chỉnh (adjust) hay hủy suông (cancel): luật không cho. --line ghi lại mọi khoản của biên lai đúng.
(There is no adjustment and no plain cancellation. --line is given for every fee of the right receipt.)
--template nếu khác EBL01, --mst nếu hai tổ chức thu trùng ký hiệu và số. LÝ DO in trên biên lai và thông báo: không ghi
họ tên hay số giấy tờ. CÁN-BỘ là mã cán bộ, không phải họ tên (the reason is printed: no names; staff code).

Sổ và kho: TABLE_NAME, RECEIPTS_BUCKET, AWS_REGION, PUBLIC_BASE_URL và STAGE, hoặc không đặt gì để dùng ngăn xếp của
\`npm start\` (cùng PORT). (Ledger and archive in AWS by these variables, else those of npm start.)`;

const say = (line: string) => process.stdout.write(`${line}\n`);

async function run(action: string, options: CorrectionOptions): Promise<void> {
  const command = readCorrectionCommand(action, options, randomBytes(8).toString('hex'));
  const result = await correctReceipt(command, await openCorrectionDesk());
  switch (result.kind) {
    case 'done':
      return void say(correctionAsText(result.correction));
    case 'listed':
      return void say(correctionsAsText(result.corrections));
    case 'refused':
      process.stderr.write(`${result.explanation} [${result.code}]\n`);
      process.exitCode = 1;
  }
}

try {
  const { values, positionals } = parseArgs({ options: correctionOptions, allowPositionals: true });
  const [action = '', ...others] = positionals;
  const isKnown = correctionActions.includes(action) && others.length === 0;
  if (values.help || !isKnown) say(help);
  else await run(action, values);
  if (!values.help && !isKnown) process.exitCode = 1;
} catch (fault) {
  process.stderr.write(`Không làm được (failed): ${fault instanceof Error ? fault.message : String(fault)}\n`);
  process.exitCode = 1;
}
