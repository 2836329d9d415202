import type { BusinessDate, Instant } from '#schemas/ids.ts';
import { vietnamTimeOf } from './calendar.ts';

/** An amount as people read it: `1.234.567 đ`, a no-break space before the sign so that no line ends between. */
export function formatVnd(amountVnd: number): string {
  return `${String(amountVnd).replaceAll(/\B(?=(\d{3})+$)/g, '.')}\u00a0đ`;
}

/** `Ngày 22 tháng 11 năm 2026`, as documents are dated. */
export function spellOutDate(date: BusinessDate): string {
  const [year, month, day] = date.split('-');
  return `Ngày ${day} tháng ${month} năm ${year}`;
}

/** `09:15:30 ngày 22/11/2026`, by the clock in Vietnam. */
export function formatVietnamTime(instant: Instant): string {
  return vietnamTimeOf(instant).replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '$4:$5:$6 ngày $3/$2/$1');
}

/** `22/11/2026 09:15:30`, by the clock in Vietnam, as signatures are dated. */
export function formatSigningTime(instant: Instant): string {
  return vietnamTimeOf(instant).replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '$3/$2/$1 $4:$5:$6');
}

/** `22/11/2026`. */
export function formatDay(date: string): string {
  return date.split('-').toReversed().join('/');
}
