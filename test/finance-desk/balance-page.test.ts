import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { loadReconciliation } from '#config/reconciliation.ts';
import { closeDay } from '#functions/finance-desk/close-day.ts';
import { dayViewSchema } from '#schemas/day-close.ts';
import { instantSchema } from '#schemas/ids.ts';
import { makeBalancePageLedger } from '#shared/adapters/balance-page-ledger.ts';
import type { DayAddress } from '#shared/domain/statement-day.ts';
import { setHandlerEnvironment } from '#test/support/http-calls.ts';
import { startTestQueueAndBucket, startTestTable, type TestQueueAndBucket } from '#test/support/local-engines.ts';
import { faultsOfPdf, pdfToolsArePresent, textOfPdf } from '#test/support/pdf-tools.ts';
import {
  anAccountDay,
  checker,
  makeReconciliationScene,
  maker,
  monday,
  type ReconciliationScene,
} from '#test/support/reconciliation-scene.ts';
import { reconcileShortBank } from '#test/support/short-bank.ts';
import { pdfsigSays, signatureToolsArePresent } from '#test/support/signature-tools.ts';
import { dataOf, pythonIsPresent, readWorkbook } from '#test/support/spreadsheets.ts';
import { auditor, setStaffEnvironment, staffCalls } from '#test/support/staff-calls.ts';

const settings = loadReconciliation('dev');
let engine: TestQueueAndBucket;
let scene: ReconciliationScene;
let staff: ReturnType<typeof staffCalls>;
let sweep: () => Promise<void>;

beforeAll(async () => {
  const { tableName, documentClient } = await startTestTable();
  engine = await startTestQueueAndBucket();
  scene = await makeReconciliationScene({ client: documentClient, name: tableName }, settings);
  setHandlerEnvironment({
    TABLE_NAME: tableName,
    RECEIPTS_BUCKET: engine.bucketName,
    DOSSIER_QUEUE_URL: engine.queueUrl,
    AWS_ENDPOINT_URL_S3: engine.endpoint,
    AWS_ENDPOINT_URL_SQS: engine.endpoint,
    POWERTOOLS_METRICS_DISABLED: 'true',
  });
  setStaffEnvironment();
  staff = staffCalls((await import('#functions/finance-desk/handler.ts')).handler);
  const { handler } = await import('#functions/chase-payments/handler.ts');
  sweep = () => handler({}, { getRemainingTimeInMillis: () => 55_000 });
});
afterAll(() => engine.stop());

/** Each test has an account of its own, of those of stage dev. */
const accounts = settings.accounts.values();
let address: DayAddress;
beforeEach(() => {
  const { gateway, merchant } = accounts.next().value ?? anAccountDay();
  address = { gateway, merchant, day: monday };
});

const pathOf = ({ gateway, merchant, day }: DayAddress) => `/v1/finance/days/${gateway}/${merchant}/${day}`;

async function fileAt(target: string): Promise<Buffer> {
  const { raw } = await staff.get(auditor, target);
  if (raw.isBase64Encoded !== true) throw new Error(JSON.stringify(raw));
  return Buffer.from(raw.body ?? '', 'base64');
}

const print = () => fileAt(`${pathOf(address)}/proof`);

/** Closed long ago by the clock of the machine, so that the sweep finds it due whatever that says. */
async function closeLongAgo(): Promise<void> {
  await scene.reconciled([], address);
  await closeDay(address, { act: 'propose', kind: 'reconciled' }, maker, scene.needs);
  await closeDay(address, { act: 'approve', number: 1 }, checker, scene.needs);
  const ledger = makeBalancePageLedger(scene.table);
  for (const owed of await ledger.findOwed()) {
    await ledger.reschedule(owed, instantSchema.parse('2020-01-01T00:00:00.000Z'));
  }
}

async function closeSeen() {
  const { close } = dayViewSchema.parse((await staff.get(auditor, pathOf(address))).body);
  if (close === undefined) throw new Error('the day has no close');
  return close;
}

async function archivedPage() {
  const key = (await scene.record(address)).close?.page?.key ?? '';
  const { Body: body } = await engine.s3.send(new GetObjectCommand({ Bucket: engine.bucketName, Key: key }));
  return { key, bytes: Buffer.from((await body?.transformToByteArray()) ?? []) };
}

const withTools = pdfToolsArePresent() && signatureToolsArePresent() ? describe : describe.skip;

withTools('the page of a day’s balance over HTTP', () => {
  it('says of an open day that nothing is final, and is not signed', async () => {
    await scene.reconciled([], address);
    const pdf = await print();
    expect(textOfPdf(pdf)).toMatch(/CHƯA KHÓA SỔ.*Chưa ký số/s);
    expect(pdfsigSays(pdf)).not.toContain('Signature');
    await sweep();
    expect(textOfPdf(await print())).toContain('Chưa ký số');
  });

  it('is not signed when the day is closed, and the file that the unit signed from the sweep on', async () => {
    await closeLongAgo();
    const before = await print();
    expect(textOfPdf(before)).toMatch(/Người duyệt: kt\.minh.*Trang này do tt\.tuan lập.*Chưa ký số/s);
    expect(textOfPdf(before)).not.toContain('CHƯA KHÓA SỔ');
    expect(await closeSeen()).not.toHaveProperty('page');

    await sweep();

    const pdf = await print();
    expect(pdf.equals((await archivedPage()).bytes)).toBe(true);
    expect((await print()).equals(pdf)).toBe(true);
    expect(pdfsigSays(pdf)).toContain('Signature is Valid.');
    expect(pdfsigSays(pdf)).toContain('Total document signed');
    expect(faultsOfPdf(pdf)).toBe('');
    const text = textOfPdf(pdf);
    expect(text).toContain('BẢNG CÂN ĐỐI NGÀY Ngày 23 tháng 11 năm 2026');
    expect(text).toContain(`Người lập: ${maker}, lúc 08:30:00 ngày 24/11/2026`);
    expect(text).toContain(`Người duyệt: ${checker}, lúc 08:30:00 ngày 24/11/2026`);
    expect(text).toContain('Ký bởi: Văn phòng Đăng ký đất đai tỉnh Quảng Ninh');
    expect(text).not.toContain('Chưa ký số');
    const close = await closeSeen();
    expect(text).toContain(close.digest);
    expect(close.page?.signedAt).toBeDefined();
  });

  it('goes on to bank and treasury, and names what the bank lacks', async () => {
    await reconcileShortBank(scene, address);
    const text = textOfPdf(await print());
    expect(text).toMatch(/Cổng thu = ngân hàng ghi có.*Ngân hàng ghi có khác số phải thu 5\.000/s);
    expect(text).toContain('Ngân hàng ghi có = nộp ngân sách');
    expect(text).toContain('Kết luận: CÂN');
  });
});

describe('the proof of a day over HTTP', () => {
  it('is not given for a day that nothing was compared on', async () => {
    expect(await staff.get(auditor, `${pathOf(address)}/proof`)).toMatchObject({
      status: 404,
      body: { type: expect.stringMatching(/\/nothing-to-print$/) },
    });
  });

  (pythonIsPresent() ? it : it.skip)('is a workbook too, which names the digests of close and page', async () => {
    await closeLongAgo();
    await sweep();
    const close = await closeSeen();

    const sheets = readWorkbook(await fileAt(`${pathOf(address)}/proof?format=xlsx`));

    expect(sheets.map(({ name }) => name)).toEqual(['Bảng cân đối', 'Đẳng thức', 'Theo loại', 'Điều chỉnh']);
    const [head, equations, classes, adjustments] = sheets.map(dataOf);
    expect(Object.fromEntries(head ?? [])).toMatchObject({
      'Kết luận': 'Cân',
      'Ngoại lệ còn mở lúc khóa sổ': '0',
      'Mã băm của số liệu đã khóa (SHA-256)': close.digest,
      'Mã băm của trang PDF đã ký (SHA-256)': close.page?.sha256,
      'Người duyệt': `${checker}, lúc 08:30:00 ngày 24/11/2026`,
    });
    expect(equations?.map(([title]) => title)).toEqual(close.proof.equations.map(({ title }) => title));
    expect(classes).toEqual([['KHOP', 'Khớp cả hai bên, đã có biên lai', '2', '56000', '56000']]);
    expect(adjustments).toEqual([]);
  });

  it('is never another file than the one that was recorded', async () => {
    await closeLongAgo();
    await sweep();
    const { key } = await archivedPage();
    await engine.s3.send(new PutObjectCommand({ Bucket: engine.bucketName, Key: key, Body: 'of somebody' }));
    expect((await staff.get(auditor, `${pathOf(address)}/proof`)).status).toBe(500);
  });

  it('is given in no other form', async () => {
    expect((await staff.get(auditor, `${pathOf(address)}/proof?format=docx`)).status).toBe(422);
  });
});
