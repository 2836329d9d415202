import { createHmac } from 'node:crypto';

/** What the signature covers of a checkout form; `custom_data` and others are not signed (§5.3). */
const signedNames: ReadonlySet<string> = new Set(
  (
    'merchant env operation payment_method order_amount currency order_invoice_number order_description customer_id ' +
    'agreement_id agreement_name agreement_type agreement_payment_frequency agreement_amount_per_payment ' +
    'success_url error_url cancel_url order_id'
  ).split(' '),
);

export type FormValues = Readonly<Record<string, string | number>>;

/** `name=value` pairs, raw, in the order in which they are posted: not sorted. */
export function signedTextOf(values: FormValues): string {
  return Object.entries(values)
    .filter(([name]) => signedNames.has(name))
    .map(([name, value]) => `${name}=${value}`)
    .join(',');
}

export function signForm(values: FormValues, secretKey: string): string {
  return createHmac('sha256', secretKey).update(signedTextOf(values)).digest('base64');
}
