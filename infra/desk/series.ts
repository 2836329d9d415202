import { parseArgs } from 'node:util';
import * as z from 'zod';
import { loadSeries } from '#config/series.ts';
import { stageSchema } from '#config/stage.ts';
import { loadUnits } from '#config/units.ts';
import { closeSeries } from '#functions/finance-desk/close-series.ts';
import { listSeries } from '#functions/finance-desk/list-series.ts';
import { taxCodeSchema } from '#schemas/ids.ts';
import { staffCodeSchema, staffReasonSchema } from '#schemas/staff-code.ts';
import { makeSeriesLedger } from '#shared/adapters/series-ledger.ts';
import type { LogNews } from '#shared/domain/log-catalogue.ts';
import { issuedTemplate } from '#shared/domain/numbering.ts';
import { systemClock } from '#shared/runtime/clock.ts';
import { openDeskTable } from './desk-table.ts';
import { closingAsText, needsAttention, seriesAsText } from './series-texts.ts';

const help = `npm run series -- list
npm run series -- close --mst MST --series KÝ-HIỆU --by CÁN-BỘ --why "VÌ SAO"

  list   các ký hiệu của mỗi tổ chức thu, số đã dùng, và việc cần làm (series, how far they are used, what must be done)
  close  đóng hẳn một ký hiệu và ghi số cuối cùng; không mở lại được (close for good, with its last number)

Ký hiệu mới được khai trong config/<stage>/series.json sau khi cơ quan thuế chấp nhận đăng ký (new ones are declared there).
CÁN-BỘ là mã cán bộ, không phải họ tên. VÌ SAO từ 10 ký tự (staff code; a reason of 10 characters or more).
Mã thoát (exit code) của list: 0 không có việc phải làm, 1 có (something must be done); 2 không làm được (failed).
Sổ: TABLE_NAME và AWS_REGION, hoặc ngăn xếp của \`npm start\` (cùng PORT). STAGE: dev (mặc định) hay prod.`;

const options = {
  help: { type: 'boolean', default: false },
  mst: { type: 'string' },
  series: { type: 'string' },
  by: { type: 'string' },
  why: { type: 'string' },
} as const;

const closingSchema = z.strictObject({
  mst: taxCodeSchema,
  series: z.string().min(3).max(8),
  by: staffCodeSchema,
  why: staffReasonSchema,
});

const say = (text: string) => process.stdout.write(`${text}\n`);
const logNews: LogNews = (code, facts = {}) => void process.stderr.write(`${JSON.stringify({ code, ...facts })}\n`);
const stageOf = () => stageSchema.parse(process.env['STAGE'] ?? 'dev');

async function list(): Promise<number> {
  const stage = stageOf();
  const organisations = await listSeries({
    ledger: makeSeriesLedger(await openDeskTable()),
    units: loadUnits(stage),
    declaredSeries: loadSeries(stage),
    clock: systemClock,
  });
  say(seriesAsText(organisations));
  return organisations.some(needsAttention) ? 1 : 0;
}

async function close(given: object): Promise<number> {
  const read = closingSchema.safeParse(given);
  if (!read.success) {
    const faults = read.error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`).join('; ');
    throw new Error(`${faults}. Xem cách viết: npm run series -- --help (see --help)`);
  }
  const { mst: taxCode, series, by, why } = read.data;
  const declaredSeries = loadSeries(stageOf());
  const ledger = makeSeriesLedger(await openDeskTable());
  const order = { taxCode, template: issuedTemplate, series, by, why };
  const answer = await closeSeries(order, { ledger, declaredSeries, clock: systemClock, logNews });
  say(closingAsText(answer, series));
  return answer.kind === 'closed' || answer.kind === 'was-closed' ? 0 : 2;
}

try {
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const { help: wantsHelp, ...given } = values;
  const [action] = positionals;
  if (wantsHelp || positionals.length !== 1 || (action !== 'list' && action !== 'close')) {
    say(help);
    process.exitCode = wantsHelp ? 0 : 2;
  } else process.exitCode = action === 'list' ? await list() : await close(given);
} catch (fault) {
  process.stderr.write(`Không làm được (failed): ${fault instanceof Error ? fault.message : String(fault)}\n`);
  process.exitCode = 2;
}
