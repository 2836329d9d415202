import { describe, expect, it } from '@jest/globals';
import { monthSchema } from '#schemas/day-close.ts';
import { businessDateSchema, instantSchema } from '#schemas/ids.ts';
import {
  closeDueAt,
  dayAfter,
  daysOfMonth,
  exceptionDueAt,
  fileDueAt,
  workingDayAfter,
} from '#shared/domain/working-days.ts';
import { settings } from '#test/support/reconciliation-scene.ts';

const day = (text: string) => businessDateSchema.parse(text);
const calendar = {
  ...settings,
  daysOff: [{ day: day('2027-01-01'), name: 'Tết Dương lịch' }],
  workedDays: [{ day: day('2026-12-26'), name: 'Làm bù' }],
};

describe('the working days', () => {
  it.each([
    ['a Monday', '2026-11-23', '2026-11-24'],
    ['a Friday', '2026-11-27', '2026-11-30'],
    ['a Saturday', '2026-11-28', '2026-11-30'],
    ['a Friday before a Saturday that is worked', '2026-12-25', '2026-12-26'],
    ['the eve of a holiday', '2026-12-31', '2027-01-04'],
  ])('after %s go on with the next one', (_name, from, next) => {
    expect(workingDayAfter(calendar, day(from), 1)).toBe(next);
  });

  it('let a day be closed until 17:00 of the next one, in Vietnam', () => {
    expect(closeDueAt(calendar, day('2026-12-31'))).toBe('2027-01-04T10:00:00.000Z');
  });

  it('do not matter for files: gateways send them every day', () => {
    expect(fileDueAt(calendar, day('2026-12-31'))).toBe('2027-01-01T02:00:00.000Z');
  });

  it.each([
    ['in the morning', 'THIEU_BIEN_LAI', '2026-11-24T01:00:00.000Z', '2026-11-24T10:00:00.000Z'],
    ['at the closing hour', 'THIEU_BIEN_LAI', '2026-11-24T10:00:00.000Z', '2026-11-25T10:00:00.000Z'],
    ['on a Sunday', 'THIEU_BIEN_LAI', '2026-11-29T01:00:00.000Z', '2026-11-30T10:00:00.000Z'],
    ['on a Friday', 'THIEU_NOI_BO', '2026-11-27T01:00:00.000Z', '2026-11-30T10:00:00.000Z'],
    ['over a weekend', 'LECH_TIEN', '2026-11-26T01:00:00.000Z', '2026-12-01T10:00:00.000Z'],
    ['just after midnight in Vietnam', 'THIEU_NOI_BO', '2026-11-23T17:00:00.000Z', '2026-11-25T10:00:00.000Z'],
  ] as const)('give an exception found %s its time by class %s', (_name, name, foundAt, dueAt) => {
    expect(exceptionDueAt(calendar, name, instantSchema.parse(foundAt))).toBe(dueAt);
  });

  it('are counted over the ends of months and years', () => {
    expect([dayAfter(day('2027-02-28')), dayAfter(day('2028-02-28')), dayAfter(day('2027-01-01'), -1)]).toEqual([
      '2027-03-01',
      '2028-02-29',
      '2026-12-31',
    ]);
    expect(daysOfMonth(monthSchema.parse('2028-02'))).toHaveLength(29);
    expect(daysOfMonth(monthSchema.parse('2026-12')).at(-1)).toBe('2026-12-31');
  });
});
