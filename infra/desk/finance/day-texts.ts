import { textTable } from '#infra/desk/text-table.ts';
import type { Equation } from '#schemas/balance-proof.ts';
import type { DayLine, DayView, MonthView } from '#schemas/day-close.ts';
import { formatVnd } from '#shared/domain/vietnamese-format.ts';
import { explanationOf } from '#shared/rendering/reports/balance-rows.ts';
import { timeOf } from './exception-texts.ts';

const states: Readonly<Record<DayLine['state'], string>> = {
  awaited: 'chờ tệp',
  refused: 'tệp bị từ chối',
  taken: 'đã nhận tệp',
  running: 'đang đối soát',
  reconciled: 'đã đối soát',
  proposed: 'chờ duyệt khóa sổ',
  closed: 'đã khóa sổ',
};

const nameOf = ({ gateway, merchant, day }: Pick<DayLine, 'gateway' | 'merchant' | 'day'>): string =>
  `${gateway}/${merchant}/${day}`;

export function daysAsText(days: readonly DayLine[]): string {
  if (days.length === 0) return 'Không có ngày nào trong khoảng này (no days).';
  const rows = days.map((day) => [
    nameOf(day),
    `${states[day.state]}${day.isLate ? ' TRỄ' : ''}`,
    String(day.openExceptions),
    day.file === undefined ? '' : String(day.file.rows),
    day.file === undefined ? '' : formatVnd(day.file.successSumVnd),
    timeOf(day.closeDueAt),
  ]);
  const header = ['NGÀY', 'TRẠNG THÁI', 'NGOẠI LỆ', 'DÒNG', 'TIỀN TRÊN SAO KÊ', 'HẠN KHÓA SỔ'];
  return `${textTable([header, ...rows])}\n${days.length} ngày (days)`;
}

/** A day with its files, its proof, and what keeps it open. */
export function dayAsText(day: DayView): string {
  const { file, refusedFiles, runs, proof, hindrances, close } = day;
  return [
    `${nameOf(day)}: ${states[day.state]} (${day.state}); ${day.openExceptions} ngoại lệ chờ xử lý.`,
    ...(file === undefined
      ? []
      : [`  Tệp ${file.name}, bản ${file.revision}: ${file.rows} dòng, ${formatVnd(file.successSumVnd)}`]),
    ...refusedFiles.flatMap(({ name, faultCount, faults }) => [
      `  Tệp bị từ chối ${name}: ${faultCount} lỗi`,
      ...faults.slice(0, 5).map(({ line, says }) => `    dòng ${line}: ${says}`),
    ]),
    `  ${runs.length} lần đối soát (runs)`,
    ...(proof === undefined ? [] : proof.equations.map(equationLine)),
    ...(hindrances.length === 0 ? [] : ['  Chưa khóa được vì (kept open by):']),
    ...hindrances.map(({ explanation }) => `    ${explanation}`),
    ...(close === undefined ? [] : [closeLine(close)]),
    ...(close?.state === 'closed' ? [pageLine(close)] : []),
    ...(close?.isOutdated === true ? ['  Sổ đã đổi sau khi đề nghị: hãy đề nghị lại (outdated: propose anew).'] : []),
  ].join('\n');
}

function equationLine(equation: Equation): string {
  const { title, leftVnd, rightVnd, differenceVnd, unexplainedVnd, holds } = equation;
  const explained =
    differenceVnd === 0
      ? 'khớp'
      : `lệch ${formatVnd(differenceVnd)}, đã rõ vì sao: ${explanationOf(equation, formatVnd)}`;
  const verdict = holds ? explained : `CÒN LỆCH ${formatVnd(unexplainedVnd)}`;
  return `  ${title}: ${formatVnd(leftVnd)} và ${formatVnd(rightVnd)} — ${verdict}`;
}

type Close = NonNullable<MonthView['close']>;

const closeStates: Readonly<Record<Close['state'], string>> = {
  proposed: 'chờ duyệt',
  closed: 'đã khóa',
  rejected: 'bị từ chối',
};

function closeLine({ state, number, maker, checker, digest }: Close): string {
  const by = checker === undefined ? '' : `, ${checker} quyết định`;
  return `  Khóa sổ, đề nghị ${number} của ${maker}: ${closeStates[state]}${by} (${state}; SHA-256 ${digest}).`;
}

function pageLine({ page }: NonNullable<DayView['close']>): string {
  if (page === undefined) return '  Trang cân đối: chưa ký số (not signed).';
  return `  Trang cân đối: đã ký số lúc ${timeOf(page.signedAt)} (signed; SHA-256 ${page.sha256}).`;
}

export function monthAsText({ month, days, closedDays, openDays, close }: MonthView): string {
  return [
    `Tháng ${month}: ${closedDays}/${days} ngày của các tài khoản đã khóa sổ (closed).`,
    ...openDays.slice(0, 20).map((day) => `  còn mở: ${nameOf(day)}`),
    ...(close === undefined ? [] : [closeLine(close)]),
  ].join('\n');
}
