import type { DvcqgValues } from '#shared/gateways/dvcqg/signer.ts';
import { signMessage } from '#shared/gateways/dvcqg/signer.ts';

export const dvcqgSecret = { maDoiTac: 'DT000123', secretKey: 'bi-mat-Kq7' };

/** CONFIRM of a payment of 75 000 đồng, with changes; `undefined` leaves a field out. */
export function dvcqgConfirmValues(changes: DvcqgValues = {}) {
  return {
    LoaiBanTin: 'CONFIRM',
    MaLoi: '00',
    MaDoiTac: dvcqgSecret.maDoiTac,
    MaThamChieu: '1000000000000301',
    SoTien: 75_000,
    MaTienTe: 'VND',
    MaGiaoDich: 'PP26112200000192',
    MaNganHang: 'VNPTPAY',
    ThoiGianGD: '20261122092033',
    ThongTinGiaoDich: 'Nop phi ho so H49.14-261122-0001',
    ...changes,
  };
}

/** The genuine body of such a message. */
export function dvcqgConfirm(changes: DvcqgValues = {}, secret = dvcqgSecret): string {
  const values = dvcqgConfirmValues(changes);
  return JSON.stringify({ ...values, MaXacThuc: signMessage('confirm', values, secret) });
}
