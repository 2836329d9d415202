import { describe, expect, it } from '@jest/globals';
import { procedureCodeSchema } from '#schemas/codes.ts';
import { businessDateSchema } from '#schemas/ids.ts';
import { compactOf, isProcedureCode, plainProcedureCode, readDossierCode } from '#shared/domain/dossier-code.ts';
import codes from '#test/fixtures/vectors/dossier-codes.json' with { type: 'json' };

const context = { today: businessDateSchema.parse(codes.clock), province: codes.province };

describe('readDossierCode', () => {
  it.each(codes.vectors.filter(({ valid }) => valid))('reads $code: $note', (vector) => {
    const { code, form, agency, date, sequence, compact } = vector;
    expect(readDossierCode(code, context)).toEqual({ ok: true, code, form, agency, date, sequence, compact });
  });

  it.each(codes.vectors.filter(({ valid }) => !valid))('refuses "$code" because of $reason: $note', (vector) => {
    expect(readDossierCode(vector.code, context)).toEqual({ ok: false, reason: vector.reason });
  });

  it('takes a dossier of tomorrow once tomorrow has come', () => {
    const code = 'H49.14-261123-0001';
    expect(readDossierCode(code, context)).toEqual({ ok: false, reason: 'future-date' });
    const tomorrow = { ...context, today: businessDateSchema.parse('2026-11-23') };
    expect(readDossierCode(code, tomorrow)).toMatchObject({ ok: true });
  });

  it('belongs to one province: the same codes are foreign elsewhere', () => {
    expect(readDossierCode('H49.14-261122-0001', { ...context, province: 'H56' })).toEqual({
      ok: false,
      reason: 'other-root-agency',
    });
  });

  it('is quick with long hostile text', () => {
    expect(readDossierCode('H49.'.repeat(100_000), context)).toEqual({ ok: false, reason: 'pattern' });
  });
});

describe('compactOf', () => {
  it('keeps letters and digits only', () => {
    expect(compactOf('000.00.01.H49-220630-0001')).toBe('0000001H492206300001');
  });
});

describe('isProcedureCode', () => {
  it.each(codes.procedureCodes)('says $valid of $code', ({ code, valid }) => {
    expect(isProcedureCode(code)).toBe(valid);
  });
});

describe('plainProcedureCode', () => {
  it.each(['1.012753', '1.012753.H49', '1.012753.000.00.00.H49', '1.012753.000.00.00.H49.01'])(
    'finds the national part of %s',
    (code) => {
      expect(plainProcedureCode(procedureCodeSchema.parse(code))).toBe('1.012753');
    },
  );
});
