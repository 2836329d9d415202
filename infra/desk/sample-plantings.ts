import type { Planting, SampleLedgerRow, SamplePlot, SampleStatementRow } from './sample-plot.ts';

interface Planted {
  readonly finds: readonly Planting[];
  /** As long as the files of the neighbouring days are not there; the same where it is left out. */
  readonly findsAlone?: readonly Planting[];
}

/** How a row of the ledger differs from one that is paid and has its receipt. */
type LedgerChange = Partial<SampleLedgerRow>;

const noReceipt = { receipt: '' };
const lastSecond = '23:59:59';
const firstSecond = '00:00:00';

/** Everything that can be wrong between a gateway and our books, and what may look so and is not. */
export const plantings: readonly ((plot: SamplePlot) => Planted)[] = [
  function missingHere(plot) {
    const money = plot.money();
    plot.atGateway(money);
    return { finds: [plot.find('THIEU_NOI_BO', money)] };
  },
  function missingThere(plot) {
    const money = plot.money();
    plot.inLedger(money, plot.chance.pick<LedgerChange>([{}, noReceipt, { state: 'surplus', ...noReceipt }]));
    return { finds: [plot.find('THIEU_DOI_TAC', money)] };
  },
  function anotherAmount(plot) {
    const money = plot.money();
    plot.atGateway(money);
    const change = plot.chance.pick<LedgerChange>([{}, noReceipt, { state: 'wrong-amount', ...noReceipt }]);
    plot.inLedger({ ...money, amount: money.amount + 1 }, change);
    return { finds: [plot.find('LECH_TIEN', money)] };
  },
  function paidThereOnly(plot) {
    const money = plot.money();
    plot.atGateway(money);
    const state = plot.chance.pick(['open', 'review', 'failed', 'expired', 'cancelled', 'suspense'] as const);
    const unknown = { transactionId: '', at: '' };
    plot.inLedger(money, { state, ...noReceipt, ...(state !== 'suspense' && plot.chance.flips() ? unknown : {}) });
    return { finds: [plot.find('LECH_TRANG_THAI', money)] };
  },
  function paidHereOnly(plot) {
    const money = plot.money();
    plot.atGateway(money, { status: plot.chance.pick(['failed', 'pending']) });
    plot.inLedger(money);
    return { finds: [plot.find('LECH_TRANG_THAI', money)] };
  },
  function paidTwice(plot) {
    const money = plot.money();
    const second = plot.again(money);
    plot.atGateway(money);
    plot.atGateway(second);
    plot.inLedger(money);
    if (plot.chance.flips()) plot.inLedger(second, { state: 'surplus', ...noReceipt });
    return {
      finds: [plot.find('KHOP', money), plot.find('TRUNG', money)],
    };
  },
  function paidAgainOnTheNextDay(plot) {
    const money = plot.money(plot.dayBefore);
    plot.atGateway(money);
    plot.inLedger(money);
    plot.atGateway({ ...plot.again(money), at: `${plot.day} ${firstSecond}` });
    return { finds: [plot.find('TRUNG', money)] };
  },
  function noReceiptYet(plot) {
    const money = plot.money();
    plot.atGateway(money);
    plot.inLedger(money, noReceipt);
    return { finds: [plot.find('THIEU_BIEN_LAI', money)] };
  },
  function receiptForNothing(plot) {
    const money = plot.money();
    plot.inLedger(money, { state: plot.chance.pick(['failed', 'expired', 'cancelled']), at: '' });
    if (plot.chance.flips()) plot.atGateway(money, { status: 'failed' });
    return { finds: [plot.find('BIEN_LAI_THUA', money)] };
  },
  function paidBack(plot) {
    const money = plot.money();
    const [isThere, isHere] = plot.chance.pick([
      [true, true],
      [true, false],
      [false, true],
    ]);
    if (isThere) plot.atGateway(money, { kind: 'refund' });
    if (isHere) plot.inLedger(money, { state: 'refunded', ...noReceipt });
    return { finds: [{ ...plot.find('HOAN', money), isPaidBackByBoth: isThere && isHere }] };
  },
  function paidBackOnOneSideOfTheOther(plot) {
    const money = plot.money();
    const [there, here] = plot.chance.pick<readonly [Partial<SampleStatementRow>, LedgerChange]>([
      [{ kind: 'refund' }, { state: 'paid' }],
      [{ kind: 'payment' }, { state: 'refunded' }],
      [{ kind: 'refund', status: 'failed' }, { state: 'refunded' }],
    ]);
    plot.atGateway(money, there);
    plot.inLedger(money, here);
    return { finds: [plot.find('HOAN', money)] };
  },
  function dayBeforeInOurBooks(plot) {
    const money = plot.money(plot.day, firstSecond);
    plot.atGateway(money);
    plot.inLedger({ ...money, at: `${plot.dayBefore} ${lastSecond}` });
    return { finds: [plot.find('LECH_NGAY', money)] };
  },
  function dayAfterInOurBooks(plot) {
    const money = plot.money(plot.day, lastSecond);
    plot.atGateway(money);
    plot.inLedger({ ...money, at: `${plot.dayAfter} ${firstSecond}` });
    return { finds: [plot.find('LECH_NGAY', money)] };
  },
  function onAnotherDayThere(plot) {
    const [day, here, there] = plot.chance.pick([
      [plot.dayAfter, lastSecond, firstSecond],
      [plot.dayBefore, firstSecond, lastSecond],
    ]);
    const money = plot.money(day, there);
    plot.atGateway(money);
    plot.inLedger({ ...money, at: `${plot.day} ${here}` });
    return {
      finds: [plot.find('LECH_NGAY', money)],
      findsAlone: [plot.find('THIEU_DOI_TAC', money)],
    };
  },
  function anothersAccount(plot) {
    const money = plot.money();
    plot.atGateway(money, { account: '9990001112223' });
    if (plot.chance.flips()) plot.inLedger(money);
    return { finds: [plot.find('SAI_TAI_KHOAN', money)] };
  },
  function noMoneyAtAll(plot) {
    const money = plot.money();
    plot.atGateway(money, { status: plot.chance.pick(['failed', 'pending']) });
    if (plot.chance.flips()) plot.inLedger(money, { state: 'failed', at: '', ...noReceipt });
    return { finds: [] };
  },
  function failedAndPaid(plot) {
    const money = plot.money(plot.day, '12:00:00');
    plot.atGateway(
      { ...money, transactionId: `${money.transactionId}-0`, at: `${plot.day} ${firstSecond}` },
      { status: 'failed' },
    );
    plot.atGateway(money);
    plot.inLedger(money);
    return { finds: [plot.find('KHOP', money)] };
  },
  function businessOfNeighbours(plot) {
    for (const day of [plot.dayBefore, plot.dayAfter]) {
      const money = plot.money(day);
      if (plot.chance.flips()) plot.atGateway(money);
      if (plot.chance.flips()) plot.inLedger(money);
    }
    return { finds: [] };
  },
];
