import { describe, expect, it } from '@jest/globals';
import units from '#config/dev/units.json' with { type: 'json' };
import { readUnits } from '#config/units.ts';

describe('the registry of collecting units', () => {
  const [landOffice, ...others] = units;
  const read = (...rows: object[]) => readUnits({ path: 'config/test/units.json', data: [...rows, ...others] });

  it('refuses two units with one tax code at the same time: a unit is a collecting organisation', () => {
    expect(() => read(landOffice ?? {}, { ...landOffice, unitCode: 'chi-nhanh' })).toThrow(
      /\[0\]: tax code 5709990011 is that of chi-nhanh at the same time; \[1\]: tax code 5709990011 is that of vpdkdd/,
    );
  });

  it('takes a tax code that passes to another unit', () => {
    const until = { ...landOffice, validTo: '2026-12-31' };
    const from = { ...landOffice, unitCode: 'vpdkdd-moi', validFrom: '2027-01-01' };

    expect(read(until, from)).toHaveLength(units.length + 1);
  });
});
