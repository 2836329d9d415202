import { describe, expect, it } from '@jest/globals';
import { encodeForm, readForm, readFormValues, selectSigned } from '#shared/gateways/form-fields.ts';

describe('form data', () => {
  it('decodes plus signs and escapes, and keeps the characters of the wire', () => {
    expect(readForm('a=Thanh+to%C3%A1n%2b&b=&c&=d')).toEqual({
      ok: true,
      fields: [
        { name: 'a', value: 'Thanh toán+', wire: 'a=Thanh+to%C3%A1n%2b' },
        { name: 'b', value: '', wire: 'b=' },
        { name: 'c', value: '', wire: 'c' },
        { name: '', value: 'd', wire: '=d' },
      ],
    });
  });

  it('keeps equals signs inside a value and passes over empty parts', () => {
    expect(readForm('&&a=b=c&')).toMatchObject({ ok: true, fields: [{ name: 'a', value: 'b=c' }] });
  });

  it.each(['a=1&b=2&a=1', 'a=1&%61=2', 'a+b=1&a%20b=1', 'constructor=1&constructor=2', '__proto__=1&__proto__=1'])(
    'refuses a repeated parameter: %s',
    (query) => {
      expect(readForm(query)).toEqual({ ok: false, why: 'a query parameter is repeated' });
    },
  );

  it.each([
    ['bytes that are not UTF-8', 'a=%FF'],
    ['an overlong encoding', 'a=%C0%AF'],
    ['an encoded surrogate', 'a=%ED%A0%80'],
    ['an escape that is cut off', 'a=%E1%BB'],
    ['an escape without digits', 'a=50%'],
    ['a faulty name', '%zz=1'],
    ['half a surrogate pair', 'a=\ud800'],
  ])('refuses %s', (_what, query) => {
    expect(readForm(query)).toMatchObject({ ok: false });
  });

  it('gives decoded values by name', () => {
    expect(readFormValues('a=Thanh+to%C3%A1n&b=&__proto__=1')).toEqual({
      ok: true,
      value: Object.fromEntries([
        ['a', 'Thanh toán'],
        ['b', ''],
        ['__proto__', '1'],
      ]),
    });
    expect(readFormValues('a=1&a=1')).toEqual({ ok: false, why: 'a query parameter is repeated' });
  });

  it('selects what a signature covers: by name, without empty values, sorted', () => {
    const fields = ['b', 'B', 'a_1', 'x', 'a', 'c'].map((name) => ({ name, value: name === 'c' ? '' : name }));
    const names = selectSigned(fields, (name) => name !== 'x').map(({ name }) => name);
    expect(names).toEqual(['B', 'a', 'a_1', 'b']);
  });

  it('encodes as forms do: a plus for a space, an asterisk kept, capitals in escapes', () => {
    expect(encodeForm([{ name: 'text', value: "Phí (a) 'b' c! d~e f*g-._" }])).toBe(
      'text=Ph%C3%AD+%28a%29+%27b%27+c%21+d%7Ee+f*g-._',
    );
  });
});
