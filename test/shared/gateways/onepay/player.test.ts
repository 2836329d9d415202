import { describe, expect, it } from '@jest/globals';
import { makeSampleBook } from '#infra/desk/sample-book.ts';
import { onepay } from '#shared/gateways/onepay/gateway.ts';
import { player } from '#shared/gateways/onepay/player.ts';
import { signForm } from '#shared/gateways/onepay/signer.ts';
import type { PlayedRequest } from '#shared/gateways/player.ts';
import { anInstant, anOrder } from '#test/support/attempt-orders.ts';
import { callbackByQuery } from '#test/support/callback-requests.ts';
import { readTestAccount } from '#test/support/gateway-account.ts';
import { newsOf, paidAt } from '#test/support/played-accounts.ts';
import { onepaySecret } from './messages.ts';

const { settings } = readTestAccount(onepay);
const account = { merchant: 'ttpvhcc', settings, secrets: [onepaySecret] };
const connection = onepay.connect(account);
const { gatewayRef: orderRef, description, returnUrl } = anOrder();
const order = { orderRef, amountVnd: 28_000, description, returnUrl, openedAt: anInstant };

function requestOf(changes: Partial<PlayedRequest>): PlayedRequest {
  return { method: 'GET', path: '/paygate/vpcpay.op', rawQuery: '', headers: {}, body: '', ...changes };
}

/** The payment address that we make, with other fields, signed. */
function addressWith(changes: Readonly<Record<string, string>>): PlayedRequest {
  const opening = connection.openAttempt(anOrder());
  if (opening.kind !== 'redirect') throw new Error('OnePay is opened by an address');
  const { vpc_SecureHash: _hash, ...fields } = Object.fromEntries(new URL(opening.url).searchParams);
  return requestOf({ rawQuery: signForm({ ...fields, ...changes }, onepaySecret.hashSecret).form });
}

describe('OnePay as it is played', () => {
  it('brings the browser back with signed news that has no time', () => {
    const address = player.returnAddress?.(order, newsOf('paid'), account) ?? '';
    const [, rawQuery = ''] = address.split('?');
    expect(connection.readCallback(callbackByQuery(rawQuery), paidAt)).toMatchObject({
      notice: { result: 'paid', orderRef, paidAt: null },
    });
    expect(player.returnAddress?.({ ...order, returnUrl: undefined }, newsOf('paid'), account)).toBeUndefined();
  });

  it('reads an order with the addresses that it names', () => {
    expect(player.readVisit?.(addressWith({}), account, anInstant)).toEqual({
      ok: true,
      order: { ...order, callbackUrl: anOrder().callbackUrl },
    });
  });

  it.each([
    [{ vpc_AccessCode: 'ELSE' }, 'not those of the account'],
    [{ vpc_Amount: '2800050' }, 'vpc_Amount must be whole đồng'],
    [{ vpc_Currency: 'USD' }, 'vpc_Currency must be VND'],
    [{ vpc_ReturnURL: 'here' }, 'vpc_ReturnURL'],
  ])('turns a payer away whose address says %j, though it is signed', (changes, why) => {
    expect(player.readVisit?.(addressWith(changes), account, anInstant)).toEqual({
      ok: false,
      why: expect.stringContaining(why),
    });
  });

  it('has one page', () => {
    const elsewhere = { ...addressWith({}), path: '/paygate/other.op' };
    expect(player.readVisit?.(elsewhere, account, anInstant).ok).toBe(false);
  });

  it('tells nothing to who knows the hash secret but not the password', async () => {
    const values = { vpc_Command: 'queryDR', vpc_MerchTxnRef: orderRef, vpc_Password: 'guessed' };
    const body = signForm(values, onepaySecret.hashSecret).form;
    const request = requestOf({ method: 'POST', path: '/msp/api/v1/vpc/invoices/queries', body });
    expect((await player.answer?.(request, makeSampleBook(paidAt, [order]), account))?.status).toBe(400);
    expect(await player.answer?.(requestOf({}), makeSampleBook(paidAt), account)).toBeUndefined();
  });
});
