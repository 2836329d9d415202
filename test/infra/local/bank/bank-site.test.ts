import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { bankActionSchema } from '#infra/local/bank/bank-desk.ts';
import type { PlayedAccount } from '#infra/local/bank/played-account.ts';
import { transferPath } from '#infra/local/bank/transfer-page.ts';
import { findGateway, gatewayNames } from '#shared/gateways/registry.ts';
import { pressAt } from '#test/support/bank-visitor.ts';
import { devAccounts, openAt, orderAt, type PlayedBank, startPlayedBank } from '#test/support/played-bank.ts';

let bank: PlayedBank;
beforeAll(async () => {
  bank = await startPlayedBank();
});
afterAll(() => bank.stop());

/** Titles are needed before the bank has a port. */
const accounts = await devAccounts('http://localhost:4400');
const titles = accounts.map(({ gateway, account }) => ({
  gateway,
  merchant: account.merchant,
}));

const takesTransfers = (gateway: string) =>
  accounts.some((played) => played.gateway === gateway && played.player.readTransfer !== undefined);

function accountAt({ gateway, merchant }: { gateway: string; merchant: string }): PlayedAccount {
  const found = bank.accounts.find((played) => played.gateway === gateway && played.account.merchant === merchant);
  if (found === undefined) throw new Error(`no account ${gateway}/${merchant}`);
  return found;
}

/** The same account in the hands of somebody who made its secrets up. */
async function strangerAt(title: { gateway: string; merchant: string }): Promise<PlayedAccount> {
  const played = accountAt(title);
  const account = { ...played.account, secrets: [played.player.makeSecret()] };
  const connection = (await findGateway(title.gateway))?.connect(account) ?? played.connection;
  return { ...played, account, connection };
}

describe('the bank', () => {
  it('keeps an account at every gateway of the registry', () => {
    expect(new Set(titles.map(({ gateway }) => gateway))).toEqual(new Set(gatewayNames));
  });

  it.each([
    ['GET', '/bank/orders/vnpay-unknown', 404, 'Không có đơn này'],
    ['POST', '/bank/orders/vnpay-unknown', 404, 'Không có đơn này'],
    ['GET', '/bank/vnpay/ttpvhcc/paymentv2/vpcpay.html?vnp_TmnCode=x', 400, 'VNPAY từ chối'],
    ['GET', '/bank/vnpay/ttpvhcc/elsewhere', 400, 'no page at this address'],
    ['GET', '/bank/momo/ttpvhcc/elsewhere', 404, 'Not Found'],
    ['GET', '/bank/vnpay/nobody/paymentv2/vpcpay.html', 404, 'Not Found'],
    ['GET', '/bank/constructor/ttpvhcc/x', 404, 'Not Found'],
  ])('answers %s %s with %i and says why', async (method, target, status, words) => {
    const answer = await fetch(bank.baseUrl + target, { method });

    expect(answer.status).toBe(status);
    expect(await answer.text()).toContain(words);
  });
});

describe.each(titles)('the bank as $gateway, at the account $merchant', (title) => {
  it('receives a payer with the order that we opened', async () => {
    const page = await (await fetch(await bank.goTo(accountAt(title)))).text();

    expect(page).toContain('28.000\u00a0đ');
    expect(page).toContain(accountAt(title).holder);
    expect(page).toContain('value="pay"');
  });

  it('takes no order that another secret opened', async () => {
    const stranger = await strangerAt(title);
    const order = orderAt(stranger, { gatewayRef: '1000000000000302' });
    const step = await openAt(stranger, order);

    // A transfer needs no secret: whoever knows an account may pay into it.
    if (step.kind === 'transfer') return;
    if (step.kind === 'redirect' || step.kind === 'form') {
      await expect(bank.goTo(stranger, order)).rejects.toThrow('the bank turned the payer away: 400');
      return;
    }
    expect(['refused', 'unknown']).toContain(step.kind);
  });

  it('lets no text of an order run on its page', async () => {
    const played = accountAt(title);
    const order = orderAt(played, { gatewayRef: '1000000000000303', description: '<img src=x onerror=alert(1)>' });

    expect(await (await fetch(await bank.goTo(played, order))).text()).not.toContain('<img');
  });

  it('says what its callback came to when nobody takes it', async () => {
    const callbackUrl = `${bank.baseUrl}/callbacks/${title.gateway}/${title.merchant}`;
    const order = orderAt(accountAt(title), { gatewayRef: '1000000000000304', callbackUrl });
    const page = await pressAt(await bank.goTo(accountAt(title), order), 'pay');

    expect(page).toContain(`/callbacks/${title.gateway}/${title.merchant}`);
    expect(page).toContain('từ chối');
  });
});

describe.each(titles.filter(({ gateway }) => takesTransfers(gateway)))('a transfer to $gateway/$merchant', (title) => {
  const send = (fields: Record<string, string>) =>
    fetch(`${bank.baseUrl}/bank/${title.gateway}/${title.merchant}/transfer`, {
      method: 'POST',
      body: new URLSearchParams(fields),
    });
  const accountNumber = () =>
    z.object({ accountNumber: z.string() }).parse(accountAt(title).account.settings).accountNumber;

  it('is filled in by the link on our page', async () => {
    const step = await openAt(accountAt(title), orderAt(accountAt(title)));
    if (step.kind !== 'transfer') throw new Error('a transfer is shown');
    const form = await (await fetch(bank.baseUrl + transferPath(title, step.transfer))).text();

    for (const text of [step.transfer.accountNumber, '28000', step.transfer.content]) {
      expect(form).toContain(`value="${text}"`);
    }
  });

  it('is of the sum that was typed last, whatever was typed before', async () => {
    const typed = { accountNumber: accountNumber(), content: 'nộp lệ phí' };
    await send({ ...typed, amountVnd: '28000' });

    expect(await (await send({ ...typed, amountVnd: '10000' })).text()).toContain('10.000\u00a0đ');
  });

  it.each([
    [{ accountNumber: '1' }, 'no account of this number'],
    [{ amountVnd: '0' }, 'amountVnd'],
    [{ amountVnd: '28000.5' }, 'amountVnd'],
    [{ content: '' }, 'content'],
  ])('is refused with %j', async (change, why) => {
    const answer = await send({ accountNumber: accountNumber(), amountVnd: '28000', content: 'x', ...change });

    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain(why);
  });
});

describe('a button of the bank', () => {
  it.each([{ action: 'steal' }, { action: 'delay' }, { action: 'delay', seconds: '0' }])('is no %j', (form) => {
    expect(bankActionSchema.safeParse(form).success).toBe(false);
  });
});
