import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { financePaymentPageSchema, financePaymentSchema, financeReceiptPageSchema } from '#schemas/finance-desk.ts';
import { assignmentViewSchema, openMoneyPageSchema } from '#schemas/open-money.ts';
import { reportDocumentSchema } from '#schemas/report-document.ts';
import { seriesClosingViewSchema, seriesListSchema } from '#schemas/series-view.ts';
import { receiptItem, seriesItem } from '#shared/adapters/payment-items.ts';
import { type DeskScene, makeDeskScene } from '#test/support/desk-scene.ts';
import { setHandlerEnvironment } from '#test/support/http-calls.ts';
import { startTestTable } from '#test/support/local-engines.ts';
import { withSignedReceipts } from '#test/support/owing-records.ts';
import { aPaidRecord, putRecord } from '#test/support/paid-record.ts';
import { aCharge } from '#test/support/payment-scene.ts';
import { aRun, aSeries, registryOffice } from '#test/support/register-scene.ts';
import { administrator, approver, auditor, clerk, setStaffEnvironment, staffCalls } from '#test/support/staff-calls.ts';

let scene: DeskScene;
let staff: ReturnType<typeof staffCalls>;
beforeAll(async () => {
  const { tableName, documentClient } = await startTestTable();
  scene = await makeDeskScene({ client: documentClient, name: tableName });
  setHandlerEnvironment({ TABLE_NAME: tableName });
  setStaffEnvironment();
  staff = staffCalls((await import('#functions/finance-desk/handler.ts')).handler);
});

const put = (Item: Record<string, unknown>) =>
  scene.table.client.send(new PutCommand({ TableName: scene.table.name, Item }));

const reason = 'Đã đối chiếu sao kê của cổng';

describe('money in suspense over HTTP', () => {
  it('finds its payment by a clerk and an approver', async () => {
    const { paymentId } = await scene.openPayment({
      charges: [aCharge({ feeLines: [{ unitCode: 'hong-gai', feeCode: 'QN-006', quantity: 1, amountVnd: 28_000 }] })],
    });
    const money = await scene.suspend();
    const listed = await staff.get(auditor, '/v1/finance/money?class=unknown-order&gateway=vnpay');
    expect(openMoneyPageSchema.parse(listed.body).items).toMatchObject([{ ...money, state: 'open' }]);

    const proposed = await staff.post(clerk, '/v1/finance/assignments', { money, paymentId, reason });
    expect(assignmentViewSchema.parse(proposed.body)).toMatchObject({ state: 'proposed', becomes: 'settlement' });
    expect(await staff.post(clerk, '/v1/finance/assignments', { money, paymentId, reason })).toEqual(proposed);
    const approved = await staff.post(approver, '/v1/finance/assignments/approval', { money, number: 1 });
    expect(assignmentViewSchema.parse(approved.body)).toMatchObject({ state: 'assigned', by: approver.code });
    expect((await scene.record(paymentId)).payment.state).toBe('paid');
    const found = await staff.get(clerk, `/v1/finance/payments/${paymentId}`);
    expect(financePaymentSchema.parse(found.body)).toMatchObject({
      state: 'paid',
      charges: [{ payer: { name: expect.any(String) }, feeLines: [{ feeCode: 'QN-006' }] }],
      money: [{ moneyClass: 'settlement', moneyKey: `vnpay#ttpvhcc#${money.identity}` }],
    });
  });

  it('is never assigned by who proposed it, and is free again when another one rejects', async () => {
    const { paymentId } = await scene.openPayment({
      charges: [
        aCharge({
          dossierCode: 'H49.14-261122-0077',
          feeLines: [{ unitCode: 'hong-gai', feeCode: 'QN-006', quantity: 1, amountVnd: 28_000 }],
        }),
      ],
    });
    const money = await scene.suspend({ vnp_TransactionNo: '14422599' });
    await staff.post(approver, '/v1/finance/assignments', { money, paymentId, reason });
    expect(await staff.post(approver, '/v1/finance/assignments/approval', { money, number: 1 })).toMatchObject({
      status: 403,
      body: { type: expect.stringMatching(/\/same-person$/) },
    });
    expect(await staff.post(clerk, '/v1/finance/assignments/rejection', { money, number: 1, reason })).toMatchObject({
      status: 403,
      body: { type: expect.stringMatching(/\/not-yours$/) },
    });
    const other = { ...approver, code: 'kt.hoa' };
    expect(await staff.post(other, '/v1/finance/assignments/rejection', { money, number: 1, reason })).toMatchObject({
      body: { state: 'rejected', by: 'kt.hoa' },
    });
    await staff.post(clerk, '/v1/finance/assignments', { money, paymentId, reason });
    const takenBack = await staff.post(clerk, '/v1/finance/assignments/rejection', { money, number: 2, reason });
    expect(takenBack.body).toMatchObject({ state: 'rejected', by: clerk.code });
    const ofDossier = await staff.get(clerk, '/v1/finance/payments?dossierCode=H49.14-261122-0077');
    expect(financePaymentPageSchema.parse(ofDossier.body).items).toMatchObject([{ paymentId, state: 'open' }]);
  });
});

describe('receipts over HTTP', () => {
  beforeAll(async () => {
    await put(seriesItem(aSeries(3, { lastDate: '2026-11-22' })));
    for (const receipt of aRun(1, 3)) await put(receiptItem(receipt));
  });

  it('are found by what is printed on them', async () => {
    const found = await staff.get(clerk, '/v1/finance/receipts?series=26TAA&number=00000002');
    const { items } = financeReceiptPageSchema.parse(found.body);
    expect(items).toMatchObject([
      { number: 2, payer: { name: expect.any(String) }, collector: { taxCode: registryOffice } },
    ]);
    expect((await staff.get(clerk, '/v1/finance/receipts?series=26TAA&number=9')).body).toEqual({ items: [] });
  });

  const query = `taxCode=${registryOffice}&from=2026-11-22&to=2026-11-22`;

  it('are reported as data, with the proof of their numbers', async () => {
    const { body } = await staff.get(auditor, `/v1/finance/reports/register?${query}`);
    const report = reportDocumentSchema.parse(body);
    expect(report.tables.map(({ name, rows }) => [name, rows.length])).toEqual([
      ['Bảng kê', 3],
      ['Tổng hợp', 2],
      ['Dãy số', 1],
    ]);
    expect(report.series).toMatchObject([{ series: '26TAA', isWhole: true }]);
    expect(report.tables[0]?.heading.join()).toContain('Người lập: tt.tuan');
  });

  it('are reported as a workbook and as CSV, under a name of their own', async () => {
    const { raw } = await staff.get(
      clerk,
      `/v1/finance/reports/day?taxCode=${registryOffice}&date=2026-11-22&format=xlsx`,
    );
    expect(raw.headers).toMatchObject({
      'content-disposition': 'attachment; filename="01-th-5709990011-2026-11-22.xlsx"',
    });
    expect(Buffer.from(raw.body ?? '', 'base64').toString('latin1', 0, 2)).toBe('PK');
    const csv = (await staff.get(clerk, `/v1/finance/reports/register?${query}&format=csv&table=tong-hop&separator=;`))
      .raw;
    expect(csv.headers).toMatchObject({
      'content-disposition': 'attachment; filename="bang-ke-5709990011-2026-11-22-2026-11-22-tong-hop.csv"',
    });
    expect(Buffer.from(csv.body ?? '', 'base64').toString()).toMatch(/^\uFEFFNgày;Tổ chức thu;/);
    const bc26 = (
      await staff.get(clerk, `/v1/finance/reports/usage?taxCode=${registryOffice}&quarter=2026-Q2&format=xml`)
    ).raw;
    expect(Buffer.from(bc26.body ?? '', 'base64').toString()).toContain('<BCTHSDBLai>');
  });

  it.each([
    ['reports/register?series=26TZZ&taxCode=5709990011', 404, 'no-series'],
    ['reports/register?taxCode=5700000000', 404, 'no-organisation'],
    ['reports/register', 409, 'tax-code-needed'],
    ['reports/usage?taxCode=5709990011&quarter=2026-Q4', 409, 'no-such-report'],
    ['reports/day?taxCode=5709990011&date=22/11/2026', 422, 'faulty-fields'],
    ['reports/register?from=2026-11-23&to=2026-11-22', 422, 'faulty-fields'],
    ['receipts?series=26taa&number=1', 422, 'faulty-fields'],
    ['payments?dossierCode=1', 422, 'faulty-fields'],
    ['nothing', 404, 'no-such-place'],
  ])('say what is wrong with %s', async (target, status, code) => {
    expect(await staff.get(clerk, `/v1/finance/${target}`)).toMatchObject({
      status,
      body: { type: expect.stringMatching(new RegExp(`/${code}$`)) },
    });
  });

  it('come from series that an administrator lists and closes', async () => {
    const { items } = seriesListSchema.parse((await staff.get(administrator, '/v1/finance/series')).body);
    const own = items.find(({ taxCode }) => taxCode === registryOffice);
    expect(own?.series.find(({ series }) => series === '26TAA')).toMatchObject({ nextNumber: 4, isOpened: true });
    const path = `/v1/finance/series/${registryOffice}/26TAA/closing`;
    const closed = await staff.post(administrator, path, { why: 'Hai đơn vị sáp nhập làm một' });
    expect(seriesClosingViewSchema.parse(closed.body)).toMatchObject({
      closing: { lastNumber: 3, by: administrator.code },
      wasClosed: false,
    });
    const again = await staff.post(administrator, path, { why: 'Hai đơn vị sáp nhập làm một' });
    expect(again.body).toMatchObject({ wasClosed: true, closing: { lastNumber: 3 } });
  });

  it('bring their documents by addresses that hold for minutes', async () => {
    const record = withSignedReceipts(aPaidRecord());
    await putRecord(scene.table, record);
    const { body } = await staff.get(clerk, `/v1/finance/payments/${record.payment.paymentId}`);
    expect(financePaymentSchema.parse(body).receipts[0]?.pdf?.url).toContain('X-Amz-Expires=300');
  });
});
