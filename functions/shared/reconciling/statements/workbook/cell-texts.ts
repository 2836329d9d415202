import type { SheetNumber } from './sheet-rows.ts';

/** Roles whose numbers are days and times. */
const timeRoles: ReadonlySet<string> = new Set(['paidAt', 'paidTime', 'bookedOn']);
const amountRoles: ReadonlySet<string> = new Set(['amount', 'amountOut']);

const dayMs = 24 * 60 * 60 * 1000;
/** Day 0 of a sheet: 30 December 1899, or 1 January 1904. */
const dayZeroMs = { from1900: Date.UTC(1899, 11, 30), from1904: Date.UTC(1904, 0, 1) } as const;
/** Numbers that no one dressed as a date are one between the years 2000 and 2100; compact dates are far above. */
const likelyDays = { first: 36_526, last: 73_051 } as const;

export interface CellOrder {
  readonly role: string;
  readonly from1904: boolean;
  /** The sign before decimals in the layout's texts. */
  readonly decimals: ',' | '.';
  /** Whether the time stands in a column of its own. */
  readonly isSplit: boolean;
}

/** A cell as the text that the layout's SQL reads, exact or in a form that it refuses. */
export function cellTextOf(cell: string | SheetNumber | undefined, order: CellOrder): string {
  if (cell === undefined || typeof cell === 'string') return cell ?? '';
  if (timeRoles.has(order.role)) return timeTextOf(cell, order);
  return amountRoles.has(order.role) ? amountTextOf(cell, order) : idTextOf(cell);
}

function amountTextOf({ digits }: SheetNumber, { decimals }: CellOrder): string {
  const value = Number(digits);
  return Number.isSafeInteger(value) ? String(value) : digits.replace('.', decimals);
}

/**
 * A spreadsheet keeps 15 digits of a number and makes zeros of the rest: a longer id that ends in 0 may be another's.
 * With an exponent it is refused as rounded.
 */
function idTextOf({ digits }: SheetNumber): string {
  const value = Number(digits);
  if (!Number.isSafeInteger(value)) return digits;
  return value > 999_999_999_999_999 && value % 10 === 0 ? value.toExponential() : String(value);
}

function timeTextOf({ digits, isDate }: SheetNumber, { role, from1904, isSplit }: CellOrder): string {
  const days = Number(digits);
  const isLikely = role === 'paidTime' ? days >= 0 && days < 1 : days >= likelyDays.first && days < likelyDays.last;
  if (!Number.isFinite(days) || (!isDate && !isLikely)) return digits;
  const zero = from1904 ? dayZeroMs.from1904 : dayZeroMs.from1900;
  const date = new Date(zero + Math.round(days * dayMs));
  if (Number.isNaN(date.getTime())) return digits;
  const [day = '', time = ''] = date.toISOString().slice(0, 23).split('T');
  if (role === 'paidTime') return time;
  return role === 'bookedOn' || isSplit ? day : `${day} ${time}`;
}
