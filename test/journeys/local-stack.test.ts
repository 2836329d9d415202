import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readConfirmations } from '#infra/local/dossier-queue.ts';
import { gatewayNames } from '#shared/gateways/registry.ts';
import { awaitReceipts, visitBank } from '#test/support/bank-visitor.ts';
import {
  findStackPlace,
  type StackPlace,
  type StackProcess,
  startInVain,
  startStackProcess,
} from '#test/support/local-stack.ts';

const answersOn = (page: string) =>
  [...page.matchAll(/&quot;RspCode&quot;:&quot;(\d\d)&quot;/g)].map(([, code]) => code);

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

  it('wants a token of its provider', async () => {
    const answer = await fetch(`${stack.baseUrl}/v1/payments`, { method: 'POST', body: '{}' });

    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  });

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
