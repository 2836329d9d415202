import * as z from 'zod/mini';

/**
 * A payment's number: 14 digits, the first 1–9, the last an ISO 7064 MOD 11,10 check digit.
 * It stays below 90 071 992 547 409 so that an attempt's reference (id + 2 digits) is an exact
 * JSON number at gateways which carry order codes as integers.
 */
export const paymentIdSchema = z
  .string()
  .check(
    z.regex(/^[1-9]\d{13}$/, 'must be 14 digits, the first not 0'),
    z.refine((id) => Number(id) < 90_071_992_547_409, 'must be below 90071992547409'),
    z.refine(hasCheckDigit, 'the check digit is wrong: was a digit mistyped?'),
  )
  .brand<'PaymentId'>()
  .register(z.globalRegistry, {
    id: 'PaymentId',
    title: 'Payment id',
    description: '14 digits, last one an ISO 7064 MOD 11,10 check digit',
    examples: ['48620391751101'],
  });
export type PaymentId = z.infer<typeof paymentIdSchema>;

/** Two digits, 01–99, counting the attempts of one payment. */
export const attemptNumberSchema = z
  .string()
  .check(z.regex(/^(0[1-9]|[1-9]\d)$/, 'must be two digits from 01 to 99'))
  .brand<'AttemptNumber'>();
export type AttemptNumber = z.infer<typeof attemptNumberSchema>;

/** Which charge of a payment, 01–45. */
export const chargeNumberSchema = z
  .string()
  .check(z.regex(/^(0[1-9]|[1-3]\d|4[0-5])$/, 'must be two digits from 01 to 45'))
  .brand<'ChargeNumber'>();
export type ChargeNumber = z.infer<typeof chargeNumberSchema>;

/** Name of a payment gateway as it stands in addresses and keys; whether we speak to it is the registry's to say. */
export const gatewayNameSchema = z
  .string()
  .check(z.regex(/^[a-z][a-z0-9-]{1,19}$/, 'must be 2 to 20 small letters, digits or hyphens'));
export type GatewayName = z.infer<typeof gatewayNameSchema>;

/** Our name of one merchant account at a gateway (a collecting unit may have its own). */
export const merchantNameSchema = z
  .string()
  .check(z.regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be 1 to 40 small letters, digits or hyphens'));
export type MerchantName = z.infer<typeof merchantNameSchema>;

/** Tax code of a collecting organisation: 10 digits, or 10 + hyphen + 3 for a dependent unit (NĐ 254/2026 art. 23). */
export const taxCodeSchema = z
  .string()
  .check(z.regex(/^\d{10}(-\d{3})?$/, 'must be 10 digits, or 10 digits, a hyphen and 3 digits'))
  .brand<'TaxCode'>()
  .register(z.globalRegistry, { id: 'TaxCode', title: 'Mã số thuế', examples: ['5701234567', '5701234567-001'] });
export type TaxCode = z.infer<typeof taxCodeSchema>;

/** Tax code of a payer: as above, or the 12-digit personal number used as tax code since 01/07/2025. */
export const payerTaxCodeSchema = z
  .string()
  .check(z.regex(/^(\d{10}(-\d{3})?|\d{12})$/, 'must be 10 digits, 10-3 digits, or a 12-digit personal number'));

/** Collecting unit of the registry, such as `vpdkdd` for the land registration office. */
export const unitCodeSchema = z
  .string()
  .check(z.regex(/^[a-z0-9][a-z0-9-]{1,29}$/, 'must be 2 to 30 small letters, digits or hyphens'));
export type UnitCode = z.infer<typeof unitCodeSchema>;

export const feeCodeSchema = z
  .string()
  .check(z.regex(/^[A-Z0-9][A-Z0-9-]{1,29}$/, 'must be 2 to 30 capitals, digits or hyphens'));
export type FeeCode = z.infer<typeof feeCodeSchema>;

/** 12 characters without look-alikes: 60 random bits that let a payer look a receipt up. */
export const lookupCodeSchema = z
  .string()
  .check(z.regex(/^[2-9A-HJ-NP-Z]{12}$/, 'must be 12 characters of 2–9 and A–Z without I and O'))
  .brand<'LookupCode'>();
export type LookupCode = z.infer<typeof lookupCodeSchema>;

/** UTC instant, ISO 8601 with milliseconds and `Z`. */
export const instantSchema = z.iso
  .datetime({ precision: 3, error: 'must be a UTC instant like 2026-11-22T02:15:30.000Z' })
  .brand<'Instant'>()
  .register(z.globalRegistry, { id: 'Instant', examples: ['2026-11-22T02:15:30.000Z'] });
export type Instant = z.infer<typeof instantSchema>;

/** Calendar day in Asia/Ho_Chi_Minh. */
export const businessDateSchema = z.iso
  .date({ error: 'must be a date like 2026-11-22' })
  .brand<'BusinessDate'>()
  .register(z.globalRegistry, { id: 'BusinessDate', examples: ['2026-11-22'] });
export type BusinessDate = z.infer<typeof businessDateSchema>;

/**
 * The ISO 7064 MOD 11,10 check digit of a string of digits. It catches every single wrong digit and
 * nearly every swap of neighbours, so that a number read over the phone is not somebody else's payment.
 */
export function checkDigitOf(digits: string): string {
  let product = 10;
  for (const digit of digits) {
    const sum = (product + Number(digit)) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return String((11 - product) % 10);
}

function hasCheckDigit(id: string): boolean {
  return checkDigitOf(id.slice(0, -1)) === id.at(-1);
}
