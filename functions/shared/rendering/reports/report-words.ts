import type { BusinessDate } from '#schemas/ids.ts';
import type { ReceiptKind, ReceiptState } from '#schemas/receipt.ts';

export const kindNames: Readonly<Record<ReceiptKind, string>> = { phi: 'Phí', 'le-phi': 'Lệ phí' };

export const stateNames: Readonly<Record<ReceiptState, string>> = {
  'awaiting-signature': 'Chờ ký số',
  signed: 'Đã ký số',
  replaced: 'Đã bị thay thế',
};

/** `22/11/2026`, as a column of dates is read. */
export function shortDate(date: BusinessDate): string {
  return date.split('-').toReversed().join('/');
}

/** `từ ngày 01/11/2026 đến ngày 30/11/2026`, `ngày 22/11/2026`, or what is open at one end. */
export function periodText(from: BusinessDate | undefined, to: BusinessDate | undefined): string {
  if (from !== undefined && from === to) return `ngày ${shortDate(from)}`;
  const parts = [
    ...(from === undefined ? [] : [`từ ngày ${shortDate(from)}`]),
    ...(to === undefined ? [] : [`đến ngày ${shortDate(to)}`]),
  ];
  return parts.join(' ') || 'tất cả các ngày';
}
