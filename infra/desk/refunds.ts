import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { refundPayment } from '#functions/refund-payment/refund-payment.ts';
import { systemClock } from '#shared/runtime/clock.ts';
import { openRefundDesk } from './refund-desk.ts';
import { refundAsText, refundsAsCsv, refundsAsText } from './refund-list.ts';
import { type RefundOptions, readRefundCommand, refundOptions } from './refund-options.ts';
import { tellFault } from './tell-fault.ts';

const help = `npm run refunds -- list [--csv TỆP]
npm run refunds -- request  --payment SỐ --amount ĐỒNG --reason MÃ-LÝ-DO --by CÁN-BỘ [--id MÃ] [--money CỔNG/TÀI-KHOẢN/MÃ]
                            [--decision SỐ-QUYẾT-ĐỊNH] [--way gateway|transfer] [--account STK --name TÊN --bank NGÂN-HÀNG]
npm run refunds -- approve  --payment SỐ --id MÃ --by CÁN-BỘ
npm run refunds -- reject   --payment SỐ --id MÃ --by CÁN-BỘ --why "VÌ SAO"
npm run refunds -- transfer --payment SỐ --id MÃ --by CÁN-BỘ --reference SỐ-CHỨNG-TỪ --date 2026-11-26

Hoàn phí: người lập đề nghị, người khác duyệt, cổng trả tiền hoặc cán bộ chuyển khoản; theo dõi đến khi xong.
(Refunds: one person asks, another approves, the gateway pays back or a person transfers; followed to their end.)

  list      những khoản đang chờ, chờ lâu nhất trước; --csv ghi tệp cho bảng tính, có tài khoản nhận (what waits)
  request   giữ số tiền và chờ duyệt; chạy lại với cùng --id là cùng một đề nghị (reserve and wait; --id makes it repeatable)
  approve   duyệt và gửi cổng ngay; cổng không có giao diện thì thành lệnh chuyển khoản (approve, by another person)
  reject    từ chối, bỏ lệnh chuyển khoản, hoặc khép khoản mà cổng đã từ chối (refuse, give up, or close what failed)
  transfer  ghi chứng từ ngân hàng của khoản đã chuyển (record the transfer that was made)

MÃ-LÝ-DO: TRUNG (nộp trùng), LECH_TIEN, SAU_HUY, TU_CHOI (hồ sơ bị từ chối), KHAC. Không có --money là tiền đã nộp phí;
tiền nộp lần hai và tiền khác xem ở \`npm run money -- list\` (without --money: the money that paid the fee).
CÁN-BỘ là mã cán bộ, không phải họ tên. VÌ SAO từ 10 ký tự, không ghi tên hay số tài khoản (staff code; no personal data).

Sổ: TABLE_NAME và AWS_REGION, cùng STAGE và SECRETS_PREFIX, hoặc không đặt gì để dùng ngăn xếp của \`npm start\` (cùng PORT).
(The ledger in AWS by TABLE_NAME, AWS_REGION, STAGE and SECRETS_PREFIX, else the one of npm start.)`;

const actions = ['list', 'request', 'approve', 'reject', 'transfer'];
const say = (line: string) => process.stdout.write(`${line}\n`);

async function run(action: string, options: RefundOptions): Promise<void> {
  const command = readRefundCommand(action, options, randomBytes(8).toString('hex'));
  const result = await refundPayment(command, await openRefundDesk());
  switch (result.kind) {
    case 'done':
      return void say(refundAsText(result.refund));
    case 'refused':
      process.stderr.write(`${result.explanation} [${result.code}]\n`);
      process.exitCode = 1;
      return;
    case 'listed':
      if (options.csv === undefined) return void say(refundsAsText(result.refunds, systemClock()));
      await writeFile(options.csv, refundsAsCsv(result.refunds, systemClock()));
      say(`Đã ghi ${result.refunds.length} khoản vào ${options.csv} (${result.refunds.length} refunds written).`);
  }
}

try {
  const { values, positionals } = parseArgs({ options: refundOptions, allowPositionals: true });
  const [action = '', ...others] = positionals;
  const isKnown = actions.includes(action) && others.length === 0;
  if (values.help || !isKnown) say(help);
  else await run(action, values);
  if (!values.help && !isKnown) process.exitCode = 1;
} catch (fault) {
  tellFault(fault, 'refunds');
}
