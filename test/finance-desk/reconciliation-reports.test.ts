import { beforeAll, describe, expect, it } from '@jest/globals';
import { reconciliationReportRoutes } from '#functions/finance-desk/routes/reconciliation-report-routes.ts';
import { reportDocumentSchema } from '#schemas/report-document.ts';
import { staffCodeSchema } from '#schemas/staff-code.ts';
import type { StaffAnswer, StaffRoute } from '#shared/domain/staff-route.ts';
import type { DayAddress } from '#shared/domain/statement-day.ts';
import { type ClosingScene, makeClosingScene } from '#test/support/closing-scene.ts';
import { aFinding, anAccountDay, checker, figuresOf, maker, resultOf } from '#test/support/reconciliation-scene.ts';
import { reconcileShortBank, shortBank } from '#test/support/short-bank.ts';

const auditor = { code: staffCodeSchema.parse('kiem-toan-1'), roles: ['auditor' as const] };

let scene: ClosingScene;
beforeAll(async () => {
  scene = await makeClosingScene();
});

/** Asks a route as the function does, after the token was verified. */
async function ask(routes: readonly StaffRoute[], path: RegExp, query: object, parameters = {}): Promise<StaffAnswer> {
  const route = routes.find((one) => path.test(one.path));
  const reading = route?.read({ parameters, query: { ...query }, body: undefined }, auditor);
  if (reading?.kind !== 'read') throw new Error(`not read: ${JSON.stringify(reading)}`);
  return reading.answer();
}

async function tablesOf(path: RegExp, query: object) {
  const answer = await ask(reconciliationReportRoutes(scene.needs), path, query);
  if (answer.kind !== 'json') throw new Error(JSON.stringify(answer));
  return reportDocumentSchema.parse(answer.body).tables;
}

const periodOf = ({ gateway, merchant, day }: DayAddress) => ({ gateway, merchant, from: day, to: day });

describe('the book of the reconciliation', () => {
  it('lists each day with both sides, its classes, what is open, and who closed it', async () => {
    const closed = await scene.closed();
    const [days, classes, equations] = await tablesOf(/reconciliation$/, periodOf(closed));

    expect(rowAsObject(days)).toMatchObject({
      Ngày: '23/11/2026',
      Kênh: `${closed.gateway}/${closed.merchant}`,
      'Cổng: số giao dịch': 3,
      'Cổng: số tiền': 84_000,
      'Sổ: số khoản': 2,
      'Sổ: số tiền': 56_000,
      'KHOP: số dòng': 2,
      'THIEU_NOI_BO: số dòng': 1,
      'THIEU_NOI_BO: số tiền': 28_000,
      'Ngân hàng: ghi có': null,
      'Người lập': maker,
      'Người kiểm soát': checker,
      'Tình trạng': 'Đã khóa sổ',
      'Ngoại lệ còn mở': 1,
      'Cân đối': 'Cân',
    });
    expect(classes?.rows.map((row) => row.slice(3))).toEqual([
      ['KHOP', 'Khớp cả hai bên, đã có biên lai', 2, 56_000, 56_000],
      ['THIEU_NOI_BO', 'Cổng có, sổ không có', 1, 28_000, 0],
    ]);
    expect(equations?.rows.find((row) => row[3] === 'Cổng thu = sổ ghi')?.slice(4)).toEqual([
      84_000,
      56_000,
      28_000,
      'Cổng có, sổ không có 28000',
      0,
      'Cân',
    ]);
  });

  it('tells what bank and treasury made of a day where that was compared', async () => {
    const [days, , equations] = await tablesOf(/reconciliation$/, periodOf(await reconcileShortBank(scene)));

    expect(rowAsObject(days)).toMatchObject({
      'Ngân hàng: ghi có': 50_000,
      'Ngân hàng: lệch': -5_000,
      'Ngân sách: đã nộp': 50_000,
      'Ngân sách: lệch': 0,
      'Cân đối': 'Cân',
    });
    expect(equations?.rows.find((row) => row[3] === 'Cổng thu = ngân hàng ghi có')?.slice(4)).toEqual([
      56_000,
      50_000,
      6_000,
      'phí của ngân hàng 1000; Ngân hàng ghi có khác số phải thu 5000',
      0,
      'Cân',
    ]);
  });

  it('tells them of a closed day too, although they come after the close', async () => {
    const address = await scene.closed();
    await scene.run(address, resultOf([aFinding()], 'with the bank', { ...figuresOf([aFinding()]), bank: shortBank }));

    const [days, , equations] = await tablesOf(/reconciliation$/, periodOf(address));

    expect(rowAsObject(days)).toMatchObject({ 'Tình trạng': 'Đã khóa sổ', 'Ngân hàng: ghi có': 50_000 });
    expect(equations?.rows.map((row) => row[3])).toEqual([
      'Mỗi dòng sao kê được xếp đúng một lần',
      'Mỗi dòng sổ được xếp đúng một lần',
      'Cổng thu = sổ ghi',
      'Đã thu = đã lập biên lai',
      'Đã thu = đã báo hệ thống hồ sơ',
      'Cổng thu = ngân hàng ghi có',
    ]);
  });

  it('has a row without figures for a day whose statement has not come', async () => {
    const [days, classes] = await tablesOf(/reconciliation$/, periodOf(anAccountDay()));

    expect(rowAsObject(days)).toMatchObject({ 'Cổng: số tiền': null, 'Tình trạng': 'Chờ sao kê', 'Cân đối': '' });
    expect(classes?.rows).toEqual([]);
  });

  it('refuses a period that is longer than a quarter, and says what to do', async () => {
    const answer = await ask(reconciliationReportRoutes(scene.needs), /reconciliation$/, {
      from: '2026-01-01',
      to: '2026-11-23',
    });

    expect(answer).toMatchObject({ kind: 'problem', problem: { status: 409, code: 'too-many-days' } });
  });
});

describe('the report of exceptions', () => {
  it('puts both sides of each beside each other, and adds up ages and differences by class', async () => {
    const missing = aFinding('THIEU_NOI_BO', { transactionId: 'bao-cao-1' });
    const other = aFinding('LECH_TIEN', {
      transactionId: 'bao-cao-2',
      statementAmountVnd: 27_000,
      ledgerLine: 4,
      ledgerAmountVnd: 28_000,
      ledgerState: 'paid',
    });
    const { gateway, merchant } = await scene.reconciled([missing, other]);
    scene.setClock('2026-11-30T10:00:00.000Z');

    const [list, ages] = await tablesOf(/exceptions$/, { gateway, merchant });

    expect(list?.rows).toHaveLength(2);
    expect(rowAsObject(list, 'bao-cao-2')).toMatchObject({
      'Cổng: số tiền': 27_000,
      'Sổ: số tiền': 28_000,
      'Chênh lệch': -1_000,
      'Tuổi (ngày)': 6,
      'Quá hạn': 'Quá hạn',
    });
    expect(ages?.rows).toEqual([
      ['Cổng có, sổ không có', 1, 1, 28_000, 0, 0, 1, 0, 0, 6],
      ['Lệch số tiền', 1, 1, 1_000, 0, 0, 1, 0, 0, 6],
      ['Tổng cộng', 2, 2, 29_000, 0, 0, 2, 0, 0, 6],
    ]);
    scene.setClock('2026-11-24T01:30:00.000Z');
  });
});

/** The first row, or the one with a cell of this value, by the titles of its columns. */
function rowAsObject(table: Awaited<ReturnType<typeof tablesOf>>[number] | undefined, holding?: string) {
  const row = table?.rows.find((cells) => holding === undefined || cells.includes(holding));
  return Object.fromEntries((table?.columns ?? []).map(({ title }, index) => [title, row?.[index]]));
}
