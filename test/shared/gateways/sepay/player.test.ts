import { describe, expect, it } from '@jest/globals';
import { instantAfter } from '#shared/domain/calendar.ts';
import { sepay } from '#shared/gateways/sepay/gateway.ts';
import { player } from '#shared/gateways/sepay/player.ts';
import { anInstant } from '#test/support/attempt-orders.ts';
import { readTestAccount } from '#test/support/gateway-account.ts';
import { newsOf, paidAt } from '#test/support/played-accounts.ts';
import { sepaySecret } from '#test/support/sepay-messages.ts';

const { settings } = readTestAccount(sepay);
const account = { merchant: 'ttpvhcc', settings, secrets: [sepaySecret] };
const connection = sepay.connect(account);
const order = { orderRef: 'DVC1000000000000301', amountVnd: 28_000, description: '', openedAt: anInstant };

describe('SePay as it is played', () => {
  it('signs the time at which it calls, which may be long after the transfer', () => {
    const late = instantAfter(paidAt, 3_600_000);
    const read = (toldAt = paidAt) =>
      connection.readCallback(player.signCallback(order, { ...newsOf('paid'), toldAt }, account), late);
    expect(read().kind).toBe('expired');
    expect(read(late)).toMatchObject({ kind: 'notice', notice: { paidAt } });
  });

  it('tells of payments alone: what did not come in is nothing that we would settle', () => {
    expect(player.tells).toEqual(['paid']);
    const reading = connection.readCallback(player.signCallback(order, newsOf('failed'), account), paidAt);
    expect(reading).toMatchObject({ kind: 'notice', notice: { result: 'ignored', paidAt: null } });
  });

  it.each([
    ['dvc1000000000000301 chuyen tien', 'DVC1000000000000301'],
    ['DVC1000000000000301 va DVC1000000000000302', null],
    ['chuyen tien', null],
  ])('keeps what the payer wrote: %j names %j', (content, expected) => {
    const transfer = { accountNumber: '1017588888', amountVnd: 28_000, content };
    const reading = player.readTransfer?.(transfer, account, anInstant);
    if (reading?.ok !== true) throw new Error('the transfer is to our account');
    const request = player.signCallback(reading.order, newsOf('paid'), account);
    expect(JSON.parse(Buffer.from(request.body).toString())).toMatchObject({ content });
    expect(connection.readCallback(request, paidAt)).toMatchObject({ notice: { orderRef: expected } });
  });
});
