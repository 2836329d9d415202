import * as z from 'zod/mini';
import { taxCodeSchema } from '#schemas/ids.ts';
import type { SeriesClosingView, SeriesList } from '#schemas/series-view.ts';
import { rejectionSchema } from '#schemas/staff-code.ts';
import { issuedTemplate } from '#shared/domain/numbering.ts';
import { asJson, asRefusal, type StaffAnswer, type StaffRoute, staffRoute } from '#shared/domain/staff-route.ts';
import { type ClosingAnswer, type ClosingNeeds, closeSeries } from '../close-series.ts';
import { type ListedSeries, listSeries, type SeriesListNeeds } from '../list-series.ts';

const seriesNameSchema = z.object({ taxCode: taxCodeSchema, series: z.string().check(z.regex(/^[0-9A-Z]{3,8}$/)) });

/** How far series are used, and their end. */
export function seriesRoutes(needs: SeriesListNeeds & ClosingNeeds): readonly StaffRoute[] {
  return [
    staffRoute({
      method: 'GET',
      path: '/v1/finance/series',
      action: 'series:read',
      takes: z.object({}),
      answer: async () => asJson(await showSeries(needs)),
    }),
    staffRoute({
      method: 'POST',
      path: '/v1/finance/series/{taxCode}/{series}/closing',
      action: 'series:close',
      takes: z.object({ parameters: seriesNameSchema, body: rejectionSchema }),
      answer: async ({ parameters, body }, { code: by }) =>
        answerOf(await closeSeries({ ...parameters, template: issuedTemplate, by, why: body.why }, needs)),
    }),
  ];
}

async function showSeries(needs: SeriesListNeeds): Promise<SeriesList> {
  const organisations = await listSeries(needs);
  return {
    items: organisations.map(({ unitCodes, series, standstill, ...organisation }) => ({
      ...organisation,
      unitCodes: [...unitCodes],
      series: series.map(viewOf),
      ...(standstill === undefined ? {} : { standstill }),
    })),
  };
}

function viewOf({ series, refusal, ...facts }: ListedSeries) {
  return { ...series, ...facts, ...(refusal === undefined ? {} : { refusal }) };
}

function answerOf(answer: ClosingAnswer): StaffAnswer {
  switch (answer.kind) {
    case 'closed':
    case 'was-closed': {
      const { taxCode, template, series, closing } = answer.series;
      const wasClosed = answer.kind === 'was-closed';
      // A row that was closed before closings were recorded has none.
      const shown = closing === undefined ? {} : { closing };
      return asJson({ taxCode, template, series, ...shown, wasClosed } satisfies SeriesClosingView);
    }
    case 'unknown':
      return asRefusal(
        {
          code: 'no-series',
          explanation:
            'Tổ chức thu này không có ký hiệu đó. Có thể nhầm một chữ. Hãy chép lại từ danh sách ký hiệu. (No such series.)',
        },
        ['no-series'],
      );
    case 'busy':
      return asRefusal(
        {
          code: 'try-later',
          explanation:
            'Ký hiệu đang cấp số liên tục nên chưa chắc số cuối; chưa có gì thay đổi. Hãy thử lại sau ít phút. (Numbers are taken all the time: try again.)',
        },
        [],
      );
  }
}
