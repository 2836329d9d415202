import { describe, expect, it } from '@jest/globals';
import { businessDateSchema } from '#schemas/ids.ts';
import { collectingUnitSchema, collectorOf, findUnit } from '#shared/domain/collecting-unit.ts';

const facts = { unitCode: 'ha-long', taxCode: '5709990044', address: 'Số 4 đường Thử Nghiệm', agencyCode: 'H49.193' };
const city = collectingUnitSchema.parse({
  ...facts,
  name: 'UBND thành phố Hạ Long',
  validFrom: '2018-01-01',
  validTo: '2025-06-30',
  successor: 'hong-gai',
});
const old = collectingUnitSchema.parse({
  ...facts,
  unitCode: 'so-a',
  name: 'Sở A',
  validFrom: '2018-01-01',
  validTo: '2026-06-30',
});
const renamed = collectingUnitSchema.parse({ ...facts, unitCode: 'so-a', name: 'Sở A và B', validFrom: '2026-07-01' });
const units = [city, old, renamed];
const on = (date: string) => businessDateSchema.parse(date);

describe('findUnit', () => {
  it('keeps the name that a unit had on its date', () => {
    expect(findUnit(units, 'so-a', on('2026-06-30'))).toEqual({ kind: 'found', unit: old });
    expect(findUnit(units, 'so-a', on('2026-07-01'))).toEqual({ kind: 'found', unit: renamed });
  });

  it('names the successor of a unit that has ended', () => {
    expect(findUnit(units, 'ha-long', on('2025-07-01'))).toEqual({ kind: 'not-valid', successor: 'hong-gai' });
  });

  it('knows a unit that does not exist yet from one that never will', () => {
    expect(findUnit(units, 'so-a', on('2017-12-31'))).toEqual({ kind: 'not-valid' });
    expect(findUnit(units, 'hong-gai', on('2026-01-01'))).toEqual({ kind: 'unknown' });
  });
});

describe('collectorOf', () => {
  it('gives what a receipt prints, and no more', () => {
    expect(collectorOf(city)).toEqual({ ...facts, name: 'UBND thành phố Hạ Long' });
  });
});
