import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type ClosingNeeds, closeSeries } from '#functions/finance-desk/close-series.ts';
import { listSeries } from '#functions/finance-desk/list-series.ts';
import { taxCodeSchema } from '#schemas/ids.ts';
import { staffCodeSchema } from '#schemas/staff-code.ts';
import { makeSeriesLedger } from '#shared/adapters/series-ledger.ts';
import { type IssuingScene, issueUntilDone, makeIssuingScene } from '#test/support/issuing-scene.ts';
import { putPaidPayments } from '#test/support/paid-record.ts';

const scenes: IssuingScene[] = [];
let scene: IssuingScene;
let needs: ClosingNeeds;

beforeEach(async () => {
  scene = await makeIssuingScene();
  scenes.push(scene);
  const { declaredSeries, clock, logNews } = scene.needs;
  needs = { ledger: makeSeriesLedger(scene.table), declaredSeries, clock, logNews };
});
afterAll(() => Promise.all(scenes.map(({ engine }) => engine.stop())));

const landOffice = taxCodeSchema.parse('5709990011');
const order = {
  taxCode: landOffice,
  template: 'EBL01',
  series: '26TAA',
  by: staffCodeSchema.parse('qt.lan'),
  why: 'Sáp nhập đơn vị từ 24/11/2026',
};
const numbersOf = async (series: string) => (await scene.register(series)).map(({ content }) => content.number);

describe('closing a series', () => {
  it('records the last number, who closed it and why, and nothing is issued from it any more', async () => {
    const ids = await putPaidPayments(scene.table, 3);
    await scene.issue(ids.slice(0, 2));

    const answer = await closeSeries(order, needs);

    expect(answer).toMatchObject({ kind: 'closed', series: { status: 'closed' } });
    const [row] = await needs.ledger.readSeries(landOffice, 'EBL01');
    expect(row?.closing).toEqual({ at: scene.needs.clock(), by: order.by, why: order.why, lastNumber: 2 });
    expect(scene.logged.at(-1)).toEqual({
      code: 'SERIES_CLOSED',
      facts: { taxCode: landOffice, series: '26TAA', by: 'qt.lan', lastNumber: 2 },
    });
    const [held] = [...(await scene.issue(ids.slice(2))).values()];
    expect(held).toEqual({ kind: 'fault', why: expect.stringContaining('26TAA is closed') });
    expect(await numbersOf('26TAA')).toEqual([1, 2]);
  });

  it('again leaves it as it was closed first', async () => {
    await scene.issue(await putPaidPayments(scene.table, 1));
    await closeSeries(order, needs);

    const again = await closeSeries({ ...order, by: staffCodeSchema.parse('qt.minh') }, needs);

    expect(again).toMatchObject({ kind: 'was-closed', series: { closing: { by: 'qt.lan', lastNumber: 1 } } });
  });

  it('before its first number keeps it from ever being opened', async () => {
    const ids = await putPaidPayments(scene.table, 1);

    expect(await closeSeries(order, needs)).toMatchObject({ kind: 'closed' });

    const [row] = await needs.ledger.readSeries(landOffice, 'EBL01');
    expect(row?.closing).toEqual({ at: scene.needs.clock(), by: order.by, why: order.why });
    expect([...(await scene.issue(ids)).values()]).toEqual([
      { kind: 'fault', why: expect.stringContaining('is closed') },
    ]);
  });

  it('is refused for a series that nobody declared', async () => {
    expect(await closeSeries({ ...order, series: '26TZZ' }, needs)).toEqual({ kind: 'unknown' });
  });

  it('while receipts are numbered keeps the very last number', async () => {
    const ids = await putPaidPayments(scene.table, 30);

    const [, answer] = await Promise.all([
      Promise.all(ids.map((paymentId) => issueUntilDone(scene, [paymentId]))),
      closeSeries(order, needs),
    ]);

    const used = await numbersOf('26TAA');
    const last = answer.kind === 'closed' ? answer.series.closing?.lastNumber : undefined;
    expect(used).toHaveLength(last ?? 0);
  });
});

describe('the list of series', () => {
  const list = (change: object = {}) => listSeries({ ...needs, units: scene.needs.units, ...change });

  it('says how far each has come, and that nothing must be done', async () => {
    await scene.issue(await putPaidPayments(scene.table, 2));

    const [office, ...others] = await list();

    expect(office).toMatchObject({
      taxCode: landOffice,
      unitCodes: ['vpdkdd'],
      series: [
        { series: { series: '26TAA', nextNumber: 3 }, isOpened: true, isNearlyUsed: false },
        { series: { series: '27TAA' }, isOpened: false, refusal: 'is of the year 2027' },
      ],
      lacksNextYear: false,
    });
    expect([office, ...others].every((one) => one?.standstill === undefined)).toBe(true);
  });

  it('names what must be done: a range that ends, a year without a series, receipts that wait', async () => {
    const [first] = needs.declaredSeries;
    if (first === undefined) throw new Error('no series');
    const declaredSeries = [{ ...first, lastNumber: 10 }];
    await scene.issue(await putPaidPayments(scene.table, 9), { declaredSeries });

    const [office, other] = await list({ declaredSeries });

    expect(office).toMatchObject({ series: [{ isNearlyUsed: true }], standstill: undefined, lacksNextYear: true });
    expect(other).toMatchObject({
      standstill: expect.stringContaining('none of 2026 is declared'),
      lacksNextYear: true,
    });
  });

  it('lets a registration that is taken back stop an open series at once', async () => {
    const ids = await putPaidPayments(scene.table, 2);
    await scene.issue(ids.slice(0, 1));
    const declaredSeries = needs.declaredSeries.map((one) => ({ ...one, registration: 'refused' as const }));

    const [held] = [...(await scene.issue(ids.slice(1), { declaredSeries })).values()];

    expect(held).toEqual({ kind: 'fault', why: expect.stringContaining('26TAA has the registration state refused') });
    expect((await list({ declaredSeries }))[0]?.standstill).toContain('registration state refused');
    expect([...(await scene.issue(ids.slice(1))).values()]).toEqual([{ kind: 'done' }]);
  });
});
