import { describe, expect, it } from '@jest/globals';
import { readJson } from '#shared/gateways/json-literals.ts';
import { signedTextOf, signedValuesOf, signMessage, signValues, verifyMessage } from '#shared/gateways/payos/signer.ts';
import { payosSecret, payosTransfer } from '#test/support/payos-messages.ts';

function read(json: string): unknown {
  const reading = readJson(json);
  if (!reading.ok) throw new Error(reading.why);
  return reading.value;
}

const textOf = (json: string) => {
  const values = signedValuesOf(read(json));
  return values === undefined ? undefined : signedTextOf(values);
};

describe("payOS's signature", () => {
  it('covers every name, sorted, with raw values and empty ones kept', () => {
    expect(textOf('{"b":"Lệ phí & = % + # ✅","a":"","C":true,"_d":"x"}')).toBe('C=true&_d=x&a=&b=Lệ phí & = % + # ✅');
  });

  it('takes null and its name for nothing', () => {
    expect(textOf('{"a":null,"b":"null","c":"undefined","d":" null"}')).toBe('a=&b=&c=&d= null');
  });

  it('keeps numbers as they were written', () => {
    expect(textOf('{"a":9007199254740993,"b":1.10,"c":-0}')).toBe('a=9007199254740993&b=1.10&c=-0');
  });

  it('takes an array for JSON whose objects have their names sorted', () => {
    expect(textOf('{"a":[{"y":"Á\\n","x":[]}]}')).toBeUndefined();
    expect(textOf('{"a":[{"y":"Á\\n","x":1.50},null,"s"],"b":[]}')).toBe('a=[{"x":1.50,"y":"Á\\n"},null,"s"]&b=[]');
  });

  it.each([
    '[]',
    'null',
    '"a=1"',
    '5',
    '{"a":{}}',
    '{"a":[[1]]}',
    '{"a":[{"b":{}}]}',
    '{"a=1&b":2}',
    '{"a&b":2}',
    '{"":1}',
    '{"a":"1&b=2"}',
    '{"a":["1&b=2"]}',
  ])('covers nothing of %s, whose text would be ambiguous or incomplete', (json) => {
    expect(textOf(json)).toBeUndefined();
    const signature = signValues({ a: '1' }, payosSecret);
    expect(verifyMessage({ data: read(json), signature }, [payosSecret])).toBeUndefined();
  });

  const data = payosTransfer();
  const values = signedValuesOf(data) ?? {};
  const signature = signValues(values, payosSecret);

  it.each(Object.keys(data))('is broken by a change of %s', (name) => {
    expect(verifyMessage({ data: { ...data, [name]: 'other' }, signature }, [payosSecret])).toBeUndefined();
  });

  it.each(Object.keys(data))('is broken by the loss of %s', (name) => {
    expect(verifyMessage({ data: { ...data, [name]: undefined }, signature }, [payosSecret])).toBeUndefined();
  });

  it('is broken by any further name', () => {
    expect(verifyMessage({ data: { ...data, bonus: '' }, signature }, [payosSecret])).toBeUndefined();
  });

  it('is broken when a pair moves into the value before it, though the text stays the same', () => {
    const { reference, ...others } = data;
    const moved = { ...others, paymentLinkId: `${data.paymentLinkId}&reference=${reference}` };
    const { reference: _moved, ...rest } = values;
    expect(signedTextOf({ ...rest, paymentLinkId: moved.paymentLinkId })).toBe(signedTextOf(values));
    expect(verifyMessage({ data: moved, signature }, [payosSecret])).toBeUndefined();
  });

  it('covers the address of a page with its parameters', () => {
    expect(textOf('{"checkoutUrl":"https://pay.payos.vn/web/1?a=1&b=2"}')).toBe(
      'checkoutUrl=https://pay.payos.vn/web/1?a=1&b=2',
    );
  });

  it('verifies with any live secret', () => {
    const newer = { checksumKey: 'newer' };
    expect(verifyMessage({ data, signature }, [newer, payosSecret])).toEqual(values);
    expect(verifyMessage({ data, signature }, [newer])).toBeUndefined();
    expect(verifyMessage({ data, signature: '' }, [payosSecret])).toBeUndefined();
  });

  it('cannot be made of what it would not cover', () => {
    expect(() => signMessage({ nested: {} }, payosSecret)).toThrow(TypeError);
  });
});
