import type { DayFigures, Equation } from '#schemas/balance-proof.ts';
import { reconciliationClasses } from '#shared/domain/reconciliation.ts';
import { classWords } from './reconciliation-words.ts';
import { numberColumn, type ReportCell, textColumn } from './report-table.ts';

type Rows = readonly (readonly ReportCell[])[];

/** The sentences of a balance, in the book of many days and in the workbook of one. */
export const equationColumns = [
  textColumn('Đẳng thức', 44),
  numberColumn('Vế trái', 16),
  numberColumn('Vế phải', 16),
  numberColumn('Chênh lệch', 14),
  textColumn('Giải thích', 60),
  numberColumn('Chưa giải thích', 14),
  textColumn('Kết luận', 14),
];

export function equationRows(equations: readonly Equation[]): Rows {
  return equations.map((equation) => [
    equation.title,
    equation.leftVnd,
    equation.rightVnd,
    equation.differenceVnd,
    explanationOf(equation),
    equation.unexplainedVnd,
    holdsInWords(equation.holds),
  ]);
}

export const classColumns = [
  textColumn('Mã loại', 18),
  textColumn('Loại', 30),
  numberColumn('Số dòng', 9),
  numberColumn('Tiền theo cổng', 16),
  numberColumn('Tiền theo sổ', 16),
];

/** Classes that hold nothing are left out. */
export function classRows(classes: DayFigures['classes']): Rows {
  return reconciliationClasses.flatMap((name) => {
    const figures = classes[name];
    if (figures === undefined || figures.count === 0) return [];
    const { count, statementVnd, ledgerVnd } = figures;
    return [[name, classWords[name], count, statementVnd, ledgerVnd]];
  });
}

export const holdsInWords = (holds: boolean): string => (holds ? 'Cân' : 'KHÔNG CÂN');

/** `Lệch số tiền 1000; Thu trùng 28000`: what the difference is made of. */
export function explanationOf(
  { explainedBy }: Pick<Equation, 'explainedBy'>,
  formatAmount: (vnd: number) => string = String,
): string {
  return explainedBy.map(({ what, vnd }) => `${nameOf(what)} ${formatAmount(vnd)}`).join('; ');
}

function nameOf(what: string): string {
  const known = Object.entries(classWords).find(([name]) => name === what);
  return known === undefined ? what : known[1];
}
