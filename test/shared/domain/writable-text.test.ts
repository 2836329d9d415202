import { describe, expect, it } from '@jest/globals';
import { findUnwritable, findUnwritableField } from '#shared/domain/writable-text.ts';

describe('a text that no XML file of ours carries', () => {
  it.each(['Nguyễn Thị Ánh Tuyết', `<&>"'`, 'a\u00a0b', '🙂', ''])('is not %j', (text) => {
    expect(findUnwritable(text)).toBeUndefined();
  });

  it.each(['\u0000', '\t', '\r', '\u007f', '\u009f', '\u200b', '\u202e', '\u2028', '\ud83d', '\ufffe', '\ufeff'])(
    'is one with %j',
    (character) => {
      expect(findUnwritable(`Nguyễn${character}Tuyết`)).toBe(character);
    },
  );

  it('is found wherever it lies in a record', () => {
    const record = { number: 1, none: null, payer: { name: 'A' }, lines: [{ name: 'B' }, { name: 'C\u0007' }] };
    expect(findUnwritableField(record)).toEqual({ place: 'lines[1].name', character: '\u0007' });
    expect(findUnwritableField({ ...record, lines: [] })).toBeUndefined();
  });
});
