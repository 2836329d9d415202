import type { BusinessDate } from '#schemas/ids.ts';
import { type GatewayTable, strptimeFormatOf } from '#shared/domain/statement-layout.ts';
import { movedSql } from '../day-sql.ts';
import { quoted } from '../engine.ts';

const digitsOnly = 'yyyyMMddHHmmss';

/** UTC as TIMESTAMP; NULL for what is no time in any of the layout's formats. */
export function timeSql(text: string, { formats, offset }: GatewayTable['times']): string {
  const tried = formats.map((format) => timeInFormatSql(text, format, minutesOf(offset)));
  return tried.length === 1 ? tried.join('') : `coalesce(${tried.join(', ')})`;
}

/**
 * As `timeSql`, of a day's own file: of digits of the day itself only the clock has to be taken apart, which costs a
 * third of what `strptime` does.
 * @param cast the text's `try_cast` to BIGINT, made once
 */
export function timeOfDaySql(text: string, cast: string, times: GatewayTable['times'], day: BusinessDate): string {
  const anyTime = timeSql(text, times);
  if (!times.formats.includes(digitsOnly)) return anyTime;
  const first = `${day.replaceAll('-', '')}000000`;
  const [hours, minutes, seconds] = [`${cast} // 10000 % 100`, `${cast} // 100 % 100`, `${cast} % 100`];
  // So many digits in so many signs, of which none makes it a power of ten.
  const isPlain = `strlen(${text}) = ${digitsOnly.length} AND NOT contains(${text}, 'e') AND NOT contains(${text}, 'E')`;
  const midnight = (Date.parse(`${day}T00:00:00Z`) - minutesOf(times.offset) * 60_000) * 1000;
  return (
    `CASE WHEN ${cast} BETWEEN ${first} AND ${first} + 235959 AND ${minutes} < 60 AND ${seconds} < 60 AND ${isPlain} ` +
    `THEN make_timestamp(${midnight} + (${hours} * 3600 + ${minutes} * 60 + ${seconds}) * 1000000) ` +
    `ELSE ${anyTime} END`
  );
}

function timeInFormatSql(text: string, format: string, offsetMinutes: number): string {
  if (format === 'unix-seconds') return unixSql(text, 10, 1_000_000);
  if (format === 'unix-milliseconds') return unixSql(text, 13, 1000);
  const pattern = quoted(strptimeFormatOf(format));
  if (format.includes('XXX')) {
    return `CAST(try_strptime(regexp_replace(${text}, 'Z$', '+00:00'), ${pattern}) AS TIMESTAMP)`;
  }
  const local = `try_strptime(${text}, ${pattern})`;
  // Without signs between them a missing digit would go unseen: strptime takes one digit for two.
  const exact = /[^A-Za-z]/.test(format) ? local : `CASE WHEN strlen(${text}) = ${format.length} THEN ${local} END`;
  return movedSql(exact, -offsetMinutes);
}

function unixSql(text: string, digits: number, microseconds: number): string {
  return (
    `CASE WHEN regexp_full_match(${text}, '[0-9]{${digits}}') THEN make_timestamp(try_cast(${text} AS ` +
    `BIGINT) * ${microseconds}) END`
  );
}

function minutesOf(offset: string): number {
  const [hours = 0, minutes = 0] = offset.slice(1).split(':').map(Number);
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}
