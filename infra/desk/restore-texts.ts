import { differs, isLeftToPeople, type Raising, type SeriesReport } from '#functions/restore-check/check-restore.ts';
import type { NumberRange } from '#shared/domain/receipt-register.ts';
import { textTable } from './text-table.ts';

const header = [
  'MST',
  'KÝ HIỆU',
  'TRONG KHO',
  'TRONG SỔ',
  'SỐ TIẾP THEO',
  'NÂNG LÊN',
  'DỰNG LẠI',
  'CHỜ KÝ',
  'THIẾU',
  'CẦN NGƯỜI',
];

/** What a terminal shows of a restore check: a row for each series, then every number that somebody must know of. */
export function restoreAsText(reports: readonly SeriesReport[], applied: boolean): string {
  if (reports.length === 0) return 'Kho và sổ chưa có ký hiệu nào (neither archive nor ledger has a series).';
  return [textTable([header, ...reports.map(rowOf)]), ...reports.flatMap(linesOf), conclusionOf(reports, applied)].join(
    '\n',
  );
}

function rowOf({ name, survey, nextNumber, raising, rebuilt, refused }: SeriesReport): readonly string[] {
  const { archived, registered, unfinished, missing, odd } = survey;
  return [
    name.taxCode,
    name.series,
    String(archived),
    String(registered),
    nextNumber === undefined ? 'mất dòng' : String(nextNumber),
    raising === undefined ? '' : `${raising.to.nextNumber}${raisingMarks[raising.outcome]}`,
    String(rebuilt.length),
    String(unfinished.length),
    String(countOf(missing)),
    String(odd.length + refused.length),
  ];
}

const raisingMarks: Readonly<Record<Raising['outcome'], string>> = {
  planned: '',
  raised: ' (đã nâng)',
  undeclared: ' (chưa khai)',
  changed: ' (chưa nâng)',
};

const countOf = (ranges: readonly NumberRange[]) => ranges.reduce((sum, { from, to }) => sum + to - from + 1, 0);

function linesOf({ name: { series, taxCode }, survey, raising, rebuilt, refused }: SeriesReport): readonly string[] {
  const of = `${series} (${taxCode})`;
  const orphans = rebuilt.filter(({ unknown }) => unknown.includes('payment')).map(({ number }) => number);
  const unplaced = rebuilt.filter(({ unknown }) => !unknown.includes('payment') && unknown.includes('charge'));
  return [
    ...(raising?.outcome === 'undeclared'
      ? [
          `${of}: khai ký hiệu trong series.json rồi chạy lại; không biết số cuối của dải (declare the series, then again)`,
        ]
      : []),
    ...(raising?.outcome === 'changed'
      ? [`${of}: có biên lai được cấp trong lúc kiểm tra; dừng cấp rồi chạy lại (stop the issuing, then run again)`]
      : []),
    ...numbersLine(of, survey.unfinished, 'đã cấp số, chưa lưu đủ tệp; hệ thống tự hoàn tất (the sweep finishes them)'),
    ...numbersLine(
      of,
      orphans,
      'thanh toán không còn trong sổ; đối chiếu với cổng (payment lost: reconcile with the gateway)',
    ),
    ...numbersLine(
      of,
      unplaced.map(({ number }) => number),
      'không rõ khoản nộp nào của thanh toán (its charge is not known)',
    ),
    ...survey.missing.map(
      ({ from, to }) =>
        `${of} số ${rangeText({ from, to })}: không có trong sổ lẫn kho (in neither ledger nor archive)`,
    ),
    ...[...survey.odd, ...refused].map(({ number, why }) => `${of} số ${number}: ${why}`),
  ];
}

function numbersLine(of: string, numbers: readonly number[], says: string): readonly string[] {
  if (numbers.length === 0) return [];
  return [`${of} số ${rangesOf(numbers).map(rangeText).join(', ')}: ${says}`];
}

const rangeText = ({ from, to }: NumberRange) => (from === to ? String(from) : `${from}–${to}`);

/** Numbers in rising order, as ranges. */
function rangesOf(numbers: readonly number[]): readonly NumberRange[] {
  const ranges: NumberRange[] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last?.to === number - 1) ranges[ranges.length - 1] = { from: last.from, to: number };
    else ranges.push({ from: number, to: number });
  }
  return ranges;
}

function conclusionOf(reports: readonly SeriesReport[], applied: boolean): string {
  if (reports.some(isLeftToPeople)) {
    return 'Kết luận: có việc phải có người xử lý; đọc các dòng trên (something is left for a person: see the lines above).';
  }
  if (!reports.some(differs)) return 'Kết luận: sổ khớp với kho (ledger and archive agree).';
  return applied
    ? 'Kết luận: đã sửa xong; chạy lại để kiểm tra (mended; run it again to see).'
    : 'Kết luận: sổ chậm hơn kho; chạy với --apply để sửa (the ledger is behind: run with --apply).';
}
