import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as readText } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { dayPathOf } from '#infra/desk/finance/day-commands.ts';
import { dayAsText, monthAsText } from '#infra/desk/finance/day-texts.ts';
import { type DeskPlace, findDesk } from '#infra/desk/finance/desk-place.ts';
import { exceptionAsText, exceptionsAsCsv, exceptionsAsText } from '#infra/desk/finance/exception-texts.ts';
import { ledgerCommand, proofCommand, reportsCommand } from '#infra/desk/finance/file-commands.ts';
import { openFinanceApi } from '#infra/desk/finance/finance-api.ts';
import { optionOf } from '#infra/desk/finance/finance-options.ts';
import { forgetToken, keepToken, readToken } from '#infra/desk/finance/kept-token.ts';
import { refundsCommand } from '#infra/desk/finance/refund-commands.ts';
import { listen } from '#infra/local/listen.ts';
import { findFreePort } from '#infra/local/ports.ts';
import { dayViewSchema, monthViewSchema } from '#schemas/day-close.ts';
import { exceptionViewSchema } from '#schemas/exception.ts';
import { proveBalance } from '#shared/domain/balance-proof.ts';
import { runFinance } from '#test/support/finance-command.ts';

let folder: string;
let place: DeskPlace;
let stop: () => Promise<void>;
const asked: { readonly url: string; readonly token: string | undefined; readonly body: string }[] = [];
/** What the next requests are answered, by status and body. */
const answers: [number, unknown][] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bien-lai-finance-'));
  const port = await findFreePort();
  place = {
    baseUrl: `http://127.0.0.1:${port}`,
    issuer: 'http://localhost:1',
    clientId: 'finance-command',
    tokenFile: join(folder, 'token.json'),
  };
  stop = await listen(anInterface(), port);
});
afterAll(async () => {
  await stop();
  await rm(folder, { recursive: true });
});

function anInterface(): Server {
  return createServer((request, response) => {
    void readText(request).then((body) => {
      asked.push({ url: request.url ?? '', token: request.headers.authorization, body });
      const [status, answer] = answers.shift() ?? [500, {}];
      response.statusCode = status;
      response.end(JSON.stringify(answer));
    });
  });
}

const later = '2999-01-01T00:00:00.000Z';
const pageSchema = z.object({ items: z.array(z.string()), next: z.string().optional() });
const exampleOf = async (name: string): Promise<unknown> =>
  JSON.parse(await readFile(new URL(`../../../schemas/examples/${name}.json`, import.meta.url), 'utf8'));

describe('where npm run finance works', () => {
  it('is the stack of npm start, by its port', () => {
    expect(findDesk({ PORT: '5000', STATE_DIR: '/state' })).toEqual({
      baseUrl: 'http://localhost:5000',
      issuer: 'http://localhost:5003',
      clientId: 'finance-command',
      tokenFile: '/state/finance-token.json',
    });
  });

  it('is a deployment that is named whole, over https, with its token outside the project', () => {
    const named = { FINANCE_ISSUER: 'https://login.example.vn', FINANCE_CLIENT_ID: 'desk' };
    expect(findDesk({ FINANCE_URL: 'https://thanhtoan.example.vn/x', ...named })).toEqual({
      baseUrl: 'https://thanhtoan.example.vn',
      issuer: 'https://login.example.vn',
      clientId: 'desk',
      tokenFile: join(homedir(), '.bien-lai', 'thanhtoan.example.vn.json'),
    });
    expect(() => findDesk({ FINANCE_URL: 'https://thanhtoan.example.vn' })).toThrow('FINANCE_ISSUER');
    expect(() => findDesk({ FINANCE_URL: 'http://thanhtoan.example.vn', ...named })).toThrow('https');
  });
});

describe('the token of who is signed in', () => {
  it('is kept for its owner alone, for one interface, as long as it is good', async () => {
    await keepToken(place, 'a-token', later);
    expect((await stat(place.tokenFile)).mode % 0o1000).toBe(0o600);
    expect(await readToken(place, new Date())).toBe('a-token');
    await expect(readToken({ ...place, baseUrl: 'https://other.example.vn' }, new Date())).rejects.toThrow('login');
    await expect(readToken(place, new Date(later))).rejects.toThrow('login');
    await forgetToken(place);
    await expect(readToken(place, new Date())).rejects.toThrow('Chưa đăng nhập');
  });
});

describe('what npm run finance asks', () => {
  const api = () => openFinanceApi(place, optionOf);
  beforeAll(() => keepToken(place, 'a-token', later));

  it('carries the token, and comes page by page', async () => {
    answers.push([200, { items: ['a', 'b'], next: 'b#1' }], [200, { items: ['c'] }]);
    expect(await api().list('/v1/finance/things', pageSchema, { state: 'open', owner: undefined })).toEqual([
      'a',
      'b',
      'c',
    ]);
    expect(asked.splice(0)).toMatchObject([
      { url: '/v1/finance/things?state=open', token: 'Bearer a-token' },
      { url: '/v1/finance/things?state=open&after=b%231' },
    ]);
  });

  it('says who acts by nothing but the token', async () => {
    answers.push([409, { type: 'x/exceeds', title: 'x', status: 409, detail: 'Số tiền vượt quá' }]);
    const options = { payment: '48620391751101', amount: '5000', reason: 'TRUNG', id: 'trung0001' };
    await expect(refundsCommand(['request'], options, api())).rejects.toThrow('Số tiền vượt quá [exceeds]');
    expect(JSON.parse(asked.splice(0)[0]?.body ?? '')).toEqual({
      refundId: 'trung0001',
      paymentId: '48620391751101',
      amountVnd: 5_000,
      reason: 'TRUNG',
    });
  });

  it('is a report of receipts or of days, in the format of the file’s name, with what was asked for and no more', async () => {
    const out = join(folder, 'bao-cao.xlsx');
    answers.push([200, 'a'], [200, 'b'], [200, 'c']);
    await reportsCommand(['register'], { mst: '5709990011', from: '2026-11-01', out }, api());
    await reportsCommand(['book'], { from: '2026-11-01', to: '2026-11-30', gateway: 'vnpay', out }, api());
    await reportsCommand(['exceptions'], { class: 'TRUNG', owner: 'kt.lan', table: 'tuoi', out }, api());
    expect(asked.splice(0).map(({ url }) => url)).toEqual([
      '/v1/finance/reports/register?taxCode=5709990011&from=2026-11-01&format=xlsx',
      '/v1/finance/reports/reconciliation?gateway=vnpay&from=2026-11-01&to=2026-11-30&format=xlsx',
      '/v1/finance/reports/exceptions?class=TRUNG&owner=kt.lan&table=tuoi&format=xlsx',
    ]);
    await expect(reportsCommand(['sổ'], { out }, api())).rejects.toThrow('register, day, bc26, book, exceptions');
  });

  it('is a day’s balance, by the form of the file, and its ledger out of the store', async () => {
    const out = (name: string) => join(folder, name);
    answers.push([200, 'a page'], [200, 'a workbook']);
    await proofCommand(['vnpay/ttpvhcc/2026-11-22'], { out: out('can-doi.pdf') }, api());
    await proofCommand(['vnpay/ttpvhcc/2026-11-22'], { out: out('can-doi.xlsx') }, api());
    expect(asked.splice(0).map(({ url }) => url)).toEqual([
      '/v1/finance/days/vnpay/ttpvhcc/2026-11-22/proof?format=pdf',
      '/v1/finance/days/vnpay/ttpvhcc/2026-11-22/proof?format=xlsx',
    ]);
    expect(await readFile(out('can-doi.xlsx'), 'utf8')).toBe('"a workbook"');

    const url = `${place.baseUrl}/kho/so.parquet`;
    const file = { url, expiresAt: later, run: 2, bytes: 12, writtenAt: '2026-11-23T01:30:00.000Z' };
    answers.push([200, file], [200, 'rows'], [200, file], [403, 'Request has expired']);
    const told = await ledgerCommand(['vnpay/ttpvhcc/2026-11-22'], { out: out('so.parquet') }, api());
    expect(told.data).toEqual({ file: out('so.parquet'), bytes: 6 });
    expect(await readFile(out('so.parquet'), 'utf8')).toBe('"rows"');
    await expect(ledgerCommand(['vnpay/ttpvhcc/2026-11-22'], { out: out('khong.parquet') }, api())).rejects.toThrow(
      'Kho tệp trả lời 403',
    );
    // The store hears nothing of who is signed in.
    expect(asked.splice(0).map(({ url: of, token }) => [of, token])).toEqual([
      ['/v1/finance/days/vnpay/ttpvhcc/2026-11-22/ledger', 'Bearer a-token'],
      ['/kho/so.parquet', undefined],
      ['/v1/finance/days/vnpay/ttpvhcc/2026-11-22/ledger', 'Bearer a-token'],
      ['/kho/so.parquet', undefined],
    ]);
  });

  it('is refused by the names of options, or in the words of the interface', async () => {
    const errors = [
      { pointer: '/lines/0/amountVnd', detail: 'must be above 0' },
      { pointer: '/paymentId', detail: 'must be 14 digits' },
    ];
    answers.push([422, { type: 'x/faulty-fields', title: 'x', status: 422, detail: 'x', errors }]);
    await expect(api().get('/v1/finance/x', pageSchema)).rejects.toThrow(
      '--amount: must be above 0; --payment: must be 14 digits',
    );
    answers.push([503, 'Service Unavailable']);
    await expect(api().get('/v1/finance/x', pageSchema)).rejects.toThrow('503');
    answers.push([401, { message: 'Unauthorized' }]);
    await expect(api().get('/v1/finance/x', pageSchema)).rejects.toThrow('npm run finance -- login');
  });
});

describe('npm run finance', () => {
  const at = { port: 4400, folder: '/nowhere' };

  it('explains itself in Vietnamese first, and does so for a word that it does not know', async () => {
    const [help, unknown] = [await runFinance(at, ['--help']), await runFinance(at, ['pay'])];
    expect(help).toMatchObject({ code: 0, out: expect.stringContaining('ai làm là người đang đăng nhập') });
    expect(unknown).toMatchObject({ code: 1, out: help.out });
    expect(help.out).not.toContain('--by CÁN-BỘ');
  });

  it('knows no --by, and sends who is not signed in to the login', async () => {
    expect(await runFinance(at, ['refunds', '--by', 'kt.minh'])).toMatchObject({
      code: 1,
      err: expect.stringContaining("Unknown option '--by'"),
    });
    expect(await runFinance(at, ['refunds'])).toMatchObject({ code: 1, err: expect.stringContaining('-- login') });
  });
});

describe('what npm run finance prints', () => {
  it('is an exception with both sides, who proposes what, and every step', async () => {
    const exception = exceptionViewSchema.parse(await exampleOf('exception.proposed-difference'));
    const text = exceptionAsText(exception);
    for (const { by } of exception.trail) if (by !== undefined) expect(text).toContain(`${by}: `);
    expect(text).toContain(`lần sửa (revision) ${exception.revision}`);
    const { place: _place, trail: _trail, ...line } = exception;
    expect(exceptionsAsText([line])).toContain(exception.exceptionId);
    expect(exceptionsAsCsv([line]).split('\r\n')[1]).toContain(exception.class);
    expect(exceptionsAsText([])).toContain('no exception waits');
  });

  it('is a day with its proof and its close, and a month with what is open', async () => {
    const day = dayViewSchema.parse(await exampleOf('day.closed'));
    const text = dayAsText(day);
    for (const { title } of day.proof?.equations ?? []) expect(text).toContain(title);
    expect(text).toContain(day.close?.digest);
    expect(text).toContain(`đã ký số lúc 24/11/2026 16:10 (signed; SHA-256 ${day.close?.page?.sha256})`);
    const month = monthViewSchema.parse(await exampleOf('month-close.november'));
    expect(monthAsText(month)).toContain(`${month.closedDays}/${month.days}`);
  });

  it('is the way of a day’s money to the bank, with the name of what is lacking there', async () => {
    const day = dayViewSchema.parse(await exampleOf('day.closed'));
    const { close: _close, proof, ...open } = day;
    if (proof === undefined) throw new Error('the example has no proof');
    const { statement } = proof.figures;
    const creditedVnd = statement.payments.sum - statement.refunds.sum - 5_000;
    const bank = { creditedVnd, feeVnd: 0, differenceVnd: -5_000 };

    const text = dayAsText({ ...open, proof: proveBalance({ ...proof.figures, bank }) });

    expect(text).toMatch(/Cổng thu = ngân hàng ghi có: .* — lệch 5\.000\u00a0đ, đã rõ vì sao: Ngân hàng ghi có khác/);
  });

  it('is an exception at the bank with the words of the bank', async () => {
    const exception = exceptionViewSchema.parse({
      ...(await exampleOf('exception.proposed-difference').then((example) =>
        z.record(z.string(), z.unknown()).parse(example),
      )),
      class: 'LECH_NGAN_HANG',
    });
    expect(exceptionAsText(exception)).toMatch(/Ngân hàng ghi có: .*\n\s+Phải ghi có: /);
  });

  it('wants days by the name that lists give them', () => {
    expect(dayPathOf('vnpay/ttpvhcc/2026-11-22')).toBe('/v1/finance/days/vnpay/ttpvhcc/2026-11-22');
    expect(() => dayPathOf('2026-11-22')).toThrow('cổng/tài khoản/ngày');
  });
});
