import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SePayPgClient } from 'sepay-pg-node';
import * as z from 'zod';
import { sepayPg } from '#shared/gateways/sepay-pg/gateway.ts';
import { signForm } from '#shared/gateways/sepay-pg/signer.ts';
import { anOrder } from '#test/support/attempt-orders.ts';
import { readTestAccount } from '#test/support/gateway-account.ts';
import { randomText, witnessSecrets } from '#test/support/witness-secrets.ts';

const { settings } = readTestAccount(sepayPg);
const secretSchema = z.object({ merchantId: z.string(), secretKey: z.string() });
const secrets = await witnessSecrets('sepay-pg', secretSchema, { merchantId: randomText(), secretKey: randomText() });
const anyText = fc.string({ unit: 'binary', maxLength: 255 });

type FormValues = Readonly<Record<string, string | number>>;

// The package signs the form alone: the callback carries a key in a header, and no signature (specification §5.3).
describe.each(secrets)('the package "sepay-pg-node" and our adapter, with $title', ({ secret }) => {
  const { checkout } = new SePayPgClient({
    env: 'sandbox',
    merchant_id: secret.merchantId,
    secret_key: secret.secretKey,
  });
  const connection = sepayPg.connect({
    merchant: 'ttpvhcc',
    settings: { ...settings, merchantId: secret.merchantId },
    secrets: [secret],
  });

  it('post the same form for one order to the same page, field by field in the same order', () => {
    const order = anOrder();
    const opening = connection.openAttempt(order);
    if (opening.kind !== 'form') throw new Error('SePay opens attempts by a form');

    const theirs = checkout.initOneTimePaymentFields({
      operation: 'PURCHASE',
      order_invoice_number: order.gatewayRef,
      order_amount: order.amountVnd,
      currency: 'VND',
      order_description: order.description,
      success_url: order.returnUrl,
      error_url: order.returnUrl,
      cancel_url: order.returnUrl,
    });

    expect(opening.form).toEqual({
      action: checkout.initCheckoutUrl(),
      fields: Object.entries(theirs).map(([name, value]) => ({ name, value: String(value) })),
    });
  });

  const aForm = fc
    .record(
      {
        merchant: fc.constant(secret.merchantId),
        operation: fc.constant('PURCHASE'),
        payment_method: fc.constantFrom('BANK_TRANSFER', 'NAPAS_BANK_TRANSFER'),
        order_invoice_number: anyText,
        order_amount: fc.nat(),
        currency: fc.constant('VND'),
        order_description: anyText,
        customer_id: anyText,
        success_url: fc.webUrl(),
        error_url: fc.webUrl(),
        cancel_url: fc.webUrl(),
        custom_data: anyText,
        order_tax_amount: fc.nat(),
      },
      { requiredKeys: ['order_invoice_number', 'order_amount', 'currency'] },
    )
    // The signature goes by the order of the fields, so that is drawn too.
    .chain((form) => fc.shuffledSubarray(Object.entries(form), { minLength: Object.keys(form).length }))
    .map((entries): FormValues => Object.fromEntries(entries));

  it('sign any form the same, in any order of its fields', () => {
    fc.assert(
      fc.property(aForm, (form) => {
        const { body = {}, signature } = sepayPg.wire['create']?.(form, secret) ?? {};
        expect(signature).toBe(checkout.signFields({ ...form }));
        expect(body).toEqual({ ...form, signature });
        expect(signForm(form, secret.secretKey)).toBe(signature);
      }),
      { numRuns: 300 },
    );
  });

  it('both sign otherwise as soon as a signed value or the order of values changes', () => {
    const form = {
      merchant: secret.merchantId,
      operation: 'PURCHASE',
      order_amount: 28_000,
      currency: 'VND',
      order_invoice_number: '1000000000000301',
      order_description: 'Nộp phí & lệ phí',
      success_url: 'https://bienlai.example.vn/return/sepay-pg/ttpvhcc',
    };
    const genuine = signForm(form, secret.secretKey);
    const altered = [
      ...Object.entries(form).map(([name, value]) => ({ ...form, [name]: `${value}1` })),
      Object.fromEntries(Object.entries(form).toReversed()),
    ];
    for (const other of altered) {
      expect(checkout.signFields({ ...other })).not.toBe(genuine);
      expect(checkout.signFields({ ...other })).toBe(signForm(other, secret.secretKey));
    }
    expect(signForm(form, `${secret.secretKey}0`)).not.toBe(genuine);
  });
});
