import { describe, expect, it } from '@jest/globals';
import { textTable } from '#infra/desk/text-table.ts';

describe('a table in a terminal', () => {
  it('has columns as wide as their widest text, and no blanks at the end of a line', () => {
    const rows = [
      ['a', 'bc', ''],
      ['def', 'g', 'h'],
    ];
    expect(textTable(rows)).toBe('a    bc\ndef  g   h');
  });

  it('counts a Vietnamese letter once, however it is written', () => {
    const decomposed = 'Đổi khóa'.normalize('NFD');
    expect(
      textTable([
        [decomposed, '|'],
        ['Đổi khóa', '|'],
      ]).split('\n'),
    ).toEqual([`${decomposed}  |`, 'Đổi khóa  |']);
  });
});
