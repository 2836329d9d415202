import * as z from 'zod/mini';
import { debtIdSchema, dossierCodeSchema, procedureCodeSchema } from './codes.ts';
import { feeCodeSchema, gatewayNameSchema, instantSchema, payerTaxCodeSchema, unitCodeSchema } from './ids.ts';
import { amountVndSchema } from './money.ts';
import { lineOfText } from './text.ts';

/** Who pays, as printed on the receipt. A personal number is kept only when the payer asks for it (Luật 91/2025). */
export const payerSchema = z
  .strictObject({
    name: lineOfText(400),
    address: z.optional(lineOfText(400)),
    taxCode: z.optional(payerTaxCodeSchema),
    email: z.optional(z.email('must be an e-mail address').check(z.maxLength(254))),
  })
  .register(z.globalRegistry, { id: 'Payer', title: 'Người nộp' });
export type Payer = z.infer<typeof payerSchema>;

/** One fee that is owed. Kind, name and legal basis come from the fee catalogue, never from the caller. */
export const feeLineSchema = z
  .strictObject({
    unitCode: unitCodeSchema,
    feeCode: feeCodeSchema,
    quantity: z.number().check(z.int('must be a whole number'), z.minimum(1), z.maximum(9_999)),
    amountVnd: amountVndSchema,
  })
  .register(z.globalRegistry, { id: 'FeeLine', title: 'Khoản thu' });
export type FeeLine = z.infer<typeof feeLineSchema>;

/** What one dossier owes. One charge is the normal case; an agent's basket holds up to 45. */
export const chargeRequestSchema = z
  .strictObject({
    dossierCode: dossierCodeSchema,
    procedureCode: procedureCodeSchema,
    debtId: z._default(debtIdSchema, 'main'),
    payer: payerSchema,
    feeLines: z
      .array(feeLineSchema)
      .check(z.minLength(1, 'must name at least one fee'), z.maxLength(100, 'must name at most 100 fees')),
  })
  .register(z.globalRegistry, { id: 'ChargeRequest', title: 'Khoản phải nộp của một hồ sơ' });
export type ChargeRequest = z.infer<typeof chargeRequestSchema>;

/** The caller's own reference: the same reference and body give the same payment, another body a conflict. */
export const callerReferenceSchema = z
  .string()
  .check(z.regex(/^[0-9A-Za-z][0-9A-Za-z._:/-]{0,63}$/, 'must be 1 to 64 letters, digits or . _ : / -'));

/** Body of `POST /v1/payments`. */
export const paymentRequestSchema = z
  .strictObject({
    reference: callerReferenceSchema,
    charges: z
      .array(chargeRequestSchema)
      .check(z.minLength(1, 'must hold at least one charge'), z.maxLength(45, 'must hold at most 45 charges')),
    expiresAt: instantSchema,
  })
  .register(z.globalRegistry, {
    id: 'PaymentRequest',
    title: 'Yêu cầu thanh toán',
    examples: [
      {
        reference: 'YC-2026-000187',
        charges: [
          {
            dossierCode: 'H49.14-261122-0001',
            procedureCode: '1.013831',
            debtId: 'main',
            payer: { name: 'Nguyễn Văn An', address: 'Phường Hồng Gai, tỉnh Quảng Ninh' },
            feeLines: [{ unitCode: 'vpdkdd', feeCode: 'QN-006', quantity: 1, amountVnd: 28000 }],
          },
        ],
        expiresAt: '2026-11-25T10:00:00.000Z',
      },
    ],
  });
export type PaymentRequest = z.infer<typeof paymentRequestSchema>;

/** Body of `POST /v1/payments/{id}/attempts`. */
export const attemptRequestSchema = z
  .strictObject({
    gateway: gatewayNameSchema,
    clientIp: z.union([z.ipv4(), z.ipv6()], { error: 'must be the paying citizen’s IPv4 or IPv6 address' }),
    locale: z._default(z.enum(['vi', 'en']), 'vi'),
    returnUrl: z.optional(z.url({ protocol: /^https?$/, error: 'must be an http(s) address' }).check(z.maxLength(255))),
  })
  .register(z.globalRegistry, { id: 'AttemptRequest', title: 'Yêu cầu mở lượt thanh toán' });
export type AttemptRequest = z.infer<typeof attemptRequestSchema>;
