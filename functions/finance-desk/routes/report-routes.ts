import * as z from 'zod/mini';
import { businessDateSchema, taxCodeSchema } from '#schemas/ids.ts';
import { businessDateOf } from '#shared/domain/calendar.ts';
import type { CollectingUnit } from '#shared/domain/collecting-unit.ts';
import { issuedTemplate } from '#shared/domain/numbering.ts';
import type { Clock } from '#shared/domain/ports.ts';
import { faultOfQuarter, periodOf, quarterSchema } from '#shared/domain/receipt-usage.ts';
import { asRefusal, type StaffAnswer, type StaffRoute, staffRoute } from '#shared/domain/staff-route.ts';
import { downloadFile, downloadReport } from '../download-report.ts';
import { findOrganisation, type OrganisationQuestion, type ReportedOrganisation } from '../find-organisation.ts';
import { makeDaySummary, makeRegister, makeUsage, makeUsageXml } from '../make-reports.ts';
import { type ReportNeeds, UnknownSeries } from '../walk-organisation.ts';

export interface ReportRouteNeeds extends ReportNeeds {
  readonly units: readonly CollectingUnit[];
  readonly clock: Clock;
}

const path = '/v1/finance/reports';

/** The reports that the law asks for, as data for pages and as files for spreadsheets. */
export function reportRoutes(needs: ReportRouteNeeds): readonly StaffRoute[] {
  return [
    staffRoute({
      method: 'GET',
      path: `${path}/register`,
      action: 'report:read',
      takes: z.object({ query: registerQuery }),
      objectOf: ({ query: { taxCode, from, to } }) => ['register', taxCode, from, to].join('/'),
      answer: async ({ query }, { code: madeBy }) => {
        const { from, to } = query;
        const madeAt = needs.clock();
        return forOrganisation(query, to ?? businessDateOf(madeAt), needs, (organisation) => {
          const name = ['bang-ke', organisation.taxCode, from, to].filter((part) => part !== undefined).join('-');
          return downloadReport({ ...query, name }, (open) =>
            makeRegister({ organisation, from, to, madeBy, madeAt }, open, needs),
          );
        });
      },
    }),
    staffRoute({
      method: 'GET',
      path: `${path}/day`,
      action: 'report:read',
      takes: z.object({ query: dayQuery }),
      objectOf: ({ query: { taxCode, date } }) => ['day', taxCode, date].join('/'),
      answer: async ({ query }) => {
        const { date = businessDateOf(needs.clock()), number, amendment } = query;
        return forOrganisation(query, date, needs, (organisation) =>
          downloadReport({ ...query, name: `01-th-${organisation.taxCode}-${date}` }, (open) =>
            makeDaySummary({ organisation, date, number, amendment }, open, needs),
          ),
        );
      },
    }),
    staffRoute({
      method: 'GET',
      path: `${path}/usage`,
      action: 'report:read',
      takes: z.object({ query: usageQuery }),
      objectOf: ({ query: { taxCode, quarter } }) => ['usage', taxCode, quarter].join('/'),
      answer: ({ query }) => answerUsage(query, needs),
    }),
  ];
}

async function answerUsage(query: z.infer<typeof usageQuery>, needs: ReportRouteNeeds): Promise<StaffAnswer> {
  const { quarter, format } = query;
  const explanation = faultOfQuarter(quarter);
  if (explanation !== undefined) return asRefusal({ code: 'no-such-report', explanation }, []);
  return forOrganisation(query, periodOf(quarter).to, needs, async (organisation) => {
    const order = { organisation, quarter, madeOn: businessDateOf(needs.clock()) };
    const name = `bc26-${organisation.taxCode}-${quarter}`;
    if (format !== 'xml') {
      return downloadReport({ ...query, format, name }, (open) => makeUsage(order, open, needs));
    }
    let text = '';
    await makeUsageXml(order, (xml) => void (text = xml), needs);
    return downloadFile(name, 'xml', Buffer.from(text));
  });
}

/** Makes a report of the organisation that the query names, or says why there is none. */
async function forOrganisation(
  question: OrganisationQuestion,
  on: Parameters<typeof findOrganisation>[1],
  needs: ReportRouteNeeds,
  make: (organisation: ReportedOrganisation) => Promise<StaffAnswer>,
): Promise<StaffAnswer> {
  const finding = findOrganisation(question, on, needs);
  switch (finding.kind) {
    case 'found':
      return make(finding.organisation).catch(refuseUnknownSeries);
    case 'unknown':
      return asRefusal({ code: 'no-organisation', explanation: `MST ${finding.taxCode} ${noOrganisation}` }, [
        'no-organisation',
      ]);
    case 'tax-code-needed':
      return asRefusal({ code: 'tax-code-needed', explanation: taxCodeNeeded }, []);
  }
}

function refuseUnknownSeries(fault: unknown): StaffAnswer {
  if (!(fault instanceof UnknownSeries)) throw fault;
  return asRefusal({ code: 'no-series', explanation: fault.message }, ['no-series']);
}

const noOrganisation =
  'không phải của tổ chức thu nào. Có thể gõ nhầm. Hãy đối chiếu mã số thuế trên biên lai. (No unit has this tax code.)';
const taxCodeNeeded =
  'Ký hiệu không cho biết của tổ chức thu nào. Hãy ghi thêm mã số thuế. (Give the tax code: the series do not say whose they are.)';

const ordinal = z.pipe(z.string().check(z.regex(/^[1-9]\d{0,8}$/, 'must be a number from 1')), z.transform(Number));

/** `26TAA` or `26TAA,26TAB`. */
const seriesNames = z.pipe(
  z.string().check(z.regex(/^[0-9A-Z]{3,8}(,[0-9A-Z]{3,8})*$/, 'must be symbols of series, separated by commas')),
  z.transform((text) => text.split(',')),
);

const ofOrganisation = {
  taxCode: z.optional(taxCodeSchema),
  series: z.optional(seriesNames),
  template: z._default(z.string().check(z.regex(/^[0-9A-Z-]{3,20}$/)), issuedTemplate),
  separator: z._default(z.enum([',', ';']), ','),
  table: z._default(z.enum(['', 'tong-hop', 'day-so']), ''),
};
const formatOfTables = z._default(z.enum(['json', 'csv', 'xlsx']), 'json');

const registerQuery = z
  .strictObject({
    ...ofOrganisation,
    from: z.optional(businessDateSchema),
    to: z.optional(businessDateSchema),
    format: formatOfTables,
  })
  .check(
    z.refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
      path: ['to'],
      error: 'must not be before `from`',
    }),
  );

const dayQuery = z.strictObject({
  ...ofOrganisation,
  date: z.optional(businessDateSchema),
  number: z._default(ordinal, 1),
  amendment: z.optional(ordinal),
  format: formatOfTables,
});

const usageQuery = z.strictObject({
  ...ofOrganisation,
  quarter: quarterSchema,
  format: z._default(z.enum(['json', 'csv', 'xlsx', 'xml']), 'json'),
});
