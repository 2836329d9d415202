import type {
  AdjustmentView,
  BalanceProof,
  ClassFigures,
  DayFigures,
  Equation,
  EquationName,
} from '#schemas/balance-proof.ts';
import { reconciliationClasses } from './reconciliation.ts';

const titles: Readonly<Record<EquationName, string>> = {
  'statement-consumed': 'Mỗi dòng sao kê được xếp đúng một lần',
  'ledger-consumed': 'Mỗi dòng sổ được xếp đúng một lần',
  collected: 'Cổng thu = sổ ghi',
  receipted: 'Đã thu = đã lập biên lai',
  confirmed: 'Đã thu = đã báo hệ thống hồ sơ',
  banked: 'Cổng thu = ngân hàng ghi có',
  'paid-in': 'Ngân hàng ghi có = nộp ngân sách',
};

/**
 * The sentences that the books of a day must keep (DESIGN §4.2): each side is counted by itself, and every đồng between
 * them is named by a class of the reconciliation or by what is owed. A sum that nothing explains is no exception but a
 * fault of ours, and the day cannot be closed with it.
 */
export function proveBalance(figures: DayFigures, adjustments: readonly AdjustmentView[] = []): BalanceProof {
  const equations = equationsOf(figures);
  return { figures, equations, adjustments: [...adjustments], holds: equations.every(({ holds }) => holds) };
}

function equationsOf(figures: DayFigures): Equation[] {
  const { statement, ledger, bank, treasury } = figures;
  const atGateway = statement.payments.sum - statement.refunds.sum;
  const inLedger = ledger.paid.sum + ledger.otherMoney.sum + ledger.suspense.sum - ledger.refunded.sum;
  return [
    equation('statement-consumed', atGateway, sumOf(figures, 'statementVnd')),
    equation('ledger-consumed', inLedger, sumOf(figures, 'ledgerVnd')),
    equation(
      'collected',
      atGateway,
      inLedger,
      byClass(figures, (of) => of.statementVnd - of.ledgerVnd),
    ),
    equation(
      'receipted',
      ledger.paid.sum,
      ledger.receipted.sum,
      byClass(figures, (of) => of.withoutReceiptVnd),
    ),
    equation('confirmed', ledger.paid.sum, ledger.confirmed.sum, [
      { what: 'chưa báo hệ thống hồ sơ', vnd: ledger.unconfirmed.sum },
    ]),
    ...(bank === undefined ? [] : [bankedEquation(atGateway, bank)]),
    ...(bank === undefined || treasury === undefined ? [] : [paidInEquation(bank, treasury)]),
  ];
}

/** What a bank has done otherwise than expected has a name and an owner: it is no fault of our books. */
function bankedEquation(atGateway: number, bank: NonNullable<DayFigures['bank']>): Equation {
  const { creditedVnd, feeVnd, elsewhereVnd = 0, earlierVnd = 0, differenceVnd = 0 } = bank;
  return equation('banked', atGateway, creditedVnd, [
    { what: 'phí của ngân hàng', vnd: feeVnd },
    { what: 'SAI_TAI_KHOAN', vnd: elsewhereVnd },
    { what: 'của các ngày trước, ghi có cùng ngày', vnd: -earlierVnd },
    { what: 'LECH_NGAN_HANG', vnd: -differenceVnd },
  ]);
}

function paidInEquation(
  { creditedVnd }: NonNullable<DayFigures['bank']>,
  treasury: NonNullable<DayFigures['treasury']>,
): Equation {
  const { paidInVnd, keptVnd, earlierVnd = 0, differenceVnd = 0 } = treasury;
  return equation('paid-in', creditedVnd, paidInVnd, [
    { what: 'phần phí được để lại', vnd: keptVnd },
    { what: 'của các ngày trước, nộp cùng ngày', vnd: -earlierVnd },
    { what: 'LECH_KHO_BAC', vnd: -differenceVnd },
  ]);
}

interface Explanation {
  readonly what: string;
  readonly vnd: number;
}

function equation(
  name: EquationName,
  leftVnd: number,
  rightVnd: number,
  explanations: readonly Explanation[] = [],
): Equation {
  const differenceVnd = leftVnd - rightVnd;
  const explainedBy = explanations.filter(({ vnd }) => vnd !== 0).map((one) => ({ ...one }));
  const unexplainedVnd = explainedBy.reduce((left, { vnd }) => left - vnd, differenceVnd);
  const holds = unexplainedVnd === 0;
  return { name, title: titles[name], leftVnd, rightVnd, differenceVnd, explainedBy, unexplainedVnd, holds };
}

function sumOf({ classes }: DayFigures, side: 'statementVnd' | 'ledgerVnd'): number {
  return Object.values(classes).reduce((sum, figures) => sum + figures[side], 0);
}

function byClass({ classes }: DayFigures, vndOf: (figures: ClassFigures) => number): readonly Explanation[] {
  return reconciliationClasses.flatMap((what) => {
    const figures = classes[what];
    return figures === undefined ? [] : [{ what, vnd: vndOf(figures) }];
  });
}

const nothing = { count: 0, sum: 0 };

/** Of a day on which nothing was paid. */
export const figuresOfNothing: DayFigures = {
  statement: { payments: nothing, refunds: nothing },
  ledger: {
    paid: nothing,
    otherMoney: nothing,
    suspense: nothing,
    refunded: nothing,
    receipted: nothing,
    confirmed: nothing,
    unconfirmed: nothing,
  },
  classes: {},
  ignored: 0,
};
