import * as z from 'zod/mini';
import { dossierCodeSchema } from '#schemas/codes.ts';
import { paymentIdSchema, taxCodeSchema } from '#schemas/ids.ts';
import { issuedTemplate } from '#shared/domain/numbering.ts';
import { asJson, asRefusal, type StaffRoute, staffRoute } from '#shared/domain/staff-route.ts';
import { findPayment, findPaymentsOf, findReceipts, type LookUpNeeds } from '../look-up.ts';

/** What a clerk has in hand: a payment's number, a dossier's code, or a printed receipt. */
export function lookUpRoutes(needs: LookUpNeeds): readonly StaffRoute[] {
  return [
    staffRoute({
      method: 'GET',
      path: '/v1/finance/payments/{paymentId}',
      action: 'payment:read',
      takes: z.object({ parameters: z.object({ paymentId: paymentIdSchema }) }),
      answer: async ({ parameters: { paymentId } }) => {
        const payment = await findPayment(paymentId, needs);
        return payment === undefined ? asRefusal(noPayment, [noPayment.code]) : asJson(payment);
      },
    }),
    staffRoute({
      method: 'GET',
      path: '/v1/finance/payments',
      action: 'payment:read',
      takes: z.object({ query: z.strictObject({ dossierCode: dossierCodeSchema }) }),
      objectOf: ({ query }) => query.dossierCode,
      answer: async ({ query }) => asJson({ items: await findPaymentsOf(query.dossierCode, needs) }),
    }),
    staffRoute({
      method: 'GET',
      path: '/v1/finance/receipts',
      action: 'receipt:read',
      takes: z.object({ query: printedReceiptSchema }),
      objectOf: ({ query: { template, series, number } }) => `${template}/${series}/${number}`,
      answer: async ({ query }) => asJson({ items: await findReceipts(query, needs) }),
    }),
  ];
}

/** A receipt as it is printed; the tax code is needed only where two organisations use the same symbols. */
const printedReceiptSchema = z.strictObject({
  taxCode: z.optional(taxCodeSchema),
  template: z._default(z.string().check(z.regex(/^[0-9A-Z-]{3,20}$/)), issuedTemplate),
  series: z.string().check(z.regex(/^[0-9A-Z]{3,8}$/, 'must be 3 to 8 capitals or digits, as printed')),
  number: z.pipe(z.string().check(z.regex(/^0*[1-9]\d{0,7}$/, 'must be a number, as printed')), z.transform(Number)),
});

const noPayment = {
  code: 'no-payment',
  explanation:
    'Không có thanh toán nào mang số này. Có thể nhầm một chữ số. Hãy đối chiếu số thanh toán 14 chữ số trên hồ sơ. (No such payment.)',
};
