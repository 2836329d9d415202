import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import * as z from 'zod';
import {
  literalTextSchema,
  NumberLiteral,
  optionalTextSchema,
  readJson,
  readJsonBody,
} from '#shared/gateways/json-literals.ts';

const literal = (text: string) => new NumberLiteral(text);

describe('JSON with literals', () => {
  it.each(['12345678901234567891', '1.10', '-0', '1E400', '0.1e+2'])(
    'keeps the number %s as it was written',
    (number) => {
      expect(readJson(`{"a":[${number}],"b":"${number}"}`)).toEqual({
        ok: true,
        value: { a: [literal(number)], b: number },
      });
    },
  );

  it('keeps a bare number', () => {
    expect(readJson('  42 ')).toEqual({ ok: true, value: literal('42') });
  });

  it.each([
    ['other values', '{"amount":1,"amount":2}'],
    ['equal values', '{"amount":1,"amount":1}'],
    ['an escape in one of them', '{"amount":1,"am\\u006funt":1}'],
    ['white space before the colon', '{"a" : 1, "a"\n: 2}'],
    ['the name __proto__', '{"__proto__":1,"__proto__":1}'],
    ['the name constructor', '{"constructor":1,"constructor":{}}'],
    ['the empty name', '{"":1,"":2}'],
    ['an object in between', '{"a":{"b":1},"c":[{"a":1}],"a":2}'],
    ['depth', '[[{"x":{"a":1,"b":[],"a":2}}]]'],
  ])('refuses a repeated key with %s', (_what, text) => {
    expect(readJson(text)).toEqual({ ok: false, why: 'a JSON key is repeated' });
  });

  it.each([
    ['the same key in neighbours', '[{"a":1},{"a":1}]'],
    ['the same key inside', '{"a":{"a":{"a":1}}}'],
    ['a value that looks like the key', '{"a":"a","b":"a"}'],
    ['a value that looks like JSON', '{"a":"{\\"b\\":1,\\"b\\":2}","b":"\\\\"}'],
    ['a brace in a text', '{"a":"}","b":{"a":"{"},"c":1}'],
  ])('takes %s for no repetition', (_what, text) => {
    expect(readJson(text).ok).toBe(true);
  });

  it('reads __proto__ as a key like any other', () => {
    const reading = readJson('{"__proto__":{"isAdmin":true},"a":1}');
    const value = z.looseObject({}).parse(reading.ok ? reading.value : undefined);
    expect(JSON.stringify(reading)).toContain('"__proto__":{"isAdmin":true}');
    expect(value).not.toHaveProperty('isAdmin');
  });

  it.each(['', 'amount=1', '{"a":1,}', "{'a':1}", '{"a":01}', '{"a":NaN}', '\ufeff{}', '{"a":1}{}', '["\t"]'])(
    'refuses what is not JSON: %j',
    (text) => {
      expect(readJson(text)).toMatchObject({ ok: false });
    },
  );

  it('refuses nesting that would exhaust the stack', () => {
    expect(readJson('['.repeat(60_000) + ']'.repeat(60_000))).toMatchObject({ ok: false });
  });

  it('agrees with JSON.parse on every JSON text, numbers aside', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const reading = readJson(text);
        const withoutLiterals: unknown = JSON.parse(
          JSON.stringify(reading.ok ? reading.value : undefined, (_key, value: unknown) =>
            value instanceof NumberLiteral ? Number(value.text) : value,
          ),
        );
        expect(withoutLiterals).toEqual(JSON.parse(JSON.stringify(JSON.parse(text))));
      }),
    );
  });

  it('takes text and numbers for literal text, and nothing else', () => {
    expect(literalTextSchema.parse(literal('0075'))).toBe('0075');
    expect(literalTextSchema.parse('75k')).toBe('75k');
    const others = [true, null, {}, [], undefined, 75];
    expect(others.filter((other) => literalTextSchema.safeParse(other).success)).toEqual([]);
  });

  it('takes what is left out, and null, for an empty text', () => {
    expect([undefined, null, '', 'x'].map((value) => optionalTextSchema.parse(value))).toEqual(['', '', '', 'x']);
    expect(optionalTextSchema.safeParse({}).success).toBe(false);
  });

  it('is read from bytes in UTF-8 alone', () => {
    expect(readJsonBody(new TextEncoder().encode('{"a":"Phí"}'))).toEqual({ ok: true, value: { a: 'Phí' } });
    expect(readJsonBody(Uint8Array.of(0x22, 0xff, 0x22))).toEqual({ ok: false, why: 'the body is not UTF-8' });
    expect(readJsonBody(new Uint8Array())).toMatchObject({ ok: false });
  });
});
