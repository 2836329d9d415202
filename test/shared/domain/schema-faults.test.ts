import { describe, expect, it } from '@jest/globals';
import * as z from 'zod/mini';
import { faultsOfSchema, isSchemaError } from '#shared/domain/schema-faults.ts';

const schema = z.strictObject({
  stage: z.enum(['dev', 'prod']),
  name: z.string().check(z.minLength(3)),
  days: z.array(z.int().check(z.maximum(31, 'no month is so long'))),
});

function errorOf(value: unknown) {
  const { error } = schema.safeParse(value);
  if (error === undefined) throw new Error('the value fits');
  return error;
}

describe('the faults of a value', () => {
  it('are told in words, each at its place, whether the words are ours or the library’s', () => {
    expect(faultsOfSchema(errorOf({ stage: 'test', name: 'a', days: [1, 32, '3'], more: 1 }))).toEqual([
      { path: ['stage'], message: 'Invalid option: expected one of "dev"|"prod"' },
      { path: ['name'], message: 'Too small: expected string to have >=3 characters' },
      { path: ['days', 1], message: 'no month is so long' },
      { path: ['days', 2], message: 'Invalid input: expected number, received string' },
      { path: [], message: 'Unrecognized key: "more"' },
    ]);
  });

  it('never tell what stood there', () => {
    expect(JSON.stringify(faultsOfSchema(errorOf({ stage: 'secret-1', name: 7, days: 'secret-2' })))).not.toMatch(
      /secret/,
    );
  });
});

describe('the error of a schema', () => {
  it('is known, thrown or returned, and no other error is taken for it', () => {
    const thrown = (() => {
      try {
        return schema.parse({});
      } catch (error) {
        return error;
      }
    })();

    expect([thrown, errorOf({})].map(isSchemaError)).toEqual([true, true]);
    expect([new Error('no'), { issues: [] }, undefined].map(isSchemaError)).toEqual([false, false, false]);
  });
});
