import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { loadMerchants } from '#config/merchants.ts';
import { stageSchema } from '#config/stage.ts';
import { approveAssignment, rejectAssignment } from '#functions/finance-desk/decide-assignment.ts';
import { listOpenMoney } from '#functions/finance-desk/list-open-money.ts';
import { type AssignmentNeeds, proposeAssignment } from '#functions/finance-desk/propose-assignment.ts';
import { showAssignment } from '#functions/finance-desk/show-assignment.ts';
import { makeAssignmentLedger, makeOpenMoneyList } from '#shared/adapters/open-money-ledger.ts';
import { systemClock } from '#shared/runtime/clock.ts';
import { openDeskTable } from './desk-table.ts';
import { moneyAsCsv, moneyAsText } from './money-list.ts';
import { moneyOptions, readDecision, readDraft, readFilter, readRejection } from './money-options.ts';
import { assignmentAsText } from './money-texts.ts';
import { tellFault } from './tell-fault.ts';

const help = `npm run money -- list [--gateway CỔNG] [--merchant TÀI-KHOẢN] [--class LOẠI] [--from-age NGÀY] [--csv TỆP]
npm run money -- propose --money CỔNG/TÀI-KHOẢN/MÃ --payment SỐ --by CÁN-BỘ --reason "LÝ DO"
npm run money -- approve --money CỔNG/TÀI-KHOẢN/MÃ --proposal N --by CÁN-BỘ [--reason "LÝ DO"]
npm run money -- reject  --money CỔNG/TÀI-KHOẢN/MÃ --proposal N --by CÁN-BỘ --reason "LÝ DO"

Tiền thật chưa thuộc thanh toán nào: nộp lần hai, sai số tiền, nộp sau khi hủy, và tiền treo không rõ của ai.
(Real money that settles no payment: listed with owner and age; money in suspense is assigned by two persons.)

  list      in danh sách, khoản cũ nhất trước; --csv ghi tệp cho bảng tính (list, oldest first; --csv for spreadsheets)
  propose   đề nghị gán một khoản tiền treo cho một thanh toán (the maker's half)
  approve   duyệt đề nghị số N; người duyệt phải khác người đề nghị (the checker's half, by another person)
  reject    từ chối đề nghị số N, hoặc rút đề nghị của chính mình (reject, or take one's own back)

LOẠI: surplus, wrong-amount, after-cancel, claim-held-elsewhere, unknown-order, foreign-account, unreadable.
CÁN-BỘ là mã cán bộ, không phải họ tên: chữ thường, số, dấu chấm, gạch nối (staff code, not a name).
LÝ DO từ 10 đến 500 ký tự, không ghi tên hay số tài khoản của người nộp (no personal data in the reason).

Sổ: TABLE_NAME và AWS_REGION, hoặc không đặt gì để dùng ngăn xếp của \`npm start\` (cùng PORT). STAGE: dev (mặc định) hay
prod (the ledger in AWS by TABLE_NAME and AWS_REGION, else the one of npm start; STAGE names the list of accounts).`;

const say = (line: string) => process.stdout.write(`${line}\n`);

/** What the functions write into their log goes where it does not mix with the answer. */
const logNews: AssignmentNeeds['logNews'] = (code, facts = {}) =>
  void process.stderr.write(`${JSON.stringify({ code, ...facts })}\n`);

type Options = Parameters<typeof readDraft>[0];

async function list(options: Options): Promise<void> {
  const filter = readFilter(options);
  const table = await openDeskTable();
  const lines = await listOpenMoney(filter, { list: makeOpenMoneyList(table), clock: systemClock });
  if (options.csv === undefined) return void say(moneyAsText(lines));
  await writeFile(options.csv, moneyAsCsv(lines));
  say(`Đã ghi ${lines.length} khoản vào ${options.csv} (${lines.length} lines written).`);
}

async function openDesk(): Promise<AssignmentNeeds> {
  const stage = stageSchema.parse(process.env['STAGE'] ?? 'dev');
  const ledger = makeAssignmentLedger(await openDeskTable());
  return { ledger, merchants: loadMerchants(stage), clock: systemClock, logNews };
}

/** Says how it ended; a refusal is an error of the command. */
function tell(result: Parameters<typeof showAssignment>[0]): void {
  const outcome = showAssignment(result);
  if (outcome.kind === 'done') return void say(assignmentAsText(outcome.assignment));
  process.stderr.write(`${outcome.explanation} [${outcome.code}]\n`);
  process.exitCode = 1;
}

const commands: Readonly<Record<string, (options: Options) => Promise<void>>> = {
  list,
  propose: async (options) => {
    const draft = readDraft(options);
    tell(await proposeAssignment(draft, await openDesk()));
  },
  approve: async (options) => {
    const decision = readDecision(options);
    tell(await approveAssignment(decision, await openDesk()));
  },
  reject: async (options) => {
    const rejection = readRejection(options);
    tell(await rejectAssignment(rejection, await openDesk()));
  },
};

try {
  const { values, positionals } = parseArgs({ options: moneyOptions, allowPositionals: true });
  const [name = '', ...others] = positionals;
  const command = Object.hasOwn(commands, name) && others.length === 0 ? commands[name] : undefined;
  if (values.help || command === undefined) say(help);
  else await command(values);
  if (!values.help && command === undefined) process.exitCode = 1;
} catch (fault) {
  tellFault(fault, 'money');
}
