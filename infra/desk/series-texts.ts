import type { ClosingAnswer } from '#functions/finance-desk/close-series.ts';
import type { ListedSeries, OrganisationSeries } from '#functions/finance-desk/list-series.ts';
import { businessDateOf } from '#shared/domain/calendar.ts';
import { textTable } from './text-table.ts';

const header = ['MST', 'ĐƠN VỊ', 'KÝ HIỆU', 'SỐ TIẾP THEO', 'ĐẾN SỐ', 'ĐÃ DÙNG', 'NGÀY CUỐI', 'TRẠNG THÁI'];

/** Whether an administrator has something to do for an organisation. */
export function needsAttention({ series, standstill, lacksNextYear }: OrganisationSeries): boolean {
  return standstill !== undefined || lacksNextYear || series.some((one) => one.isNearlyUsed);
}

export function seriesAsText(organisations: readonly OrganisationSeries[]): string {
  const rows = organisations.flatMap((organisation) => organisation.series.map((one) => rowOf(organisation, one)));
  const tasks = organisations.flatMap(tasksOf);
  return [
    rows.length === 0 ? 'Chưa khai ký hiệu nào (no series is declared).' : textTable([header, ...rows]),
    ...(tasks.length === 0 ? ['Không có việc phải làm (nothing must be done).'] : ['Việc cần làm (to do):', ...tasks]),
  ].join('\n');
}

function rowOf({ taxCode, unitCodes }: OrganisationSeries, listed: ListedSeries): readonly string[] {
  const { series, firstNumber } = listed;
  const { nextNumber, rangeEnd, lastDate = '' } = series;
  const used = nextNumber - firstNumber;
  // Rounded down, so that only a series that is used up says so.
  const percent = Math.floor((used * 100) / (rangeEnd - firstNumber + 1));
  return [
    taxCode,
    unitCodes.join(', '),
    series.series,
    String(nextNumber),
    String(rangeEnd),
    `${used} (${percent}%)`,
    lastDate,
    stateOf(listed),
  ];
}

function stateOf({ series, isOpened, isOfThisYear, refusal }: ListedSeries): string {
  if (series.status === 'closed') {
    const { lastNumber, at, by } = series.closing ?? {};
    const last = lastNumber === undefined ? 'chưa dùng số nào' : `số cuối ${lastNumber}`;
    return `đã đóng, ${last}${at === undefined ? '' : ` (${businessDateOf(at)}, ${by})`}`;
  }
  if (series.registration === 'pending') return 'chờ cơ quan thuế chấp nhận';
  if (series.registration === 'refused') return 'cơ quan thuế từ chối đăng ký';
  if (!isOfThisYear) return `của năm ${series.year}`;
  if (series.nextNumber > series.rangeEnd) return 'đã hết số';
  if (refusal !== undefined) return `không cấp được (${refusal})`;
  return isOpened ? 'đang cấp' : 'sẵn sàng';
}

function tasksOf({ taxCode, series, standstill, lacksNextYear }: OrganisationSeries): readonly string[] {
  const nearlyUsed = series.filter((one) => one.isNearlyUsed);
  return [
    ...(standstill === undefined
      ? []
      : [`  ${taxCode}: không cấp được biên lai hôm nay (receipts wait): ${standstill}`]),
    ...nearlyUsed.map(
      (one) => `  ${taxCode}: ${one.series.series} đã dùng từ 90%, đăng ký ký hiệu tiếp theo (nearly used)`,
    ),
    ...(lacksNextYear ? [`  ${taxCode}: chưa có ký hiệu của năm sau (no usable series of the next year)`] : []),
  ];
}

export function closingAsText(answer: ClosingAnswer, series: string): string {
  switch (answer.kind) {
    case 'closed':
      return `Đã đóng ${series}, ${lastOf(answer)} (closed).`;
    case 'was-closed':
      return `${series} đã đóng từ trước, ${lastOf(answer)} (was closed before; nothing changed).`;
    case 'unknown':
      return `Không có ký hiệu ${series} của MST này (no such series of this tax code).`;
    case 'busy':
      return `${series} đang cấp số liên tục; hãy chạy lại (numbers are taken all the time: run it again).`;
  }
}

function lastOf({ series }: Extract<ClosingAnswer, { readonly series: unknown }>): string {
  const last = series.closing?.lastNumber;
  return last === undefined ? 'chưa dùng số nào (no number used)' : `số cuối cùng ${last}`;
}
