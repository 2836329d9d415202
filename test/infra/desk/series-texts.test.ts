import { describe, expect, it } from '@jest/globals';
import { loadSeries } from '#config/series.ts';
import { loadUnits } from '#config/units.ts';
import { listSeries } from '#functions/finance-desk/list-series.ts';
import { needsAttention, seriesAsText } from '#infra/desk/series-texts.ts';
import { instantSchema } from '#schemas/ids.ts';
import { type DeclaredSeries, openingOf } from '#shared/domain/declared-series.ts';
import type { Series } from '#shared/domain/series.ts';

const [declared, ...others] = atLeastOne(loadSeries('dev'));
const [landOffice] = atLeastOne(loadUnits('dev'));

function atLeastOne<Row>([first, ...more]: readonly Row[]): readonly [Row, ...Row[]] {
  if (first === undefined) throw new Error('config/dev is empty');
  return [first, ...more];
}

/** The list of the land registration office alone, whose first series stands as given. */
async function listOf(row: Partial<Series> = {}, series: readonly DeclaredSeries[] = [declared, ...others]) {
  const organisations = await listSeries({
    ledger: { readSeries: () => Promise.resolve([{ ...openingOf(declared), ...row }]) },
    units: [landOffice],
    declaredSeries: series.filter(({ taxCode }) => taxCode === landOffice.taxCode),
    clock: () => instantSchema.parse('2026-11-23T02:15:32.000Z'),
  });
  return { text: seriesAsText(organisations), mustAct: organisations.some(needsAttention) };
}

describe('the list of series on a terminal', () => {
  it('is quiet when nothing must be done', async () => {
    const { text, mustAct } = await listOf({ nextNumber: 124 });

    expect(text).toBe(
      [
        'MST         ĐƠN VỊ  KÝ HIỆU  SỐ TIẾP THEO  ĐẾN SỐ    ĐÃ DÙNG   NGÀY CUỐI  TRẠNG THÁI',
        '5709990011  vpdkdd  26TAA    124           99999999  123 (0%)             đang cấp',
        '5709990011  vpdkdd  27TAA    1             99999999  0 (0%)               của năm 2027',
        'Không có việc phải làm (nothing must be done).',
      ].join('\n'),
    );
    expect(mustAct).toBe(false);
  });

  it.each([
    [
      'a range that is used up',
      { nextNumber: 1_001, rangeEnd: 1_000 },
      /1000 \(.*đã hết số[^]*không cấp được biên lai hôm nay/,
    ],
    ['a range of which nine tenths are used', { nextNumber: 901, rangeEnd: 1_000 }, /26TAA đã dùng từ 90%/],
  ])('names %s', async (_case, row, expected) => {
    const { text, mustAct } = await listOf(row);

    expect(text).toMatch(expected);
    expect(mustAct).toBe(true);
  });

  it.each([
    ['pending', 'chờ cơ quan thuế chấp nhận'],
    ['refused', 'cơ quan thuế từ chối đăng ký'],
  ] as const)('says of a registration that is %s what it waits for', async (registration, says) => {
    const { text, mustAct } = await listOf({}, [{ ...declared, registration }]);

    expect(text).toContain(says);
    expect(text).toContain('chưa có ký hiệu của năm sau');
    expect(mustAct).toBe(true);
  });
});
