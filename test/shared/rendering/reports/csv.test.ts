import { describe, expect, it } from '@jest/globals';
import { csvOf } from '#shared/rendering/reports/csv.ts';

const lineOf = (...fields: (string | number | null)[]) => csvOf(['x'], [fields]).split('\r\n')[1];

describe('a CSV file for a spreadsheet', () => {
  it('says that it is UTF-8, and ends its lines as Windows does', () => {
    expect(csvOf(['Loại', 'Số tiền'], [['nộp lần hai', 28_000]])).toBe('\uFEFFLoại,Số tiền\r\nnộp lần hai,28000\r\n');
  });

  it('quotes what would break a line or a column', () => {
    expect(csvOf(['x'], [['a,b', 'nói "có"', 'dòng\r\nmới', null]])).toBe(
      '\uFEFFx\r\n"a,b","nói ""có""","dòng\r\nmới",\r\n',
    );
  });

  it.each(['=1+1', '+84901234567', '-cmd', '@SUM(A1)', ' =1', '\t=1', '＝1', '﹢1'.normalize('NFKC')])(
    'never lets a text run as a formula: %j',
    (text) => {
      expect(lineOf(text)).toBe(`'${text}`);
    },
  );

  it('guards a formula behind a quote as well', () => {
    expect(lineOf('=HYPERLINK("http://x";"y"),1')).toBe('"\'=HYPERLINK(""http://x"";""y""),1"');
  });

  it('keeps every digit of references and the zero before an account', () => {
    expect(lineOf('1000000000000301', '0071000123', '14920411')).toBe("'1000000000000301,'0071000123,14920411");
  });

  it('leaves amounts as numbers, also negative ones', () => {
    expect(lineOf(-28_000, 0, 9_999_999_999)).toBe('-28000,0,9999999999');
  });
});
