import type { SeriesFinding } from '#functions/finance-desk/walk-organisation.ts';
import { amountInWords } from '#shared/domain/amount-in-words.ts';
import { isWhole } from '#shared/domain/series-proof.ts';
import { formatVnd } from '#shared/domain/vietnamese-format.ts';
import { countMissing, statementOf } from '#shared/rendering/reports/proof-texts.ts';

/** What the terminal says of a report that was made. */
export function reportText(series: readonly SeriesFinding[], files: readonly string[]): string {
  const amountVnd = series.reduce((sum, { standing }) => sum + standing.amountVnd, 0);
  const receipts = series.reduce((sum, { proof }) => sum + proof.count, 0);
  const missing = series.reduce((sum, { proof }) => sum + countMissing(proof), 0);
  return [
    ...series.map(({ proof }) => `${proof.series.series}: ${statementOf(proof)}`),
    ...(series.length === 0 ? ['Chưa có ký hiệu nào được mở (no series was opened)'] : []),
    `Tổng cộng: ${receipts} biên lai, ${formatVnd(amountVnd)} (${amountInWords(amountVnd)})`,
    ...(missing === 0 ? [] : [`THIẾU ${missing} số: dừng cấp số và báo người phụ trách (numbers are missing)`]),
    writtenText(files),
  ].join('\n');
}

export const writtenText = (files: readonly string[]): string =>
  files.map((file) => `Đã ghi ${file} (written)`).join('\n');

/** A report whose series are not whole is made, and says so by its exit code. */
export function exitCodeOf(series: readonly SeriesFinding[]): 0 | 1 {
  return series.every(({ proof }) => isWhole(proof)) ? 0 : 1;
}
