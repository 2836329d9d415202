import type { ExceptionClass } from '#schemas/exception.ts';
import type { ReconciliationClass } from '#schemas/reconciliation.ts';
import type { MatchRule } from '#shared/domain/reconciliation.ts';

/** What each class says, for people who read a table. */
export const classWords: Readonly<Record<ReconciliationClass | ExceptionClass, string>> = {
  KHOP: 'Khớp cả hai bên, đã có biên lai',
  THIEU_NOI_BO: 'Cổng có, sổ không có',
  THIEU_DOI_TAC: 'Sổ có, cổng không có',
  LECH_TIEN: 'Lệch số tiền',
  LECH_TRANG_THAI: 'Lệch trạng thái',
  TRUNG: 'Thanh toán trùng một yêu cầu',
  THIEU_BIEN_LAI: 'Đã thu, chưa có biên lai',
  BIEN_LAI_THUA: 'Có biên lai, không có tiền',
  HOAN: 'Hoàn tiền',
  LECH_NGAY: 'Lệch ngày với ngày liền kề',
  SAI_TAI_KHOAN: 'Vào tài khoản của đơn vị khác',
  LECH_NGAN_HANG: 'Ngân hàng ghi có khác số phải thu',
  LECH_KHO_BAC: 'Nộp ngân sách khác số phải nộp',
};

export const matchWords: Readonly<Record<MatchRule, string>> = {
  'reference-and-transaction': 'mã tham chiếu và mã giao dịch',
  transaction: 'mã giao dịch',
  reference: 'mã tham chiếu',
};

/** What a run has changed about an exception of a closed day. */
export const adjustmentWords = { found: 'mới phát hiện', changed: 'thay đổi', explained: 'đã tự khớp' } as const;
