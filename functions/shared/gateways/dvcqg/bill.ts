import type { Charge } from '#shared/domain/charge.ts';
import { billTexts, feeKinds } from './protocol.ts';
import type { DvcqgAccount } from './settings.ts';

export type Bill = Readonly<Record<string, unknown>>;

/**
 * `ThongTinBienLai`: what the portal prints on its own voucher (§4.1). It knows one dossier and one payer, so a basket
 * stands under those of its first charge, with the fees of all of them.
 */
export function billOf(charges: readonly Charge[], content: string, settings: DvcqgAccount['settings']): Bill {
  const texts = { ...textsOfAccount(settings), ...textsOfCharge(charges[0]), NoiDungThanhToan: content };
  const known = new Map(Object.entries(texts));
  const feeLines = charges.flatMap((charge) => charge.feeLines);
  return {
    ...Object.fromEntries(billTexts.map((name) => [name, known.get(name) ?? ''])),
    PhiLePhi: feeLines.flatMap(({ kind, feeCode, name, amountVnd }) =>
      kind === 'thue'
        ? []
        : [{ LoaiPhiLePhi: feeKinds[kind], MaPhiLePhi: feeCode, TenPhiLePhi: name, SoTien: String(amountVnd) }],
    ),
    DSKhoanNop: feeLines.map(({ name, amountVnd }) => ({ NoiDung: name, SoTien: String(amountVnd) })),
  };
}

function textsOfAccount(settings: DvcqgAccount['settings']) {
  return {
    MaDichVu: settings.service,
    MaDonVi: settings.unitCode,
    TenDonVi: settings.unitName,
    TKThuHuong: settings.bankAccount,
    MaNHThuHuong: settings.bankCode,
    TenTKThuHuong: settings.bankAccountName,
    TaiKhoanThuNSNN: settings.budgetAccount,
    KhoBac: settings.treasury,
  };
}

function textsOfCharge(charge: Charge | undefined) {
  const taxCode = charge?.payer.taxCode ?? '';
  return {
    MaHoSo: charge?.dossierCode,
    MaTTHC: charge?.procedureCode,
    HoTenNguoiNop: charge?.payer.name,
    DiaChiNguoiNop: charge?.payer.address,
    // A personal number has 12 digits; the tax code of an organisation is no identity paper.
    SoCMNDNguoiNop: /^\d{12}$/.test(taxCode) ? taxCode : '',
  };
}
