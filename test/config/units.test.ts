import { describe, expect, it } from '@jest/globals';
import series from '#config/dev/series.json' with { type: 'json' };
import units from '#config/dev/units.json' with { type: 'json' };
import { readSeries } from '#config/series.ts';
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

  it('takes a unit that collects for another organisation, which is never the unit itself', () => {
    const delegator = { name: 'Sở Nông nghiệp và Môi trường tỉnh Quảng Ninh', taxCode: '5709990077' };

    expect(read({ ...landOffice, delegator })[0]?.delegator).toEqual(delegator);
    expect(() => read({ ...landOffice, delegator: { ...delegator, taxCode: '5709990011' } })).toThrow(
      /\[0\]: delegator is the unit itself/,
    );
  });
});

describe('a series that a delegator shares with its delegates', () => {
  const delegator = { name: 'Sở Nông nghiệp và Môi trường tỉnh Quảng Ninh', taxCode: '5709990077' };
  const collectors = readUnits({
    path: 'config/test/units.json',
    data: units.map((unit, index) => (index < 2 ? { ...unit, delegator } : unit)),
  });
  const [first, second, third] = series;
  const read = (...rows: object[]) => readSeries({ path: 'config/test/series.json', data: rows }, collectors);
  const half = { ...second, series: '26TAA', firstNumber: 50_001 };

  it('is split between them: each has numbers of its own', () => {
    expect(read({ ...first, lastNumber: 50_000 }, half)).toHaveLength(2);
    expect(() => read({ ...first, lastNumber: 50_001 }, half)).toThrow(
      /\[1\]: numbers of 26TAA overlap with 1–50001 of vpdkdd, for the same delegator/,
    );
  });

  it('has nothing to do with a series of the same symbol of another organisation', () => {
    expect(read({ ...first }, { ...third, series: '26TAA' })).toHaveLength(2);
  });
});
