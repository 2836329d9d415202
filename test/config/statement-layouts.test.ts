import { describe, expect, it } from '@jest/globals';
import { loadStatementLayouts, readStatementLayouts } from '#config/statement-layouts.ts';

const dev = loadStatementLayouts('dev');
const [mapping] = dev.gateways;
const file = (change: object) => ({ path: 'config/test/statement-layouts.json', data: { ...dev, ...change } });
const mapped = (change: object) => file({ gateways: [{ ...mapping, ...change }] });

describe('the layouts of statements', () => {
  it('load in every stage; prod has none until somebody has seen a real file', () => {
    expect(dev.gateways.map(({ gateway }) => gateway)).toEqual(['vnpay', 'momo', 'zalopay', 'payos', 'sepay']);
    expect(loadStatementLayouts('prod')).toEqual({ partners: [], gateways: [], banks: [] });
  });

  it.each([
    [
      'two mappings of one name',
      file({ gateways: [mapping, mapping] }),
      '.gateways[1]: name vnpay-export is already in row [0]',
    ],
    [
      'one code of two accounts',
      file({ partners: [...dev.partners, { gateway: 'vnpay', merchant: 'x', codes: ['BIENLAI1'] }] }),
      'code BIENLAI1 of vnpay',
    ],
    [
      'a format of times that is none',
      mapped({ times: { formats: ['dd/MM'] } }),
      '.gateways[0].times.formats[0]: is no format of a day',
    ],
    [
      'a pattern without a group',
      mapped({ columns: { ...mapping?.columns, reference: { titles: ['x'], pattern: 'DVC' } } }),
      'must be a regular expression with one group',
    ],
    [
      'neither reference nor transaction',
      mapped({ columns: { ...mapping?.columns, reference: undefined, transactionId: undefined } }),
      'must name the reference, the transaction, or both',
    ],
    [
      'words of a column that is not there',
      mapped({ columns: { ...mapping?.columns, status: undefined } }),
      '.gateways[0].statuses: must stand together with columns.status',
    ],
    ['a field that nobody reads', mapped({ delimeter: ';' }), 'delimeter'],
  ])('are refused with %s', (_, faulty, fault) => {
    expect(() => readStatementLayouts(faulty)).toThrow(fault);
  });
});
