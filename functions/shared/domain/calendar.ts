import { type BusinessDate, businessDateSchema, type Instant, instantSchema } from '#schemas/ids.ts';

/** Vietnam keeps UTC+7 all year: plain arithmetic, without time zone data and never in the server's zone. */
const aheadOfUtcMs = 7 * 60 * 60 * 1000;

/** The clock on a Vietnamese wall, `yyyyMMddHHmmss`, as gateways write it; milliseconds are cut off. */
export function vietnamTimeOf(instant: Instant): string {
  return wallClockOf(instant).replaceAll(/\D/g, '').slice(0, 14);
}

/** Reads `yyyyMMddHHmmss` as Vietnamese time; says nothing when it is no real date and time. */
export function instantOfVietnamTime(text: string): Instant | undefined {
  const iso = text.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '$1-$2-$3T$4:$5:$6.000+07:00');
  const instant = instantOfUnixMs(Date.parse(iso));
  // Date.parse rolls 30 February over into March; writing the time back unmasks it.
  return instant !== undefined && vietnamTimeOf(instant) === text ? instant : undefined;
}

/** Reads Unix milliseconds; says nothing for what is no instant between the years 0 and 9999. */
export function instantOfUnixMs(ms: number): Instant | undefined {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? undefined : instantSchema.safeParse(date.toISOString()).data;
}

/** So much later than an instant, or earlier when negative. */
export function instantAfter(instant: Instant, milliseconds: number): Instant {
  return instantSchema.parse(new Date(Date.parse(instant) + milliseconds).toISOString());
}

/** The calendar day in Vietnam, which is the day of a gateway's statement and of our books. */
export function businessDateOf(instant: Instant): BusinessDate {
  return businessDateSchema.parse(wallClockOf(instant).slice(0, 10));
}

function wallClockOf(instant: Instant): string {
  return new Date(Date.parse(instant) + aheadOfUtcMs).toISOString();
}
