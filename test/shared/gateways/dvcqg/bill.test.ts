import { describe, expect, it } from '@jest/globals';
import { billOf } from '#shared/gateways/dvcqg/bill.ts';
import { dvcqg } from '#shared/gateways/dvcqg/gateway.ts';
import { billTexts } from '#shared/gateways/dvcqg/protocol.ts';
import { dvcqgAccountSchema } from '#shared/gateways/dvcqg/settings.ts';
import { aLandCharge } from '#test/support/attempt-orders.ts';
import { dvcqgSecret } from '#test/support/dvcqg-messages.ts';
import { readTestAccount } from '#test/support/gateway-account.ts';

const { settings } = dvcqgAccountSchema.parse({
  merchant: 'ttpvhcc',
  settings: readTestAccount(dvcqg).settings,
  secrets: [dvcqgSecret],
});
const bill = (...charges: ReturnType<typeof aLandCharge>[]) => billOf(charges, 'Nop phi', settings);

describe('what the portal prints on its voucher', () => {
  it('tells of the dossier, the unit, the account, the payer and the fees', () => {
    expect(bill(aLandCharge())).toMatchObject({
      MaDichVu: '2',
      MaTTHC: '1.013978',
      MaDonVi: 'H49.14',
      TenDonVi: 'Trung tâm Phục vụ hành chính công tỉnh Quảng Ninh',
      MaHoSo: 'H49.14-261122-0001',
      NoiDungThanhToan: 'Nop phi',
      TKThuHuong: '1017588888',
      MaNHThuHuong: '970436',
      TenTKThuHuong: 'TRUNG TAM PHUC VU HANH CHINH CONG',
      HoTenNguoiNop: 'Nguyễn Văn An',
      DiaChiNguoiNop: 'Phường Hồng Gai, tỉnh Quảng Ninh',
      PhiLePhi: [
        {
          LoaiPhiLePhi: '2',
          MaPhiLePhi: 'QN-006',
          TenPhiLePhi: 'Lệ phí chứng nhận đăng ký biến động về đất đai (tại phường)',
          SoTien: '28000',
        },
      ],
      DSKhoanNop: [{ NoiDung: 'Lệ phí chứng nhận đăng ký biến động về đất đai (tại phường)', SoTien: '28000' }],
    });
  });

  it('has every field, empty where nothing is known', () => {
    const known = bill(aLandCharge());
    expect(Object.keys(known)).toEqual([...billTexts, 'PhiLePhi', 'DSKhoanNop']);
    expect(known).toMatchObject({ SoCMNDNguoiNop: '', TinhNguoiNop: '', KhoBac: '', SoQD: '' });
  });

  it('names the payer by a personal number, never by the tax code of an organisation', () => {
    const payer = { name: 'Nguyễn Văn An' };
    expect(bill(aLandCharge({ payer: { ...payer, taxCode: '022090001234' } }))).toMatchObject({
      SoCMNDNguoiNop: '022090001234',
    });
    expect(bill(aLandCharge({ payer: { ...payer, taxCode: '5701234567' } }))).toMatchObject({ SoCMNDNguoiNop: '' });
  });

  it('tells of fees by their kind, and of a tax as an amount only', () => {
    const [line] = aLandCharge().feeLines;
    const lines = [
      { ...line, kind: 'phi', feeCode: 'QN-001' },
      { ...line, kind: 'thue', feeCode: 'QN-900' },
    ];
    const { PhiLePhi, DSKhoanNop } = bill(aLandCharge({ feeLines: lines }));
    expect(PhiLePhi).toEqual([expect.objectContaining({ LoaiPhiLePhi: '1', MaPhiLePhi: 'QN-001' })]);
    expect(DSKhoanNop).toHaveLength(2);
  });

  it('puts a basket under its first dossier, with the fees of all', () => {
    const basket = bill(aLandCharge(), aLandCharge({ dossierCode: 'H49.14-261122-0002', chargeNumber: '02' }));
    expect(basket).toMatchObject({ MaHoSo: 'H49.14-261122-0001' });
    expect(basket['DSKhoanNop']).toHaveLength(2);
  });
});
