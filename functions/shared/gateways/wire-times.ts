import * as z from 'zod/mini';
import type { Instant } from '#schemas/ids.ts';
import { instantOfUnixMs, instantOfVietnamTime, vietnamTimeOf } from '#shared/domain/calendar.ts';

// An unreadable time never costs a payment: it becomes null, and our own clock stands in for it.

/** `yyyyMMddHHmmss`, Vietnam's time; it may be left out. */
export const compactTimeSchema = z.pipe(z._default(z.string(), ''), timeSchema(instantOfVietnamTime));

/** `YYYY-MM-DD HH:mm:ss`, Vietnam's time where the text names no zone (gateway specification §0 rule 9). */
export const spacedTimeSchema = timeSchema((text) =>
  zonedTimeSchema.safeParse(text).success
    ? instantOfUnixMs(Date.parse(text))
    : instantOfVietnamTime(text.replace(/^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)$/, '$1$2$3$4$5$6')),
);

/** Writes `YYYY-MM-DD HH:mm:ss`, Vietnam's time. */
export function spacedTimeOf(instant: Instant): string {
  return vietnamTimeOf(instant).replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '$1-$2-$3 $4:$5:$6');
}

/** `yyyyMMddTHHmmssZ`, UTC. */
export const utcTimeSchema = timeSchema((text) => {
  const iso = text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');
  return zonedTimeSchema.safeParse(iso).success ? instantOfUnixMs(Date.parse(iso)) : undefined;
});

/** Writes `yyyyMMddTHHmmssZ`, UTC; milliseconds are cut off. */
export function utcTimeOf(instant: Instant): string {
  return instant.replace(/\.\d+Z$/, 'Z').replaceAll(/[:-]/g, '');
}

/** Unix milliseconds. */
export const unixMsSchema = timeSchema((text) => (/^\d{1,16}$/.test(text) ? instantOfUnixMs(Number(text)) : undefined));

const zonedTimeSchema = z.iso.datetime({ offset: true });

function timeSchema(read: (text: string) => Instant | undefined) {
  return z.pipe(
    z.string(),
    z.transform((text) => read(text) ?? null),
  );
}
