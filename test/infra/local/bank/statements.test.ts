import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PlayedAccount } from '#infra/local/bank/played-account.ts';
import { writeStatement } from '#infra/local/bank/statement-file.ts';
import { businessDateOf } from '#shared/domain/calendar.ts';
import { anInstant } from '#test/support/attempt-orders.ts';
import { pressAt } from '#test/support/bank-visitor.ts';
import { devAccounts, orderAt, type PlayedBank, startPlayedBank } from '#test/support/played-bank.ts';

let bank: PlayedBank;
beforeAll(async () => {
  bank = await startPlayedBank();
});
afterAll(() => bank.stop());

const day = businessDateOf(anInstant);
const titles = (await devAccounts('http://localhost:4400')).map(({ gateway, account: { merchant } }) => ({
  gateway,
  merchant,
}));

function accountAt({ gateway, merchant }: { gateway: string; merchant: string }): PlayedAccount {
  const found = bank.accounts.find((played) => played.gateway === gateway && played.account.merchant === merchant);
  if (found === undefined) throw new Error(`no account ${gateway}/${merchant}`);
  return found;
}

const address = ({ gateway, account: { merchant } }: PlayedAccount) =>
  `${bank.baseUrl}/bank/${gateway}/${merchant}/statement`;

async function statementOf(played: PlayedAccount, fields: Readonly<Record<string, string>> = { keep: '0' }) {
  const body = new URLSearchParams({ day, action: 'fetch', ...fields });
  const answer = await fetch(address(played), { method: 'POST', body });
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="[\w.-]+\.txt"$/);
  return (await answer.text())
    .trim()
    .split('\n')
    .map((line) => line.split('|'));
}

describe.each(titles)('the statement of $gateway/$merchant', (title) => {
  it('names money as a callback of the gateway does, whether or not it called', async () => {
    const played = accountAt(title);
    const order = orderAt(played);
    await pressAt(await bank.goTo(played, order), 'pay-silently');

    const [head, row, trailer] = await statementOf(played);

    expect(head).toEqual(['HDR', title.gateway, day.replaceAll('-', ''), '1', '28000']);
    expect(row).toMatchObject({ 0: 'DTL', 1: order.gatewayRef, 4: '28000', 5: '00' });
    expect(row?.[2]).not.toBe('');
    expect(trailer?.[0]).toBe('TRL');
  });
});

describe('a statement', () => {
  it('lists money that was paid twice, and none that a forger told of', async () => {
    const played = accountAt({ gateway: 'vnpay', merchant: 'ttpvhcc' });
    const page = await bank.goTo(played);
    for (const action of ['pay', 'repeat', 'pay', 'forge', 'fail']) await pressAt(page, action);

    const rows = (await statementOf(played, {})).length;
    const shown = await (await fetch(`${address(played)}?day=${day}`)).text();

    expect(rows).toBe(2);
    expect(shown.match(/name="keep"/g)?.length).toBe(3);
  });

  it('can be altered, and is sound all the same', async () => {
    const played = accountAt({ gateway: 'momo', merchant: 'ttpvhcc' });
    await pressAt(await bank.goTo(played), 'pay');

    const [head, row] = await statementOf(played, { keep: '0', 'amount-0': '27000', 'status-0': 'failed' });

    expect([head?.[4], row?.[4], row?.[5]]).toEqual(['27000', '27000', '02']);
  });

  it('of a day without money is made too', async () => {
    expect((await statementOf(accountAt({ gateway: 'vnpay', merchant: 'vpdkdd' }), { day: '2020-01-01' })).length).toBe(
      2,
    );
  });

  it('of the bank behind it is made out for the collecting account, where the account has one', async () => {
    const sepay = accountAt({ gateway: 'sepay', merchant: 'ttpvhcc' });
    const body = new URLSearchParams({ day, action: 'fetch-bank' });
    const answer = await fetch(address(sepay), { method: 'POST', body });

    expect(answer.headers.get('content-disposition')).toMatch(/filename="ngan-hang-999000000022-[\d-]+\.csv"$/);
    expect(await answer.text()).toMatch(/^Số tài khoản;Ngày hạch toán;.*\n999000000022;.*;28000;DVC tra tien ngay/);
    const pageOf = async (played: PlayedAccount) => (await fetch(address(played))).text();
    expect(await pageOf(sepay)).toContain('value="lay-bank"');
    expect(await pageOf(accountAt({ gateway: 'momo', merchant: 'ttpvhcc' }))).not.toContain('lay-bank');
  });

  it('has counts, sums and a digest that hold, refunds below zero', () => {
    const entry = {
      reference: 'r',
      transactionId: 't',
      at: anInstant,
      amountVnd: 100,
      status: 'success',
      bankCode: 'NCB',
    } as const;
    const text = writeStatement('vnpay', day, [
      { ...entry, kind: 'payment' },
      { ...entry, kind: 'refund', amountVnd: 30 },
    ]);
    const [head, , refund, trailer] = text.split('\n');

    expect(head).toBe(`HDR|vnpay|${day.replaceAll('-', '')}|2|70`);
    expect(refund).toMatch(/^DTL\|r\|t\|\d{14}\|-30\|HOAN\|NCB$/);
    expect(trailer).toBe(
      `TRL|${createHash('sha256')
        .update(text.slice(0, text.indexOf('TRL')))
        .digest('hex')}`,
    );
  });
});
