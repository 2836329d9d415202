import * as z from 'zod/mini';
import { exceptionClassSchema } from '#schemas/exception.ts';
import { businessDateSchema, gatewayNameSchema, merchantNameSchema } from '#schemas/ids.ts';
import { staffCodeSchema } from '#schemas/staff-code.ts';
import { asRefusal, type StaffRoute, staffRoute } from '#shared/domain/staff-route.ts';
import { downloadReport } from '../download-report.ts';
import { listDays } from '../list-days.ts';
import { makeBook, makeExceptionReport } from '../make-reconciliation-reports.ts';
import type { ReconciliationNeeds } from '../reconciliation-needs.ts';

const path = '/v1/finance/reports';

/** Sổ đối soát, and the exceptions with their ages: data for pages, and files for spreadsheets. */
export function reconciliationReportRoutes(needs: ReconciliationNeeds): readonly StaffRoute[] {
  return [
    staffRoute({
      method: 'GET',
      path: `${path}/reconciliation`,
      action: 'report:read',
      takes: z.object({ query: bookQuery }),
      objectOf: ({ query: { from, to } }) => ['reconciliation', from, to].join('/'),
      answer: async ({ query }, { code: madeBy }) => {
        const listing = await listDays(query, needs);
        if (listing.kind === 'refused') return asRefusal(listing, []);
        const order = { from: query.from, to: query.to, madeBy, madeAt: needs.clock() };
        // A book is read from its first day on; lists show the latest first.
        const days = listing.days.toReversed();
        return downloadReport({ ...query, name: `so-doi-soat-${query.from}-${query.to}` }, async (open) => {
          await makeBook(order, days, open, needs);
          return [];
        });
      },
    }),
    staffRoute({
      method: 'GET',
      path: `${path}/exceptions`,
      action: 'report:read',
      takes: z.object({ query: exceptionQuery }),
      objectOf: () => 'exceptions',
      answer: async ({ query: { format, separator, table, ...filter } }, { code: madeBy }) => {
        const order = { filter, madeBy, madeAt: needs.clock() };
        return downloadReport({ format, separator, table, name: 'ngoai-le' }, async (open) => {
          await makeExceptionReport(order, open, needs);
          return [];
        });
      },
    }),
  ];
}

const ofFile = {
  format: z._default(z.enum(['json', 'csv', 'xlsx']), 'json'),
  separator: z._default(z.enum([',', ';']), ','),
};
const ofAccount = { gateway: z.optional(gatewayNameSchema), merchant: z.optional(merchantNameSchema) };

const bookQuery = z
  .strictObject({
    from: businessDateSchema,
    to: businessDateSchema,
    ...ofAccount,
    ...ofFile,
    table: z._default(z.enum(['', 'theo-loai', 'can-doi']), ''),
  })
  .check(z.refine(({ from, to }) => from <= to, { path: ['to'], error: 'must not be before `from`' }));

const exceptionQuery = z.strictObject({
  ...ofAccount,
  ...ofFile,
  class: z.optional(exceptionClassSchema),
  owner: z.optional(staffCodeSchema),
  table: z._default(z.enum(['', 'tuoi']), ''),
});
