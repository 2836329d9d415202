import { describe, expect, it } from '@jest/globals';
import { encodeForm } from '#shared/gateways/form-fields.ts';
import { sepayPg } from '#shared/gateways/sepay-pg/gateway.ts';
import { player } from '#shared/gateways/sepay-pg/player.ts';
import { signForm } from '#shared/gateways/sepay-pg/signer.ts';
import { anInstant, anOrder } from '#test/support/attempt-orders.ts';
import { readTestAccount } from '#test/support/gateway-account.ts';
import { newsOf } from '#test/support/played-accounts.ts';
import { sepayPgSecret } from '#test/support/sepay-pg-messages.ts';

const { settings } = readTestAccount(sepayPg);
const account = { merchant: 'ttpvhcc', settings, secrets: [sepayPgSecret] };

/** The form that we post, with other values, signed. */
function visitWith(changes: Readonly<Record<string, string>>) {
  const opening = sepayPg.connect(account).openAttempt(anOrder());
  if (opening.kind !== 'form') throw new Error('SePay is opened by a form');
  const posted = Object.fromEntries(opening.form.fields.map(({ name, value }) => [name, value]));
  const { signature: _signature, ...fields } = { ...posted, ...changes };
  const signed = { ...fields, signature: signForm(fields, sepayPgSecret.secretKey) };
  return visitOf(Object.entries(signed).map(([name, value]) => ({ name, value })));
}

function visitOf(fields: readonly { readonly name: string; readonly value: string }[]) {
  return { method: 'POST', path: '/v1/checkout/init', rawQuery: '', headers: {}, body: encodeForm(fields) };
}

describe('SePay’s gateway as it is played', () => {
  it('sends the browser to the address of each end', () => {
    const ends = {
      success_url: 'https://b.example/ok',
      error_url: 'https://b.example/err',
      cancel_url: 'https://b.example/no',
    };
    const visit = player.readVisit?.(visitWith(ends), account, anInstant);
    if (visit?.ok !== true) throw new Error('the form is signed');
    const addresses = (['paid', 'failed', 'cancelled'] as const).map((result) =>
      player.returnAddress?.(visit.order, newsOf(result), account),
    );
    expect(addresses).toEqual(Object.values(ends));
  });

  it('turns a payer away whose form is signed in another order than it is posted in', () => {
    const { body, ...visit } = visitWith({});
    const [first = '', ...others] = body.split('&');
    const reading = player.readVisit?.({ ...visit, body: [...others, first].join('&') }, account, anInstant);
    expect(reading).toEqual({ ok: false, why: expect.stringContaining('in their order') });
  });

  it.each([
    [{ merchant: 'SP-ELSE' }, 'merchant is not that of the account'],
    [{ order_amount: '28000.50' }, 'order_amount'],
    [{ currency: 'USD' }, 'currency must be VND'],
  ])('turns a payer away whose form says %j, though it is signed', (changes, why) => {
    expect(player.readVisit?.(visitWith(changes), account, anInstant)).toEqual({
      ok: false,
      why: expect.stringContaining(why),
    });
  });

  it('takes a posted form at its one address', () => {
    const visit = visitWith({});
    expect(player.readVisit?.({ ...visit, method: 'GET' }, account, anInstant).ok).toBe(false);
    expect(player.readVisit?.({ ...visit, path: '/v1/other' }, account, anInstant).ok).toBe(false);
    expect(player.readVisit?.({ ...visit, body: 'a=1&a=2' }, account, anInstant).ok).toBe(false);
  });
});
