import { textTable } from '#infra/desk/text-table.ts';
import type { ExceptionLine, ExceptionStep, ExceptionView } from '#schemas/exception.ts';
import { onwardSides } from '#shared/domain/bank-findings.ts';
import { vietnamTimeOf } from '#shared/domain/calendar.ts';
import { formatVnd } from '#shared/domain/vietnamese-format.ts';
import { type CsvField, csvOf } from '#shared/rendering/reports/csv.ts';
import { classWords } from '#shared/rendering/reports/reconciliation-words.ts';

const states: Readonly<Record<ExceptionLine['state'], string>> = {
  open: 'chờ xử lý',
  proposed: 'chờ duyệt',
  closed: 'đã khép',
};

const deeds: Readonly<Record<ExceptionStep['did'], string>> = {
  found: 'phát hiện',
  changed: 'số liệu đổi',
  'found-again': 'phát hiện lại',
  explained: 'đã giải thích',
  assigned: 'giao việc',
  noted: 'ghi chú',
  proposed: 'đề nghị khép',
  approved: 'duyệt',
  rejected: 'từ chối',
  escalated: 'báo cấp trên',
};

const ends = { resolve: 'đã xử lý xong', 'write-off': 'xóa nợ chênh lệch' } as const;

/** For the terminal: what is needed to act. */
export function exceptionsAsText(lines: readonly ExceptionLine[]): string {
  if (lines.length === 0) return 'Không có ngoại lệ nào chờ xử lý (no exception waits).';
  const rows = lines.map((line) => [
    `${line.ageDays} ngày${line.isOverdue ? ' QUÁ HẠN' : ''}`,
    line.class,
    formatVnd(line.differenceVnd),
    states[line.state],
    line.owner,
    line.day,
    line.transactionId ?? line.reference ?? '',
    line.exceptionId,
  ]);
  const header = ['TUỔI', 'LOẠI', 'LỆCH', 'TRẠNG THÁI', 'PHỤ TRÁCH', 'NGÀY', 'GIAO DỊCH', 'MÃ NGOẠI LỆ'];
  return `${textTable([header, ...rows])}\n${lines.length} ngoại lệ (exceptions)`;
}

/** One exception with both sides and everything that was done about it. */
export function exceptionAsText(exception: ExceptionView): string {
  const { exceptionId, state, owner, dueAt, revision, statement, ledger, suggestion, proposal, trail } = exception;
  const [found, expected] = onwardSides[exception.class] ?? ['Cổng', 'Sổ'];
  return [
    `${exceptionId}: ${exception.class}, ${classWords[exception.class]}; ${states[state]} (${state}).`,
    `  ${found}: ${statement === null ? 'không có' : `${formatVnd(statement.amountVnd)}, ${statement.status}${statement.kind === 'refund' ? ', hoàn tiền' : ''}`}`,
    `  ${expected}: ${ledger === null ? 'không có' : `${formatVnd(ledger.amountVnd)}, ${ledger.state}`}`,
    ...(suggestion === null ? [] : [`  Có thể là của (may belong to): ${suggestion}`]),
    ...(proposal === undefined ? [] : [`  ${proposal.maker} đề nghị: ${ends[proposal.end]}. ${proposal.note}`]),
    `  Phụ trách: ${owner}; hạn ${timeOf(dueAt)}; lần sửa (revision) ${revision}`,
    ...trail.map(stepLine),
  ].join('\n');
}

function stepLine({ at, did, by, run, to, note, evidence }: ExceptionStep): string {
  const who = by ?? (run === undefined ? 'đối soát' : `đối soát lần ${run}`);
  const parts = [to === undefined ? '' : `cho ${to}`, note ?? '', evidence ?? ''].filter((part) => part !== '');
  return `  ${timeOf(at)}  ${who}: ${deeds[did]}${parts.length === 0 ? '' : ` — ${parts.join('; ')}`}`;
}

/** `22/11/2026 09:15`, in Vietnam. */
export function timeOf(instant: ExceptionLine['dueAt']): string {
  return vietnamTimeOf(instant).replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d).*$/, '$3/$2/$1 $4:$5');
}

const columns: readonly (readonly [string, (line: ExceptionLine) => CsvField])[] = [
  ['Mã ngoại lệ', ({ exceptionId }) => exceptionId],
  ['Loại', (line) => line.class],
  ['Diễn giải', (line) => classWords[line.class]],
  ['Cổng', ({ gateway }) => gateway],
  ['Tài khoản', ({ merchant }) => merchant],
  ['Ngày', ({ day }) => day],
  ['Ghi vào sổ ngày', ({ bookedOn }) => bookedOn],
  ['Mã tham chiếu', ({ reference }) => reference],
  ['Mã giao dịch', ({ transactionId }) => transactionId],
  ['Thanh toán', ({ paymentId }) => paymentId],
  ['Tiền ở cổng (đ)', ({ statement }) => statement?.amountVnd],
  ['Tiền ở sổ (đ)', ({ ledger }) => ledger?.amountVnd],
  ['Lệch (đ)', ({ differenceVnd }) => differenceVnd],
  ['Trạng thái', ({ state }) => states[state]],
  ['Phụ trách', ({ owner }) => owner],
  ['Hạn (UTC)', ({ dueAt }) => dueAt],
  ['Quá hạn', ({ isOverdue }) => (isOverdue ? 'có' : '')],
  ['Tuổi (ngày)', ({ ageDays }) => ageDays],
  ['Người đề nghị', ({ proposal }) => proposal?.maker],
];

/** For a spreadsheet: everything of the list. */
export function exceptionsAsCsv(lines: readonly ExceptionLine[]): string {
  return csvOf(
    columns.map(([title]) => title),
    lines.map((line) => columns.map(([, fieldOf]) => fieldOf(line))),
  );
}
