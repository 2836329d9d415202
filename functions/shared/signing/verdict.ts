import { largestReceiptFileText } from '#shared/domain/receipt-file.ts';

/** The checks of a receipt in their order (receipt rules §6.3), each with its own code. */
export const checkTitles = {
  V1: `Tệp XML đúng dạng, không quá ${largestReceiptFileText}, không khai báo DTD, chỉ một phần dữ liệu được ký`,
  V2: 'Đúng cấu trúc biên lai BLai 1.0',
  V3: 'Chữ ký bao trùm đúng phần dữ liệu và thời điểm ký, dùng thuật toán được phép',
  V4: 'Nội dung không bị sửa đổi sau khi ký',
  V5: 'Giá trị chữ ký đúng với khóa trong chứng thư số',
  V6: 'Chứng thư số do tổ chức được tin cậy cấp, có hiệu lực lúc ký, không bị thu hồi',
  V7: 'Người ký chính là tổ chức thu ghi trên biên lai',
  V8: 'Số tiền, ngày tháng và ký hiệu đúng quy định',
  V9: 'Khớp với biên lai đã lưu trong sổ',
} as const;

export type CheckCode = keyof typeof checkTitles;

const codes: readonly CheckCode[] = ['V1', 'V2', 'V3', 'V4', 'V5', 'V6', 'V7', 'V8', 'V9'];

/** Why a check failed. */
export interface CheckFault {
  readonly code: CheckCode;
  /** A sentence in Vietnamese for whoever holds the receipt. */
  readonly says: string;
  /** For those who look closer, in English; without personal data. */
  readonly detail: string;
}

export interface Check {
  readonly code: CheckCode;
  readonly title: string;
  readonly outcome: 'passed' | 'failed' | 'not-done';
  /** More than the title: why it failed, or why it was not done. */
  readonly says?: string;
  readonly detail?: string;
}

/** What is said beside a check that did not fail: a caution, or why it was not done. */
export type Remarks = Partial<Record<CheckCode, Pick<Check, 'says'> & { readonly outcome: 'passed' | 'not-done' }>>;

/** What each check came to. The first fault ends the examination: what comes after it would rest on sand. */
export function checksOf(fault: CheckFault | undefined, remarks: Remarks = {}): readonly Check[] {
  const failedAt = fault === undefined ? codes.length : codes.indexOf(fault.code);
  return codes.map((code, index): Check => {
    const check = { code, title: checkTitles[code] };
    if (index < failedAt) return { ...check, outcome: 'passed', ...remarks[code] };
    const { says, detail } = fault ?? { says: '', detail: '' };
    if (index === failedAt) return { ...check, outcome: 'failed', says, detail };
    return { ...check, outcome: 'not-done', says: `Chưa kiểm tra vì ${codes[failedAt]} không đạt.` };
  });
}
