import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Browser, chromium, type Page } from 'playwright-core';
import { findStackPlace, type StackPlace, type StackProcess, startStackProcess } from '#test/support/local-stack.ts';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** Without the last three groups of switches it would look for updates and accounts on the network. */
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const isThere = existsSync(executablePath) || process.env['CI'] === 'true';
if (!isThere) {
  process.stderr.write(
    `Skipped: the journey in a browser needs Chromium at ${executablePath} ` +
      '(Debian: apt-get install chromium; elsewhere: CHROMIUM=/path/to/chromium). With CI=true it fails instead.\n',
  );
}

(isThere ? describe : describe.skip)('a citizen with a browser', () => {
  let place: StackPlace;
  let stack: StackProcess;
  let browser: Browser;
  beforeAll(async () => {
    place = await findStackPlace();
    [stack, browser] = await Promise.all([startStackProcess(place), chromium.launch({ executablePath, args })]);
  }, 180_000);
  afterAll(async () => {
    await browser.close();
    await stack.end('SIGINT');
    await place.remove();
  }, 60_000);

  /** Opens the first page and notes everything that the browser complains about. */
  async function open(): Promise<{ page: Page; complaints: string[] }> {
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (fault) => complaints.push(fault.message));
    await page.goto(stack.baseUrl);
    return { page, complaints };
  }

  /** Chooses the first dossier that owes something, and a gateway. */
  async function choose(page: Page, gateway: string): Promise<void> {
    await page
      .getByRole('link', { name: /^Nộp phí/ })
      .first()
      .click();
    await page.getByRole('button', { name: gateway, exact: true }).click();
  }

  async function expectReceipt(page: Page): Promise<void> {
    const fetchBehind = async (name: RegExp) => {
      const link = page.getByRole('link', { name }).first();
      await link.waitFor({ timeout: 60_000 });
      return page.request.get(new URL((await link.getAttribute('href')) ?? '', stack.baseUrl).href);
    };
    const document = await fetchBehind(/^Mở biên lai/);
    expect(document.headers()['content-type']).toBe('application/pdf');
    expect((await document.body()).toString('latin1', 0, 5)).toBe('%PDF-');
    const original = await fetchBehind(/^Tải bản gốc đã ký/);
    expect(original.headers()['content-type']).toBe('application/xml');
    expect(await original.text()).toContain('<SignatureValue>');
  }

  it.each(['VNPAY', 'Ví MoMo'])(
    'pays a fee by %s and opens the receipt',
    async (gateway) => {
      const { page, complaints } = await open();
      await choose(page, gateway);
      await page.getByRole('button', { name: 'Thanh toán pay' }).click();
      await page.getByRole('link', { name: /^Trở về trang của đơn vị thu/ }).click();
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Đã thanh toán');
      await page.getByRole('link', { name: /^Trở lại hệ thống hồ sơ/ }).click();

      await expectReceipt(page);
      expect(complaints).toEqual([]);
      await page.close();
    },
    120_000,
  );

  it.each([
    ['a form that the browser posts', 'Cổng thanh toán SePay', 'button', /^Mở trang/],
    ['a transfer with its code', 'Chuyển khoản (SePay)', 'link', /^Chuyển khoản ở ngân hàng/],
  ] as const)(
    'pays a fee by %s',
    async (_what, gateway, role, next) => {
      const { page, complaints } = await open();
      await choose(page, gateway);
      const paymentPage = page.url();
      await page.getByRole(role, { name: next }).click();
      const filledIn = page.getByRole('button', { name: /^Tiếp tục/ });
      if (role === 'link') await filledIn.click();
      await page.getByRole('button', { name: 'Thanh toán pay' }).click();
      await page.goto(paymentPage);

      await expectReceipt(page);
      expect(complaints).toEqual([]);
      await page.close();
    },
    120_000,
  );

  it('adds a dossier, fails to pay it and is told so', async () => {
    const { page } = await open();
    await page.getByRole('button', { name: /^Thêm một hồ sơ/ }).click();
    await page.getByRole('button', { name: 'VNPAY', exact: true }).click();
    await page.getByRole('button', { name: /^Thất bại not/ }).click();
    await page.getByRole('link', { name: /^Trở về trang của đơn vị thu/ }).click();

    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Chưa thanh toán');
    await page.close();
  }, 60_000);
});
