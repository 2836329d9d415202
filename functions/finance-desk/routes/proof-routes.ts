import * as z from 'zod/mini';
import { asRefusal, type StaffAnswer, type StaffRoute, staffRoute } from '#shared/domain/staff-route.ts';
import { downloadReport } from '../download-report.ts';
import { makeBalanceBook } from '../make-balance-book.ts';
import { findProof, type ProofPrintingNeeds, printProof } from '../print-proof.ts';
import { dayAddressSchema, dayPath } from './day-routes.ts';

/** Bảng cân đối ngày as a page to be filed, signed once the day is closed; and its figures for a spreadsheet. */
export function proofRoutes(needs: ProofPrintingNeeds): readonly StaffRoute[] {
  return [
    staffRoute({
      method: 'GET',
      path: `${dayPath}/proof`,
      action: 'report:read',
      takes: z.object({ parameters: dayAddressSchema, query: proofQuery }),
      answer: async ({ parameters, query: { format } }, { code }): Promise<StaffAnswer> => {
        const { gateway, merchant, day } = parameters;
        const name = `can-doi-${gateway}-${merchant}-${day}`;
        if (format === 'xlsx') {
          const found = await findProof(parameters, code, needs);
          if (found.kind === 'refused') return asRefusal(found, unknown);
          return downloadReport({ format, separator: ',', table: '', name }, async (open) => {
            await makeBalanceBook(found, open);
            return [];
          });
        }
        const printed = await printProof(parameters, code, needs);
        if (printed.kind === 'refused') return asRefusal(printed, unknown);
        return { kind: 'file', name: `${name}.pdf`, contentType: 'application/pdf', bytes: printed.pdf };
      },
    }),
  ];
}

const unknown = ['unknown-account', 'nothing-to-print'];

const proofQuery = z.strictObject({ format: z._default(z.enum(['pdf', 'xlsx']), 'pdf') });
