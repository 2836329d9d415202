import * as z from 'zod/mini';
import { amountVndSchema } from './money.ts';

/** A page of a gateway that is opened by a form: the browser posts these fields, in this order, which is signed. */
export const paymentFormSchema = z
  .strictObject({
    action: z.url().check(z.describe('Post the form here, as `application/x-www-form-urlencoded`')),
    fields: z
      .array(z.strictObject({ name: z.string().check(z.minLength(1)), value: z.string() }))
      .check(z.minLength(1), z.describe('Hidden fields; their order must be kept')),
  })
  .register(z.globalRegistry, { id: 'PaymentForm', title: 'Biểu mẫu mở trang thanh toán' });
export type PaymentForm = z.infer<typeof paymentFormSchema>;

/** A transfer that the citizen makes in a banking app: by the QR code, or by hand. */
export const bankTransferSchema = z
  .strictObject({
    bankBin: z.string().check(z.meta({ description: 'Bank, by its 6 digits at NAPAS', examples: ['970436'] })),
    bankName: z.string(),
    accountNumber: z.string(),
    accountName: z.string(),
    amountVnd: amountVndSchema,
    content: z.string().check(z.describe('What the transfer must say: by this text alone it finds its payment')),
    qrContent: z.string().check(z.describe('Draw this as a QR code (VietQR). The code proves no payment')),
  })
  .register(z.globalRegistry, { id: 'BankTransfer', title: 'Chuyển khoản' });
export type BankTransfer = z.infer<typeof bankTransferSchema>;
