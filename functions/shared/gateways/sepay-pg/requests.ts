import type { AttemptInquiry, AttemptOpening, AttemptOrder, AttemptQuestion, WireRequest } from '../gateway.ts';
import { bareDescription } from '../plain-description.ts';
import { readOrderAnswer } from './answers.ts';
import { checkoutFieldsSchema } from './messages.ts';
import type { SepayPgAccount, SepayPgSecret } from './settings.ts';
import { type FormValues, signedTextOf, signForm } from './signer.ts';

/** First step of an attempt: SePay's page opens by a form that the browser posts, by no address (§5.3). */
export function openAttempt(order: AttemptOrder, account: SepayPgAccount): AttemptOpening {
  const { checkoutUrl, merchantId, paymentMethod } = account.settings;
  const { url, body } = buildCheckout(
    {
      operation: 'PURCHASE',
      ...(paymentMethod !== undefined && { payment_method: paymentMethod }),
      order_invoice_number: order.gatewayRef,
      order_amount: order.amountVnd,
      currency: 'VND',
      order_description: bareDescription(order.description, 255),
      success_url: order.returnUrl,
      error_url: order.returnUrl,
      cancel_url: order.returnUrl,
      merchant: merchantId,
    },
    account.secrets[0],
    checkoutUrl,
  );
  const fields = Object.entries(body).map(([name, value]) => ({ name, value: String(value) }));
  return { kind: 'form', form: { action: url, fields } };
}

/** Asks what became of an attempt: SePay's own package names the order by our reference, its pages by another number. */
export function askAttempt({ gatewayRef }: AttemptQuestion, account: SepayPgAccount): AttemptInquiry {
  const { apiBaseUrl, merchantId } = account.settings;
  const credentials = Buffer.from(`${merchantId}:${account.secrets[0].secretKey}`).toString('base64');
  return {
    request: {
      method: 'GET',
      url: `${apiBaseUrl}/v1/order/detail/${encodeURIComponent(gatewayRef)}`,
      headers: { authorization: `Basic ${credentials}`, accept: 'application/json' },
      body: '',
    },
    readAnswer: (answer) => readOrderAnswer(answer, gatewayRef, account),
  };
}

type FormRequest = WireRequest & { readonly url: string; readonly body: FormValues };

/** The checkout form (§5.3): the signature comes last, over the fields in their order. */
export function buildCheckout(fields: unknown, secret: SepayPgSecret, checkoutUrl: string): FormRequest {
  const values = checkoutFieldsSchema.parse(fields);
  const signature = signForm(values, secret.secretKey);
  return {
    signedText: signedTextOf(values),
    signature,
    method: 'POST',
    url: checkoutUrl,
    body: { ...values, signature },
  };
}
