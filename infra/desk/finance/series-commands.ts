import { seriesAsText } from '#infra/desk/series-texts.ts';
import { type SeriesList, type SeriesView, seriesClosingViewSchema, seriesListSchema } from '#schemas/series-view.ts';
import { acts } from './command.ts';
import { given, needed } from './finance-options.ts';

/** How far series are used, and their end. */
export const seriesCommand = acts({
  list: async (_words, _options, api) => {
    const list = await api.get('/v1/finance/series', seriesListSchema);
    return { text: seriesAsText(list.items.map(organisationOf)), data: list };
  },
  close: async (_words, { mst, series, why }, api) => {
    const path = `/v1/finance/series/${needed(mst, 'mst', 'mã số thuế')}/${needed(series, 'series', 'ký hiệu')}/closing`;
    const closed = await api.post(path, seriesClosingViewSchema, given({ why }));
    const last = closed.closing?.lastNumber;
    const number = last === undefined ? 'chưa dùng số nào (no number used)' : `số cuối cùng ${last}`;
    const before = closed.wasClosed ? ' từ trước (was closed before)' : '';
    return { text: `Đã đóng ${closed.series}${before}, ${number}.`, data: closed };
  },
});

function organisationOf({ series, standstill, ...organisation }: SeriesList['items'][number]) {
  return { ...organisation, standstill, series: series.map(listedOf) };
}

function listedOf(view: SeriesView) {
  const { firstNumber, isOpened, isOfThisYear, isNearlyUsed, refusal, ...series } = view;
  return { series, firstNumber, isOpened, isOfThisYear, isNearlyUsed, refusal };
}
