import * as z from 'zod';
import { debtIdSchema, dossierCodeSchema, procedureCodeSchema } from './codes.ts';
import { feeCodeSchema, gatewayNameSchema, instantSchema, payerTaxCodeSchema, unitCodeSchema } from './ids.ts';
import { amountVndSchema } from './money.ts';
import { lineOfText } from './text.ts';

/** Who pays, as printed on the receipt. A personal number is kept only when the payer asks for it (Luật 91/2025). */
export const payerSchema = z
  .strictObject({
    name: lineOfText(400),
    address: lineOfText(400).optional(),
    taxCode: payerTaxCodeSchema.optional(),
    email: z.email('must be an e-mail address').max(254).optional(),
  })
  .meta({ id: 'Payer', title: 'Người nộp' });
export type Payer = z.infer<typeof payerSchema>;

/** One fee that is owed. Kind, name and legal basis come from the fee catalogue, never from the caller. */
export const feeLineSchema = z
  .strictObject({
    unitCode: unitCodeSchema,
    feeCode: feeCodeSchema,
    quantity: z.number().int('must be a whole number').min(1).max(9_999),
    amountVnd: amountVndSchema,
  })
  .meta({ id: 'FeeLine', title: 'Khoản thu' });
export type FeeLine = z.infer<typeof feeLineSchema>;

/** What one dossier owes. One charge is the normal case; an agent's basket holds up to 45. */
export const chargeRequestSchema = z
  .strictObject({
    dossierCode: dossierCodeSchema,
    procedureCode: procedureCodeSchema,
    debtId: debtIdSchema.default('main'),
    payer: payerSchema,
    feeLines: z.array(feeLineSchema).min(1, 'must name at least one fee').max(100, 'must name at most 100 fees'),
  })
  .meta({ id: 'ChargeRequest', title: 'Khoản phải nộp của một hồ sơ' });
export type ChargeRequest = z.infer<typeof chargeRequestSchema>;

/** The caller's own reference: the same reference and body give the same payment, another body a conflict. */
export const callerReferenceSchema = z
  .string()
  .regex(/^[0-9A-Za-z][0-9A-Za-z._:/-]{0,63}$/, 'must be 1 to 64 letters, digits or . _ : / -');

/** Body of `POST /v1/payments`. */
export const paymentRequestSchema = z
  .strictObject({
    reference: callerReferenceSchema,
    charges: z
      .array(chargeRequestSchema)
      .min(1, 'must hold at least one charge')
      .max(45, 'must hold at most 45 charges'),
    expiresAt: instantSchema,
  })
  .meta({
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
    locale: z.enum(['vi', 'en']).default('vi'),
    returnUrl: z
      .url({ protocol: /^https?$/, error: 'must be an http(s) address' })
      .max(255)
      .optional(),
  })
  .meta({ id: 'AttemptRequest', title: 'Yêu cầu mở lượt thanh toán' });
export type AttemptRequest = z.infer<typeof attemptRequestSchema>;
