import { describe, expect, it } from '@jest/globals';
import { paymentFormSchema } from '#schemas/payment-step.ts';
import { sepayPg } from '#shared/gateways/sepay-pg/gateway.ts';
import { signForm } from '#shared/gateways/sepay-pg/signer.ts';
import { anOrder } from '#test/support/attempt-orders.ts';
import { readTestAccount } from '#test/support/gateway-account.ts';
import { sepayPgSecret } from '#test/support/sepay-pg-messages.ts';

function formFor(settings: Record<string, unknown> = {}) {
  const account = {
    merchant: 'ttpvhcc',
    settings: { ...readTestAccount(sepayPg).settings, ...settings },
    secrets: [sepayPgSecret, { secretKey: 'older' }],
  };
  const opening = sepayPg.connect(account).openAttempt(anOrder({ description: 'Nộp phí "H49.14-1" ✅' }));
  if (opening.kind !== 'form') throw new Error('SePay opens its page by a form');
  return paymentFormSchema.parse(opening.form);
}

describe("the form that opens SePay's page", () => {
  it('carries the order, and its signature by the first secret comes last', () => {
    const { action, fields } = formFor();
    expect(action).toBe('https://pay-sandbox.sepay.vn/v1/checkout/init');
    const values = Object.fromEntries(fields.map(({ name, value }) => [name, value]));
    const { signature, ...signed } = values;
    expect(signed).toEqual({
      operation: 'PURCHASE',
      order_invoice_number: '1000000000000301',
      order_amount: '28000',
      currency: 'VND',
      order_description: 'Nop phi H49.14-1',
      success_url: 'https://bienlai.example.vn/return/vnpay/ttpvhcc',
      error_url: 'https://bienlai.example.vn/return/vnpay/ttpvhcc',
      cancel_url: 'https://bienlai.example.vn/return/vnpay/ttpvhcc',
      merchant: 'SP-BIENLAI',
    });
    expect(fields.at(-1)).toEqual({ name: 'signature', value: signForm(signed, sepayPgSecret.secretKey) });
    expect(signature).not.toBe('');
  });

  it('leads straight to one way to pay when the settings say so', () => {
    expect(formFor({ paymentMethod: 'CARD' }).fields).toContainEqual({ name: 'payment_method', value: 'CARD' });
  });
});
