import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type * as z from 'zod/mini';
import {
  attemptNumberSchema,
  businessDateSchema,
  chargeNumberSchema,
  checkDigitOf,
  feeCodeSchema,
  gatewayNameSchema,
  instantSchema,
  lookupCodeSchema,
  merchantNameSchema,
  payerTaxCodeSchema,
  paymentIdSchema,
  taxCodeSchema,
  unitCodeSchema,
} from '#schemas/ids.ts';

/** The first thirteen digits of an id: as many as fit below 2^53 with two more digits behind the check digit. */
const stems = fc.bigInt({ min: 1_000_000_000_000n, max: 9_007_199_254_739n }).map(String);
const ids = stems.map((stem) => stem + checkDigitOf(stem));

describe('a payment id', () => {
  it('has the check digit of ISO 7064 MOD 11,10', () => {
    // The worked example of the standard: 0794 has the check digit 5.
    expect(checkDigitOf('0794')).toBe('5');
  });

  it('is accepted when its check digit is right', () => {
    fc.assert(fc.property(ids, (id) => paymentIdSchema.safeParse(id).success));
  });

  it('is refused with any single digit wrong', () => {
    fc.assert(
      fc.property(ids, fc.nat(13), fc.integer({ min: 1, max: 9 }), (id, place, offset) => {
        const wrong = (Number(id[place]) + offset) % 10;
        return !paymentIdSchema.safeParse(id.slice(0, place) + wrong + id.slice(place + 1)).success;
      }),
    );
  });

  it('leaves room for two more digits in an exact JSON number', () => {
    fc.assert(fc.property(ids, (id) => Number.isSafeInteger(Number(`${id}99`))));
    const tooLarge = '9007199254741';
    expect(faultsOf(paymentIdSchema, tooLarge + checkDigitOf(tooLarge))).toContain('must be below 90071992547409');
  });

  it.each([
    '',
    '0',
    '01234567890123',
    '1000000000000',
    '100000000000091',
    '１００００００００００００９',
    ' 10000000000009',
    10000000000009,
    null,
  ])('is never %j', (id) => {
    expect(paymentIdSchema.safeParse(id).success).toBe(false);
  });

  it('says that a digit may be mistyped when only the check digit is wrong', () => {
    expect(faultsOf(paymentIdSchema, '22611220000184')).toEqual(['the check digit is wrong: was a digit mistyped?']);
  });
});

const cases: readonly {
  readonly what: string;
  readonly schema: z.ZodMiniType;
  readonly good: readonly string[];
  readonly bad: readonly unknown[];
}[] = [
  { what: 'an attempt number', schema: attemptNumberSchema, good: ['01', '99'], bad: ['00', '1', '100', '0１', 1] },
  { what: 'a charge number', schema: chargeNumberSchema, good: ['01', '45'], bad: ['00', '46', '99', '1'] },
  {
    what: 'a gateway name',
    schema: gatewayNameSchema,
    good: ['vnpay', 'zalo-pay'],
    bad: ['v', 'VNPAY', '-vnpay', '__proto__', 'a/b'],
  },
  {
    what: 'a merchant name',
    schema: merchantNameSchema,
    good: ['vpdkdd', '1'],
    bad: ['', 'a b', 'a#b', '../x', '__proto__'],
  },
  {
    what: 'a tax code',
    schema: taxCodeSchema,
    good: ['5701234567', '5701234567-001'],
    bad: ['570123456', '5701234567001', '5701234567-01', '012345678901'],
  },
  {
    what: 'a payer’s tax code',
    schema: payerTaxCodeSchema,
    good: ['5701234567', '012345678901'],
    bad: ['01234567890', '5701234567-1', 5701234567],
  },
  {
    what: 'a unit code',
    schema: unitCodeSchema,
    good: ['vpdkdd', 'hong-gai'],
    bad: ['v', 'Vpdkdd', '__proto__', 'a'.repeat(31)],
  },
  { what: 'a fee code', schema: feeCodeSchema, good: ['QN-006'], bad: ['qn-006', 'Q', '-QN', 'Q'.repeat(31)] },
  {
    what: 'a look-up code',
    schema: lookupCodeSchema,
    good: ['K7QW2M9XPT4R'],
    bad: ['K7QW2M9XPT4', 'I7QW2M9XPT4R', 'O7QW2M9XPT4R', '17QW2M9XPT4R', 'k7qw2m9xpt4r'],
  },
  {
    what: 'an instant',
    schema: instantSchema,
    good: ['2026-11-22T02:15:30.000Z', '2024-02-29T23:59:59.999Z'],
    bad: [
      '2026-11-22T09:15:30.000+07:00',
      '2026-11-22T02:15:30Z',
      '2026-02-29T00:00:00.000Z',
      '2026-11-22T24:00:00.000Z',
      '2026-11-22',
      1_795_313_730_000,
    ],
  },
  {
    what: 'a business date',
    schema: businessDateSchema,
    good: ['2026-11-22', '2024-02-29'],
    bad: ['2026-02-29', '22/11/2026', '2026-11-22T00:00:00.000Z'],
  },
];

describe.each(cases)('$what', ({ schema, good, bad }) => {
  it.each(good)('may be %j', (value) => {
    expect(schema.safeParse(value).success).toBe(true);
  });

  it.each([...bad, 'x'.repeat(10_000), `${good[0]}\n`, `\u202e${good[0]}`])('is never %j', (value) => {
    expect(schema.safeParse(value).success).toBe(false);
  });
});

function faultsOf(schema: z.ZodMiniType, value: unknown): readonly string[] {
  return schema.safeParse(value).error?.issues.map(({ message }) => message) ?? [];
}
