import * as z from 'zod/mini';
import { asJson, asRefusal, type StaffRoute, staffRoute } from '#shared/domain/staff-route.ts';
import { type ExportFindingNeeds, findLedgerExport } from '../find-ledger-export.ts';
import { dayAddressSchema, dayPath } from './day-routes.ts';

/** The ledger of a day for analysts. The file comes out of the store by an address: a function answers with 6 MB at most. */
export function exportRoutes(needs: ExportFindingNeeds): readonly StaffRoute[] {
  return [
    staffRoute({
      method: 'GET',
      path: `${dayPath}/ledger`,
      action: 'report:read',
      takes: z.object({ parameters: dayAddressSchema }),
      answer: async ({ parameters }) => {
        const finding = await findLedgerExport(parameters, needs);
        if (finding.kind === 'found') return asJson(finding.file);
        return asRefusal(finding, ['unknown-account', 'nothing-exported']);
      },
    }),
  ];
}
