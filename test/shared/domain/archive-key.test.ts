import { describe, expect, it } from '@jest/globals';
import { readArchiveKey } from '#shared/domain/archive-key.ts';
import { archiveKeyOf } from '#shared/domain/receipt.ts';
import { aReceiptContent } from '#test/support/receipt-content.ts';

describe('the key of an archived document', () => {
  it.each(['xml', 'pdf'] as const)('says which receipt it is of (%s)', (extension) => {
    const key = archiveKeyOf({ content: aReceiptContent() }, extension);

    expect(readArchiveKey(key)).toEqual({
      taxCode: '5709990011',
      template: 'EBL01',
      series: '26TAA',
      number: 123,
      extension,
    });
  });

  it.each([
    ['a notice', 'notices/5709990011/EBL01/26TAA/00000123-1a2b-2026-11-23.xml'],
    ['a number without its zeros', '5709990011/EBL01/26TAA/123.xml'],
    ['the number 0', '5709990011/EBL01/26TAA/00000000.xml'],
    ['another file', '5709990011/EBL01/26TAA/00000123.txt'],
    ['a folder', '5709990011/EBL01/26TAA/'],
    ['another owner', 'anybody/EBL01/26TAA/00000123.xml'],
  ])('is no receipt’s when it is that of %s', (_case, key) => {
    expect(readArchiveKey(key)).toBeUndefined();
  });
});
