import type { Figure } from './bench.ts';

/** One figure as a line of JSON, for programs. */
export function asJsonLine({ bench, subject, value, unit, ratioTo }: Figure): string {
  const ratios = Object.entries(ratioTo).map(([floor, ratio]): [string, number] => [floor, rounded(ratio, 3)]);
  return JSON.stringify({ bench, subject, value: rounded(value, 2), unit, ratioTo: Object.fromEntries(ratios) });
}

/** All figures of a bench as a table, for people. */
export function asTable(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.subject,
    `${rounded(figure.value, figure.value < 10 ? 2 : 1)} ${figure.unit}`,
    Object.entries(figure.ratioTo)
      .map(([floor, ratio]) => `${rounded(ratio, 2)} × ${floor}`)
      .join(', '),
    figure.spread === undefined ? '' : figure.spread.map((end) => rounded(end, 2)).join('–'),
  ]);
  const table = [['subject', 'median', 'ratio', 'middle half of the rounds'], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .map((line) => line.trimEnd())
    .join('\n');
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
