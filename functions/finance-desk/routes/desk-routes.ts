import * as z from 'zod/mini';
import type { ConfigurationView, SignedIn } from '#schemas/finance-desk.ts';
import type { CollectingUnit } from '#shared/domain/collecting-unit.ts';
import { actionsOf } from '#shared/domain/finance-roles.ts';
import type { Merchant } from '#shared/domain/merchant.ts';
import { asJson, type StaffRoute, staffRoute } from '#shared/domain/staff-route.ts';

export interface DeskNeeds {
  readonly stage: ConfigurationView['stage'];
  readonly merchants: readonly Merchant[];
  readonly units: readonly CollectingUnit[];
}

/** Who is signed in, and what the desk is configured with. */
export function deskRoutes({ stage, merchants, units }: DeskNeeds): readonly StaffRoute[] {
  return [
    staffRoute({
      method: 'GET',
      path: '/v1/finance/me',
      action: 'me:read',
      takes: z.object({}),
      answer: async (_given, { code: staff, roles }) =>
        asJson({ staff, roles: [...roles], actions: [...actionsOf(roles)] } satisfies SignedIn),
    }),
    staffRoute({
      method: 'GET',
      path: '/v1/finance/configuration',
      action: 'configuration:read',
      takes: z.object({}),
      answer: async () =>
        asJson({
          stage,
          accounts: merchants.map(({ settings: _settings, ...account }) => account),
          units: units.map(({ unitCode, name, taxCode, validFrom, validTo }) => {
            return { unitCode, name, taxCode, validFrom, ...(validTo === undefined ? {} : { validTo }) };
          }),
        } satisfies ConfigurationView),
    }),
  ];
}
