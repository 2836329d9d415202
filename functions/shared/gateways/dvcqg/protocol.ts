import type { NoticeResult } from '#schemas/payment-notice.ts';
import type { CallbackOutcome } from '../gateway.ts';

// What is believed of PaymentPlatform, read out of two integrations that agree with each other; no official document
// is public (gateway specification §4). Every line here is to be compared with the document handed over at
// integration, and to be corrected here alone.

/** Which values enter the checksum of a message, in which order; the secret key comes last (§4.1 to §4.3). */
export const checksumOrders = {
  init: names(
    'LoaiBanTin PhienBan MaDoiTac MaThamChieu SoTien LoaiHinhThanhToan MaKenhThanhToan MaThietBi NgonNgu MaTienTe ' +
      'MaNganHang ThongTinGiaoDich ThoiGianGD Ip',
  ),
  confirm: names(
    'LoaiBanTin MaLoi MaDoiTac MaThamChieu SoTien MaTienTe MaGiaoDich MaNganHang ThoiGianGD ThongTinGiaoDich',
  ),
  /** QUERY and GET_BILL. */
  inquiry: names('LoaiBanTin PhienBan MaDoiTac MaThamChieu ThoiGianGD'),
} as const satisfies Record<string, readonly string[]>;

/** Values of INIT that are the same in every request (§4.1). */
export const initConstants = {
  LoaiBanTin: 'INIT',
  LoaiHinhThanhToan: 'PAY',
  MaKenhThanhToan: '1',
  MaThietBi: '1',
  MaTienTe: 'VND',
  MaNganHang: 'PAYMENT',
} as const;

/** `NgonNgu` (§4.1); the word for English is a guess. */
export const languages = { vi: 'vi-VN', en: 'en-US' } as const;

/** Kind of a fee line, `LoaiPhiLePhi` (§4.1). A tax is neither of them and is told as an amount to pay only. */
export const feeKinds = { phi: '1', 'le-phi': '2' } as const;

/** Facts of ThongTinBienLai, beside the amounts; what we do not know is sent empty, as the integrations do (§4.1). */
export const billTexts = names(
  'MaDichVu MaDVC TenDVC MaTTHC TenTTHC MaDonVi TenDonVi MaHoSo NoiDungThanhToan ' +
    'TKThuHuong MaNHThuHuong TenTKThuHuong TaiKhoanThuNSNN KhoBac ' +
    'HoTenNguoiNop SoCMNDNguoiNop DiaChiNguoiNop HuyenNguoiNop TinhNguoiNop ' +
    'MaLoaiHinhThuPhat TenLoaiHinhThuPhat MaCoQuanQD TenCoQuanQD NgayQD SoQD ThoiGianViPham DiaDiemViPham ' +
    'TenNguoiViPham',
);

/** `MaLoi` of our own requests: 99 is "other errors", a time-out among them; all else is taken for a no. */
export const requestCodes: ReadonlyMap<string, 'done' | 'unsure'> = new Map([
  ['00', 'done'],
  ['99', 'unsure'],
]);

/** `MaLoi` of CONFIRM: 00 is paid; the codes of failures are not public, and all of them are not paid (§4.2). */
export const paidCode = '00';

/** `TrangThaiGD` in the answer to QUERY (§4.3); another word decides nothing. */
export const queryStates: ReadonlyMap<string, NoticeResult> = new Map([
  ['1', 'paid'],
  ['3', 'pending'],
  ['4', 'failed'],
]);

interface ConfirmAnswer {
  readonly MaLoi: '00' | '99';
  readonly MoTaLoi: string;
}

const confirmed: ConfirmAnswer = { MaLoi: '00', MoTaLoi: 'Thành công' };
const otherError: ConfirmAnswer = { MaLoi: '99', MoTaLoi: 'Các lỗi khác' };

/** Answers to CONFIRM, always with HTTP 200 (§4.2). Whether 99 makes the platform call again is not known. */
export const confirmAnswers: Readonly<Record<CallbackOutcome, ConfirmAnswer>> = {
  paid: confirmed,
  duplicate: confirmed,
  failed: confirmed,
  pending: confirmed,
  review: confirmed,
  ignored: confirmed,
  voided: confirmed,
  unknown_order: otherError,
  amount_mismatch: otherError,
  malformed: otherError,
  bad_signature: otherError,
  expired: otherError,
  unavailable: otherError,
};

/** Fields of CONFIRM that the answer repeats (§4.2). */
export const echoedNames = names('MaDoiTac MaThamChieu ThoiGianGD MaXacThuc');

/** `error_code` of the answer to a fee inquiry (§4.4). */
export const inquiryCodes = { owed: '1', 'nothing-owed': '0', failed: '-1' } as const;

function names(list: string): readonly string[] {
  return list.split(' ');
}
