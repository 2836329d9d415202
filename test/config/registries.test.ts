import { describe, expect, it } from '@jest/globals';
import { bundledMerchants } from '#config/bundled-merchants.ts';
import { loadFees, readFees } from '#config/fees.ts';
import { checkMerchantFiles, loadMerchants, readMerchants } from '#config/merchants.ts';
import { loadSeries, readSeries } from '#config/series.ts';
import { loadUnits, readUnits } from '#config/units.ts';
import { ConfigurationError } from '#shared/domain/failures.ts';
import { gatewayNames } from '#shared/gateways/registry.ts';

const units = loadUnits('dev');
const path = 'config/test/rows.json';
const edited = <Row>(rows: readonly Row[], ...edits: readonly object[]) => ({
  path,
  data: edits.map((edit, index) => ({ ...rows[index], ...edit })),
});

describe('the registries of dev', () => {
  it('load, and each unit has a series for this year and the next', () => {
    const series = loadSeries('dev');
    for (const { unitCode } of units) {
      expect(series.filter((row) => row.unitCode === unitCode).map((row) => row.year)).toEqual([2026, 2027]);
    }
  });

  it('know a default account at every gateway, and one of a unit', () => {
    const merchants = loadMerchants('dev');
    const defaults = merchants.filter((merchant) => merchant.default).map(({ gateway }) => gateway);
    expect(defaults.toSorted()).toEqual(gatewayNames.toSorted());
    expect(merchants).toContainEqual(expect.objectContaining({ gateway: 'vnpay', merchant: 'vpdkdd' }));
  });

  it('hold the 45 rows of the fee catalogue', () => {
    expect(loadFees('dev')).toHaveLength(45);
  });

  it('name only units that exist', () => {
    const known = new Set(units.map(({ unitCode }) => unitCode));
    for (const merchant of loadMerchants('dev')) expect(merchant.units.every((code) => known.has(code))).toBe(true);
  });
});

describe('the registries of prod, which nobody has filled', () => {
  it.each([
    ['units', () => loadUnits('prod'), 'config/prod/units.json'],
    ['series', () => loadSeries('prod'), 'config/prod/units.json'],
    ['merchants', () => loadMerchants('prod'), 'config/prod/merchants.json'],
    ['merchants of a bundle', () => bundledMerchants('prod'), 'config/prod/merchants.json'],
  ])('refuse to load %s and say who fills them', (_name, load, file) => {
    expect(load).toThrow(ConfigurationError);
    expect(load).toThrow(`${file} is not usable: the list is empty`);
    expect(load).toThrow('config/README.md');
  });

  it('refuse fees while a row is a placeholder, naming each row', () => {
    expect(() => loadFees('prod')).toThrow(/25 rows still hold placeholder amounts: QN-001, QN-002, .*QN-040\./);
  });

  it('load the fees once no row is a placeholder', () => {
    const data = loadFees('dev').map((row) => ({ ...row, placeholder: false }));
    expect(readFees({ path, data }, 'prod')).toHaveLength(45);
  });
});

describe('a faulty registry', () => {
  it('is refused with every fault and its place', () => {
    const file = edited(units, { taxCode: '57' }, { unitCode: 'Hồng Gai', colour: 'red' }, { validFrom: '2025-02-30' });
    expect(() => readUnits(file)).toThrow(
      /config\/test\/rows.json is not usable: .*\[0\]\.taxCode: must be 10 digits.*\[1\]\.unitCode: .*\[1\]: .*colour.*\[2\]\.validFrom: must be a date/,
    );
  });

  it.each([null, {}, 'units', 7])('is refused when it is no list: %p', (data) => {
    expect(() => readUnits({ path, data })).toThrow(/config\/test\/rows.json is not usable: the file: /);
  });

  it('must not know a unit twice on one day', () => {
    const [first] = units;
    const twice = {
      path,
      data: [
        { ...first, validTo: '2026-06-30' },
        { ...first, validFrom: '2026-06-30' },
      ],
    };
    expect(() => readUnits(twice)).toThrow(/\[1\]: vpdkdd is valid at the same time as row \[0\]/);
    const renamed = {
      path,
      data: [
        { ...first, validTo: '2026-06-30' },
        { ...first, validFrom: '2026-07-01' },
      ],
    };
    expect(readUnits(renamed)).toHaveLength(2);
  });

  it.each([
    [{ validTo: '2020-01-01' }, /\[0\]: validTo is before validFrom/],
    [{ successor: 'ttpvhcc' }, /\[0\]: vpdkdd has a successor but no validTo/],
    [{ validTo: '2026-01-01', successor: 'nowhere' }, /\[0\]: successor nowhere is no unit of this file/],
  ])('must not end a unit as %j', (edit, why) => {
    expect(() => readUnits(edited(units, edit, {}))).toThrow(why);
  });

  it.each([
    [{ series: '26TAF' }, /\[0\]: series 26TAF does not fit profile P3/],
    [{ series: '27TAA' }, /\[0\]: series 27TAA is not of the year 2026/],
    [{ template: 'EBL02' }, /\[0\]\.template/],
    [{ lastNumber: 100_000_000 }, /\[0\]: lastNumber is larger than 99999999/],
    [{ firstNumber: 500, lastNumber: 499 }, /\[0\]: firstNumber is larger than lastNumber/],
    [{ unitCode: 'nowhere' }, /\[0\]: nowhere is no unit of the units file/],
    [{ taxCode: '5709990022' }, /\[0\]: tax code 5709990022 is not that of vpdkdd/],
  ])('must not declare a series as %j', (edit, why) => {
    expect(() => readSeries(edited(loadSeries('dev'), edit), units)).toThrow(why);
  });

  it('must not declare a series twice', () => {
    const [first] = loadSeries('dev');
    expect(() => readSeries({ path, data: [first, first] }, units)).toThrow(
      /\[1\]: series 5709990011\/EBL01\/26TAA is already in row \[0\]/,
    );
  });

  it.each([
    [[{ default: false }], /vnpay has 0 default accounts; it needs exactly one/],
    [[{}, { default: true }], /vnpay has 2 default accounts/],
    [[{}, { merchant: 'ttpvhcc' }], /\[1\]: account vnpay\/ttpvhcc is already in row \[0\]/],
    [[{}, { units: ['hong-gai'] }], /\[1\]: unit hong-gai at vnpay is already in row \[0\]/],
    [[{ settings: { payUrl: ['x'] } }], /\[0\]\.settings\.payUrl/],
    [[{ hashSecret: 'never here' }], /\[0\]: .*hashSecret/],
  ])('must not hold accounts as %j', (edits, why) => {
    expect(() => readMerchants(edited(loadMerchants('dev'), ...edits))).toThrow(why);
  });

  it.each([
    [{ amountVnd: undefined }, /\[0\]: must have either amountVnd or formulaSpec/],
    [{ formulaSpec: { type: 'notice' } }, /\[0\]: must have either/],
    [{ amountVnd: 0.5 }, /\[0\]\.amountVnd: must be a whole number/],
    [{ kind: 'thue' }, /\[0\]: a tax never gets a fee receipt/],
    [{ onlineDiscount: { rule: 'percent-of', rate: 0.9, confidence: 'confirmed' } }, /\[0\]\.onlineDiscount\.rate/],
    [{ version: undefined }, /\[0\]\.version/],
  ])('must not price a fee as %j', (edit, why) => {
    expect(() => readFees(edited(loadFees('dev'), edit), 'dev')).toThrow(why);
  });
});

describe('the merchants that a bundle takes unchecked', () => {
  it('are the same as those that are checked, in their place and moved elsewhere', () => {
    expect(bundledMerchants('dev')).toEqual(loadMerchants('dev'));
    expect(bundledMerchants('dev', 'http://localhost:5500')).toEqual(loadMerchants('dev', 'http://localhost:5500'));
  });

  it('were checked for every stage when it was made, and a stage that nobody has filled is no fault of it', () => {
    const prod = { path: 'config/prod/merchants.json', data: [] };

    expect(() => checkMerchantFiles()).not.toThrow();
    expect(() => checkMerchantFiles({ dev: edited(loadMerchants('dev'), { merchant: 'TTPVHCC' }), prod })).toThrow(
      /config\/test\/rows.json is not usable: \[0\]\.merchant: must be/,
    );
    expect(() => checkMerchantFiles({ dev: { path, data: null }, prod })).toThrow(
      /rows.json is not usable: the file: /,
    );
  });
});

describe('the origin of merchant settings', () => {
  it('is replaced in every address, paths and plain settings kept', () => {
    const [vnpay, , momo] = loadMerchants('dev', 'http://localhost:5500/ignored');
    expect(vnpay?.settings['payUrl']).toBe('http://localhost:5500/bank/vnpay/ttpvhcc/paymentv2/vpcpay.html');
    expect(momo?.settings['apiBaseUrl']).toBe('http://localhost:5500/bank/momo/ttpvhcc');
  });

  it('cannot be replaced in prod', () => {
    expect(() => loadMerchants('prod', 'http://localhost:5500')).toThrow(
      /MERCHANT_SETTINGS_BASE_URL is set in stage prod/,
    );
  });

  it.each(['localhost:5500', '', 'ftp://localhost'])('is not replaced by %j, which is no address', (baseUrl) => {
    expect(() => loadMerchants('dev', baseUrl)).toThrow(/MERCHANT_SETTINGS_BASE_URL is no address/);
  });
});
