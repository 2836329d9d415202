import { describe, expect, it } from '@jest/globals';
import { debtIdSchema, dossierCodeSchema, procedureCodeSchema } from '#schemas/codes.ts';

describe('a dossier code', () => {
  it.each(['H49.14-261122-0001', '000.00.01.H49-220630-0001', 'H49-261122-000001', 'H49.14.03.2A.0.Z-261122-0001'])(
    'may be %s',
    (code) => {
      expect(dossierCodeSchema.safeParse(code).success).toBe(true);
    },
  );

  it.each([
    '',
    'H49.14-261122-001',
    'h49.14-261122-0001',
    'H49.14_261122_0001',
    'H49.14-261122-0001 ',
    'H49..14-261122-0001',
    `H49${'.14'.repeat(6)}-261122-0001`,
  ])('is never %j', (code) => {
    expect(dossierCodeSchema.safeParse(code).success).toBe(false);
  });

  it('is refused in no time however long the text is', () => {
    const start = performance.now();
    expect(dossierCodeSchema.safeParse(`H49${'.1'.repeat(500_000)}!`).success).toBe(false);
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});

describe('a procedure code', () => {
  it.each(['1.012753', '1.012753.H49', '1.012753.H49.14', '1.012753.000.00.01.H49'])('may be %s', (code) => {
    expect(procedureCodeSchema.safeParse(code).success).toBe(true);
  });

  it.each(['', '4.012753', '1.12753', '1.012753.', '1.012753.h49', '1012753'])('is never %j', (code) => {
    expect(procedureCodeSchema.safeParse(code).success).toBe(false);
  });
});

describe('a debt id', () => {
  it.each(['main', '2026-11.2_A'])('may be %s', (id) => {
    expect(debtIdSchema.safeParse(id).success).toBe(true);
  });

  it.each(['', '__proto__', '#main', 'a b', 'x'.repeat(41)])('is never %j', (id) => {
    expect(debtIdSchema.safeParse(id).success).toBe(false);
  });
});
