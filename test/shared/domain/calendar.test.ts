import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { instantSchema } from '#schemas/ids.ts';
import { businessDateOf, instantOfUnixMs, instantOfVietnamTime, vietnamTimeOf } from '#shared/domain/calendar.ts';

const at = (text: string) => instantSchema.parse(text);

describe('the calendar', () => {
  it('writes an instant as the clock on a Vietnamese wall', () => {
    expect(vietnamTimeOf(at('2026-03-05T07:32:58.000Z'))).toBe('20260305143258');
  });

  it('cuts milliseconds off instead of rounding them up', () => {
    expect(vietnamTimeOf(at('2026-12-31T16:59:59.999Z'))).toBe('20261231235959');
  });

  it.each([
    ['2026-11-22T16:59:59.999Z', '2026-11-22'],
    ['2026-11-22T17:00:00.000Z', '2026-11-23'],
    ['2026-12-31T17:00:00.000Z', '2027-01-01'],
    ['2028-02-28T17:00:00.000Z', '2028-02-29'],
  ])('puts %s on the business day %s', (instant, day) => {
    expect(businessDateOf(at(instant))).toBe(day);
  });

  it('reads Vietnamese time back as the same instant, for any second of four centuries', () => {
    const seconds = fc.integer({ min: Date.UTC(1900, 0) / 1_000, max: Date.UTC(2300, 0) / 1_000 });
    fc.assert(
      fc.property(seconds, (second) => {
        const instant = at(new Date(second * 1_000).toISOString());
        expect(instantOfVietnamTime(vietnamTimeOf(instant))).toBe(instant);
      }),
    );
  });

  it.each([
    ['the 30th of February', '20260230120000'],
    ['month 13', '20261345250000'],
    ['month 0', '20260005120000'],
    ['hour 24', '20260305240000'],
    ['second 60', '20260305235960'],
    ['the 29th of February of a common year', '20270229000000'],
    ['13 digits', '2026030514325'],
    ['another form of time', '2026-03-05T14:32:58'],
    ['a sign', '+2026030514325'],
    ['digits of another script', '２０２６０３０５１４３２５８'],
    ['the year 0', '00000101000000'],
    ['nothing', ''],
    ['10 000 digits', '2'.repeat(10_000)],
  ])('says nothing for %s', (_what, text) => {
    expect(instantOfVietnamTime(text)).toBeUndefined();
  });

  it('reads Unix milliseconds, and says nothing for what is no time', () => {
    expect(instantOfUnixMs(1_772_697_178_942)).toBe('2026-03-05T07:52:58.942Z');
    expect(instantOfUnixMs(Number.NaN)).toBeUndefined();
    expect(instantOfUnixMs(8.64e15 + 1)).toBeUndefined();
    expect(instantOfUnixMs(Date.UTC(10_000, 0))).toBeUndefined();
  });
});
