import { describe, expect, it } from '@jest/globals';
import { instantSchema } from '#schemas/ids.ts';
import {
  compactTimeSchema,
  spacedTimeOf,
  spacedTimeSchema,
  unixMsSchema,
  utcTimeOf,
  utcTimeSchema,
} from '#shared/gateways/wire-times.ts';

describe('a time on the wire', () => {
  it.each([
    ['20260305143258', '2026-03-05T07:32:58.000Z'],
    ['20260230143258', null],
    ['2026-03-05 14:32:58', null],
    ['', null],
    [undefined, null],
  ])('in compact form, %j, is Vietnamese: %j', (text, instant) => {
    expect(compactTimeSchema.parse(text)).toBe(instant);
  });

  it.each([
    ['2026-03-05 15:01:07', '2026-03-05T08:01:07.000Z'],
    ['2026-03-05T15:01:07', '2026-03-05T08:01:07.000Z'],
    ['2026-03-05T15:01:07+07:00', '2026-03-05T08:01:07.000Z'],
    ['2026-03-05T08:01:07.250Z', '2026-03-05T08:01:07.250Z'],
    ['2026-02-30 15:01:07', null],
    ['2026-02-30T15:01:07Z', null],
    ['2026-03-05 24:01:07', null],
    ['yesterday', null],
    ['', null],
  ])('with spaces, %j, is Vietnamese unless it names its zone: %j', (text, instant) => {
    expect(spacedTimeSchema.parse(text)).toBe(instant);
  });

  it.each([
    ['1772697178942', '2026-03-05T07:52:58.942Z'],
    ['0', '1970-01-01T00:00:00.000Z'],
    ['-1', null],
    ['1.5', null],
    ['9999999999999999', null],
    ['99999999999999999', null],
    ['', null],
  ])('in Unix milliseconds, %j, is %j', (text, instant) => {
    expect(unixMsSchema.parse(text)).toBe(instant);
  });

  it.each([
    ['20260305T073258Z', '2026-03-05T07:32:58.000Z'],
    ['20260230T073258Z', null],
    ['20260305T073258', null],
    ['2026-03-05T07:32:58', null],
    ['', null],
  ])('in basic form, %j, is in UTC: %j', (text, instant) => {
    expect(utcTimeSchema.parse(text)).toBe(instant);
  });

  it('is written as it is read, without milliseconds', () => {
    const newYear = instantSchema.parse('2026-12-31T17:00:00.999Z');
    expect(spacedTimeOf(newYear)).toBe('2027-01-01 00:00:00');
    expect(utcTimeOf(newYear)).toBe('20261231T170000Z');
    expect(spacedTimeSchema.parse(spacedTimeOf(newYear))).toBe('2026-12-31T17:00:00.000Z');
    expect(utcTimeSchema.parse(utcTimeOf(newYear))).toBe('2026-12-31T17:00:00.000Z');
  });
});
