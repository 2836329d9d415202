import type { BusinessDate } from '#schemas/ids.ts';
import { quoted } from './engine.ts';

/** Vietnam is ahead of UTC by so much, in summer and winter. */
export const vietnamMinutes = 7 * 60;

/** Where the day begins, in UTC. */
export function midnightSql(day: BusinessDate): string {
  return `(TIMESTAMP ${quoted(`${day} 00:00:00`)} - INTERVAL ${vietnamMinutes} MINUTE)`;
}

/** A time moved by minutes. Adding an INTERVAL takes calendar and clock apart, which costs five times as much. */
export function movedSql(time: string, minutes: number): string {
  return `make_timestamp(epoch_us(${time}) + ${minutes * 60_000_000})`;
}

/** Vietnam's day of an instant. Nearly all are of the day itself, and two comparisons cost less than a calendar. */
export function businessDateSql(instant: string, day: BusinessDate): string {
  const midnight = midnightSql(day);
  return (
    `CASE WHEN ${instant} >= ${midnight} AND ${instant} < ${midnight} + INTERVAL 1 DAY THEN DATE ${quoted(day)} ` +
    `ELSE CAST(${movedSql(instant, vietnamMinutes)} AS DATE) END`
  );
}
