import type { DayState } from '#schemas/day-close.ts';
import type { ExceptionLine, ExceptionState } from '#schemas/exception.ts';

export const dayStateNames: Readonly<Record<DayState, string>> = {
  awaited: 'Chờ sao kê',
  refused: 'Sao kê bị từ chối',
  taken: 'Đã nhận sao kê',
  running: 'Đang đối soát',
  reconciled: 'Đã đối soát',
  proposed: 'Chờ duyệt khóa sổ',
  closed: 'Đã khóa sổ',
};

export const exceptionStateNames: Readonly<Record<ExceptionState, string>> = {
  open: 'Chờ xử lý',
  proposed: 'Chờ duyệt',
  closed: 'Đã kết thúc',
};

export const outcomeNames: Readonly<Record<NonNullable<ExceptionLine['outcome']>, string>> = {
  resolved: 'Đã xử lý',
  'written-off': 'Xóa sổ',
  explained: 'Tự khớp ở lần sau',
};
