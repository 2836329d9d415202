import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { amountVndSchema } from '#schemas/money.ts';
import type { AttemptOrder } from '#shared/gateways/gateway.ts';
import type { Refunding, RefundOrder } from '#shared/gateways/refund-port.ts';
import { pressAt } from '#test/support/bank-visitor.ts';
import { devAccounts, orderAt, type PlayedBank, sendAsIs, startPlayedBank } from '#test/support/played-bank.ts';
import { requestOf } from '#test/support/refund-orders.ts';

let bank: PlayedBank;
beforeAll(async () => {
  bank = await startPlayedBank();
});
afterAll(() => bank.stop());

const refunders = (await devAccounts('http://localhost:4400'))
  .filter(({ connection, account }) => connection.refunding !== undefined && account.merchant === 'ttpvhcc')
  .map(({ gateway }) => gateway);

const vnd = (amount: number) => amountVndSchema.parse(amount);

/** An order that was paid at the bank, and the number of its money. */
async function payAt(gateway: string, gatewayRef: string) {
  const played = bank.accounts.find(({ gateway: name, account }) => name === gateway && account.merchant === 'ttpvhcc');
  const refunding = played?.connection.refunding;
  if (played === undefined || refunding === undefined) throw new Error(`no refunds at ${gateway}`);
  const order = orderAt(played, { gatewayRef });
  const orderPage = await bank.goTo(played, order);
  await pressAt(orderPage, 'pay-silently');
  const question = { ...order, requestId: `${gatewayRef}q`, askedAt: order.openedAt };
  const inquiry = played.connection.askAttempt?.(question);
  const reading = inquiry?.readAnswer(await sendAsIs(inquiry.request));
  if (reading?.kind !== 'notice') throw new Error('the bank does not tell of the payment');
  return { refunding, orderPage, order, transactionId: reading.notice.transactionId };
}

function refundOf(
  { refunding, order, transactionId }: { refunding: Refunding; order: AttemptOrder; transactionId: string | null },
  { name, amountVnd }: { readonly name: string; readonly amountVnd: number },
): RefundOrder {
  return {
    refundRef: refunding.refundRefOf(name, order.openedAt),
    amountVnd: vnd(amountVnd),
    paid: { gatewayRef: order.gatewayRef, transactionId, amountVnd: order.amountVnd, openedAt: order.openedAt },
    otherRefundsVnd: [],
    description: 'Hoan phi',
    approvedBy: 'kt-02',
    requestedAt: order.openedAt,
  };
}

async function ask(refunding: Refunding, refund: RefundOrder): Promise<string> {
  const inquiry = refunding.askRefund({ ...refund, requestId: 'q1', askedAt: refund.requestedAt });
  return inquiry.readAnswer(await sendAsIs(inquiry.request)).kind;
}

async function request(refunding: Refunding, refund: RefundOrder): Promise<string> {
  const opening = requestOf(refunding.requestRefund(refund));
  return opening.readAnswer(await sendAsIs(opening.request)).kind;
}

describe.each(refunders)('a refund at the bank as %s', (gateway) => {
  it('is paid once, however often it is asked for, and shown on the page', async () => {
    const paid = await payAt(gateway, '1000000000000301');
    const refund = refundOf(paid, { name: 'r1', amountVnd: 8_000 });
    expect(await ask(paid.refunding, refund)).toBe('not-found');

    expect(await request(paid.refunding, refund)).toBe('accepted');
    expect(['accepted', 'unknown']).toContain(await request(paid.refunding, refund));

    expect(await ask(paid.refunding, refund)).toBe('refunded');
    const page = await (await fetch(paid.orderPage)).text();
    expect(page.match(/đã hoàn/g)).toHaveLength(1);
  });

  it('leaves the rest, and never more than the rest', async () => {
    const paid = await payAt(gateway, '1000000000000302');
    expect(await request(paid.refunding, refundOf(paid, { name: 'r2', amountVnd: 20_000 }))).toBe('accepted');

    expect(await request(paid.refunding, refundOf(paid, { name: 'r3', amountVnd: 8_001 }))).not.toBe('accepted');
    expect(await request(paid.refunding, refundOf(paid, { name: 'r4', amountVnd: 8_000 }))).toBe('accepted');
  });
});
