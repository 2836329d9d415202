import * as z from 'zod/mini';
import { optionalTextSchema } from '../json-literals.ts';
import { amountInDongSchema } from '../wire-amounts.ts';
import { orderRefSchema, resultCodeSchema } from '../wire-fields.ts';
import { compactTimeSchema } from '../wire-times.ts';

/** CONFIRM as it is signed (§4.2): values by their literal texts, unsigned fields left aside. */
export const signedConfirmSchema = z.object({
  LoaiBanTin: optionalTextSchema,
  MaLoi: optionalTextSchema,
  MaDoiTac: optionalTextSchema,
  MaThamChieu: optionalTextSchema,
  SoTien: optionalTextSchema,
  MaTienTe: optionalTextSchema,
  MaGiaoDich: optionalTextSchema,
  MaNganHang: optionalTextSchema,
  ThoiGianGD: optionalTextSchema,
  ThongTinGiaoDich: optionalTextSchema,
  MaXacThuc: z._default(z.string(), ''),
});
export type SignedConfirm = z.infer<typeof signedConfirmSchema>;

/** The platform's id of the transaction; empty where there is none. */
const transactionSchema = z.pipe(
  z.string().check(z.maxLength(100, 'must be at most 100 characters')),
  z.transform((id) => (/^0*$/.test(id) ? null : id)),
);
const bankSchema = z.catch(
  z.pipe(
    z.string().check(z.maxLength(40)),
    z.transform((code) => (code === '' ? undefined : code)),
  ),
  undefined,
);

/** What an authentic CONFIRM must say to be used. */
export const paymentSchema = z.object({
  MaLoi: resultCodeSchema,
  MaDoiTac: z.string().check(z.minLength(1, 'is missing'), z.maxLength(50, 'must be at most 50 characters')),
  MaThamChieu: orderRefSchema,
  SoTien: amountInDongSchema,
  MaTienTe: z.literal('VND', 'must be VND'),
  MaGiaoDich: transactionSchema,
  MaNganHang: bankSchema,
  ThoiGianGD: compactTimeSchema,
});

/** What a person is told of an authentic message that cannot be used: each fact by itself. */
export const readableFactsSchema = z.object({
  MaLoi: z.string(),
  MaThamChieu: z.catch(z.nullable(orderRefSchema), null),
  MaGiaoDich: z.catch(transactionSchema, null),
  ThoiGianGD: compactTimeSchema,
});

const textSchema = z.string();
/** Word characters alone: at least one integration strips all others (§4.1). */
const ourReferenceSchema = z.string().check(z.regex(/^\w{1,100}$/, 'must be word characters'));

/** Our fields of INIT (§4.1); the bill goes along unsigned. */
export const initFieldsSchema = z.object({
  LoaiBanTin: z.literal('INIT'),
  PhienBan: textSchema,
  MaThamChieu: ourReferenceSchema,
  SoTien: z.string().check(z.regex(/^[1-9]\d{0,11}$/, 'must be whole đồng')),
  LoaiHinhThanhToan: textSchema,
  MaKenhThanhToan: textSchema,
  MaThietBi: textSchema,
  NgonNgu: textSchema,
  MaTienTe: textSchema,
  MaNganHang: textSchema,
  ThongTinGiaoDich: textSchema,
  ThoiGianGD: textSchema,
  Ip: textSchema,
  ThongTinBienLai: z.optional(z.record(z.string(), z.unknown())),
});
export type InitFields = z.input<typeof initFieldsSchema>;

/** Our fields of QUERY and GET_BILL (§4.3). */
export const inquiryFieldsSchema = z.object({
  LoaiBanTin: z.enum(['QUERY', 'GET_BILL']),
  PhienBan: textSchema,
  MaThamChieu: ourReferenceSchema,
  ThoiGianGD: textSchema,
});

/** What the LGSP puts around an answer: the answer itself is a text inside (§4.1). */
export const lgspAnswerSchema = z.object({ error_code: optionalTextSchema, message: z.string('must be a text') });

/** Answers to INIT, QUERY and GET_BILL (§4.1, §4.3), which are not known to be signed: values as literal texts. */
export const apiAnswerSchema = z.object({
  MaLoi: z.pipe(optionalTextSchema, resultCodeSchema),
  MaDoiTac: optionalTextSchema,
  MaThamChieu: optionalTextSchema,
  SoTien: optionalTextSchema,
  MaGiaoDich: optionalTextSchema,
  MaNganHang: optionalTextSchema,
  TrangThaiGD: optionalTextSchema,
  UrlThanhToan: optionalTextSchema,
  UrlBienLai: optionalTextSchema,
});

export type ApiAnswer = z.infer<typeof apiAnswerSchema>;

/** The payment inside an answer to QUERY. */
export const queriedPaymentSchema = z.pick(paymentSchema, { SoTien: true, MaGiaoDich: true, MaNganHang: true });

/** What the portal asks us (§4.4). */
export const feeInquirySchema = z.object({
  MaHoSo: z.string('is missing').check(z.minLength(1, 'is missing'), z.maxLength(50, 'must be at most 50 characters')),
});
