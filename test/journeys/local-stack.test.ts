import { createHash } from 'node:crypto';
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { readConfirmations } from '#infra/local/dossier-queue.ts';
import { portsFrom } from '#infra/local/ports.ts';
import { waitUntil } from '#infra/local/wait-until.ts';
import type { Item } from '#shared/adapters/payment-items.ts';
import { businessDateOf } from '#shared/domain/calendar.ts';
import { gatewayNames } from '#shared/gateways/registry.ts';
import { systemClock } from '#shared/runtime/clock.ts';
import { awaitReceipts, visitBank } from '#test/support/bank-visitor.ts';
import { runFinance, signInByCommand } from '#test/support/finance-command.ts';
import {
  findStackPlace,
  type StackPlace,
  type StackProcess,
  startInVain,
  startStackProcess,
} from '#test/support/local-stack.ts';
import { readLedger } from '#test/support/stack-state.ts';
import { signInStaff } from '#test/support/staff-sign-in.ts';

const answersOn = (page: string) =>
  [...page.matchAll(/&quot;RspCode&quot;:&quot;(\d\d)&quot;/g)].map(([, code]) => code);

const paidAtSchema = z.object({ settlement: z.object({ merchant: z.string() }) });

describe('the stack that npm start runs', () => {
  let place: StackPlace;
  let stack: StackProcess;
  beforeAll(async () => {
    place = await findStackPlace();
    stack = await startStackProcess(place);
  }, 180_000);
  afterAll(async () => {
    await stack.end('SIGINT');
    await place.remove();
  }, 60_000);

  const confirmationsOf = (paymentId: string) =>
    readConfirmations(stack.sqs, stack.queueUrl, {
      paymentId,
      types: ['vn.bienlai.payment.paid.v1', 'vn.bienlai.receipt.issued.v1'],
      timeoutMs: 60_000,
    });

  it('brings dossiers to pay for, and says where', async () => {
    const home = await (await fetch(`${stack.baseUrl}/`)).text();

    expect(home.match(/>Nộp phí </g)?.length).toBeGreaterThanOrEqual(4);
    expect(stack.output()).toContain(`Sẵn sàng (ready): ${stack.baseUrl}/`);
  });

  it.each(gatewayNames)(
    'takes a payment by %s to its receipt and its confirmations',
    async (gateway) => {
      const visit = await visitBank(stack, gateway);
      await visit.press('pay');
      const payment = await awaitReceipts(stack.dossierSystem, visit.paymentId);
      const [receipt] = payment.receipts;
      const document = Buffer.from(await (await fetch(receipt?.pdf?.url ?? '')).arrayBuffer());

      expect(payment).toMatchObject({ state: 'paid', settlement: { gateway }, otherMoney: [] });
      expect(document.toString('latin1', 0, 5)).toBe('%PDF-');
      const lookedUp = await fetch(`${stack.baseUrl}/r/${receipt?.lookupCode}`);
      expect(await lookedUp.text()).toContain('<h1>Biên lai đã ký số</h1>');
      const verified = await fetch(`${stack.baseUrl}/verify`, {
        method: 'POST',
        body: document,
        headers: { 'content-type': 'application/pdf', accept: 'application/json' },
      });
      expect(await verified.json()).toMatchObject({
        kind: 'pdf',
        isGenuine: true,
        receipt: { number: receipt?.number },
      });
      expect(createHash('sha256').update(document).digest('hex')).toBe(receipt?.pdf?.sha256);
      expect((await confirmationsOf(visit.paymentId)).map(({ subject }) => subject)).toEqual(
        Array.from({ length: 2 }, () => payment.charges[0]?.dossierCode),
      );
    },
    120_000,
  );

  it('answers every trick of the bank in the gateway’s words', async () => {
    const visit = await visitBank(stack, 'vnpay');
    await visit.press('forge');
    await visit.press('cancel');
    await visit.press('wrong-amount');
    await visit.press('pay');
    const page = await visit.press('repeat');

    // The page tells the last callback first.
    expect(answersOn(page)).toEqual(['02', '00', '04', '00', '97']);
    const payment = await stack.dossierSystem.readPayment(visit.paymentId);
    expect(payment).toMatchObject({ state: 'paid', otherMoney: [{ moneyClass: 'wrong-amount' }] });
  }, 60_000);

  it('tells who looks at a payment that it is paid, though no callback ever came', async () => {
    const visit = await visitBank(stack, 'vnpay');
    await visit.press('pay-silently');

    expect(await stack.dossierSystem.readPayment(visit.paymentId)).toMatchObject({ state: 'paid' });
    expect(await awaitReceipts(stack.dossierSystem, visit.paymentId)).toMatchObject({ otherMoney: [] });
  }, 60_000);

  it('takes a callback that comes late', async () => {
    const visit = await visitBank(stack, 'momo');
    const page = await visit.press('delay', { seconds: '1' });

    expect(page).toContain('sẽ gọi lại lúc');
    expect(await awaitReceipts(stack.dossierSystem, visit.paymentId)).toMatchObject({ state: 'paid' });
  }, 60_000);

  it('reconciles a statement that somebody lays into the drop folder', async () => {
    const visit = await visitBank(stack, 'vnpay');
    await visit.press('pay');
    await awaitReceipts(stack.dossierSystem, visit.paymentId);
    const isPayment = (item: Item) => item['paymentId'] === visit.paymentId;
    const { merchant } = paidAtSchema.parse((await readLedger(place, 'payment')).find(isPayment)).settlement;
    const keep = Array.from({ length: 50 }, (_, row): [string, string] => ['keep', String(row)]);
    const body = new URLSearchParams([['action', 'lay'], ...keep]);

    const page = await fetch(`${stack.baseUrl}/bank/vnpay/${merchant}/statement`, { method: 'POST', body });

    expect(stack.output()).toContain(`${join(place.folder, 'statements')}/<cổng>/`);
    expect(await page.text()).toContain(`Đã nộp vào vnpay/${merchant}/`);
    const isReconciled = (item: Item) => item['merchant'] === merchant && item['latest'] !== undefined;
    await waitUntil(
      'the day to be reconciled',
      async () => (await readLedger(place, 'statement-day')).find(isReconciled),
      { timeoutMs: 60_000 },
    );
    const about = (await readLedger(place, 'exception')).filter((item) => item['paymentId'] === visit.paymentId);
    expect(about).toEqual([]);
  }, 120_000);

  it('wants a token of its provider', async () => {
    const answer = await fetch(`${stack.baseUrl}/v1/payments`, { method: 'POST', body: '{}' });

    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  });

  it('lets two persons of the finance staff pay money back, each under their own name', async () => {
    const visit = await visitBank(stack, 'vnpay');
    await visit.press('pay');
    const { paymentId } = await awaitReceipts(stack.dossierSystem, visit.paymentId);
    const ask = async (staffCode: string, path: string, body?: object) => {
      const { token } = await signInStaff(`http://localhost:${portsFrom(place.port).identityProvider}`, staffCode);
      const answer = await fetch(`${stack.baseUrl}/v1/finance/refunds${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: answer.status, body: await answer.json() };
    };
    const request = { refundId: 'tuchoi0001', paymentId, amountVnd: 28_000, reason: 'TU_CHOI' };
    const path = `/${paymentId}/tuchoi0001`;

    expect(await ask('kt.minh', '', request)).toMatchObject({ body: { state: 'proposed', maker: 'kt.minh' } });
    expect(await ask('kt.minh', `${path}/approval`, {})).toMatchObject({ status: 403 });
    expect(await ask('kt.lan', `${path}/approval`, {})).toMatchObject({ status: 403 });
    expect(await ask('kt.hoa', `${path}/approval`, {})).toMatchObject({
      status: 200,
      body: { state: 'refunded', checker: 'kt.hoa' },
    });
    expect(await ask('tt.tuan', path)).toMatchObject({ body: { state: 'refunded' } });
    const withoutToken = await fetch(`${stack.baseUrl}/v1/finance/refunds`);
    const ofProgram = await fetch(`${stack.baseUrl}/v1/finance/refunds`, {
      headers: { authorization: `Bearer ${await stack.dossierSystem.getToken()}` },
    });
    expect([withoutToken.status, ofProgram.status]).toEqual([401, 401]);
  }, 60_000);

  it('is worked on by command: signed in by the browser, refused and allowed by role, a statement sent', async () => {
    expect(await signInByCommand(place, 'kt.lan')).toMatchObject({
      code: 0,
      out: expect.stringContaining('kt.lan (clerk)'),
    });
    const file = join(place.folder, 'sao-ke hỏng.csv');
    await writeFile(file, 'HDR|VNPAY\n');

    const day = `momo/ttpvhcc/${businessDateOf(systemClock())}`;
    const sent = await runFinance(place, ['upload', day, file]);
    const closing = ['--mst', '5709990011', '--series', '26TAA', '--why', 'Hai đơn vị sáp nhập'];
    const refused = await runFinance(place, ['series', 'close', ...closing]);

    expect(sent).toMatchObject({ code: 0, out: expect.stringContaining('Đã gửi sao-ke hỏng.csv') });
    await waitUntil(
      'the day to say what became of the file',
      async () => (await runFinance(place, ['day', day])).out.includes('Tệp bị từ chối') || undefined,
      { timeoutMs: 60_000 },
    );
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('[role-forbids]') });
    expect((await stat(join(place.folder, 'finance-token.json'))).mode % 0o1000).toBe(0o600);
    await runFinance(place, ['logout']);
    expect(await runFinance(place, ['whoami'])).toMatchObject({ code: 1, err: expect.stringContaining('-- login') });
  }, 120_000);

  it('says in one sentence that its folder or its port is taken', async () => {
    const other = await findStackPlace();

    expect(await startInVain(place)).toMatch(
      /Another run \(process \d+\) is using this state folder[^\n]*\nexit code 1$/,
    );
    expect(await startInVain({ port: place.port, folder: other.folder })).toMatch(
      /Port \d+, wanted for the HTTP API and pages, cannot be used \(EADDRINUSE\)[^\n]*\nexit code 1$/,
    );
    await other.remove();
  }, 60_000);

  it('keeps everything acknowledged over kill -9, and finishes it', async () => {
    const visit = await visitBank(stack, 'vnpay');
    const page = await visit.press('pay');
    await stack.end('SIGKILL');
    stack = await startStackProcess(place);

    expect(answersOn(page)).toEqual(['00']);
    const payment = await awaitReceipts(stack.dossierSystem, visit.paymentId);
    expect(payment).toMatchObject({ state: 'paid', receipts: [{ number: expect.any(Number) }] });
    expect((await confirmationsOf(visit.paymentId)).length).toBeGreaterThanOrEqual(2);
  }, 180_000);

  it('stops cleanly on Ctrl-C', async () => {
    expect(await stack.end('SIGINT')).toBe(0);
    await expect(fetch(stack.baseUrl)).rejects.toThrow('fetch failed');
  }, 60_000);
});
