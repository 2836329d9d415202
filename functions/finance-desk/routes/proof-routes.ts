import * as z from 'zod/mini';
import { asRefusal, type StaffRoute, staffRoute } from '#shared/domain/staff-route.ts';
import { type ProofPrintingNeeds, printProof } from '../print-proof.ts';
import { dayAddressSchema, dayPath } from './day-routes.ts';

/** Bảng cân đối ngày as a page to be filed: signed once the day is closed. */
export function proofRoutes(needs: ProofPrintingNeeds): readonly StaffRoute[] {
  return [
    staffRoute({
      method: 'GET',
      path: `${dayPath}/proof`,
      action: 'report:read',
      takes: z.object({ parameters: dayAddressSchema }),
      answer: async ({ parameters }, { code }) => {
        const printed = await printProof(parameters, code, needs);
        if (printed.kind === 'refused') return asRefusal(printed, ['unknown-account', 'nothing-to-print']);
        const { gateway, merchant, day } = parameters;
        const name = `can-doi-${gateway}-${merchant}-${day}.pdf`;
        return { kind: 'file', name, contentType: 'application/pdf', bytes: printed.pdf };
      },
    }),
  ];
}
