import * as z from 'zod/mini';
import {
  type ExceptionAct,
  exceptionApprovalSchema,
  exceptionClassSchema,
  exceptionIdSchema,
  exceptionRejectionSchema,
  exceptionStateSchema,
  exceptionWorkSchema,
} from '#schemas/exception.ts';
import { businessDateSchema, gatewayNameSchema, merchantNameSchema } from '#schemas/ids.ts';
import { type StaffCode, staffCodeSchema } from '#schemas/staff-code.ts';
import { pageOf, pageQuery } from '#shared/domain/page.ts';
import { asJson, asRefusal, type StaffAnswer, type StaffRoute, staffRoute } from '#shared/domain/staff-route.ts';
import { actOnException, type ExceptionOutcome, findException } from '../act-on-exception.ts';
import { type ExceptionFilter, listExceptions, listExceptionsOfDay, placeOf } from '../list-exceptions.ts';
import type { ReconciliationNeeds } from '../reconciliation-needs.ts';
import { rejectOrTakeBack } from './take-back.ts';

const listPath = '/v1/finance/exceptions';
const path = `${listPath}/{exceptionId}` as const;
const parameters = z.object({ exceptionId: exceptionIdSchema });

/** What the reconciliation found and a person must see to. */
export function exceptionRoutes(needs: ReconciliationNeeds): readonly StaffRoute[] {
  return [...readingRoutes(needs), ...actingRoutes(needs)];
}

function readingRoutes(needs: ReconciliationNeeds): readonly StaffRoute[] {
  return [
    staffRoute({
      method: 'GET',
      path: listPath,
      action: 'exception:read',
      takes: z.object({ query: filterSchema }),
      answer: async ({ query: { limit, after, ...filter } }) =>
        asJson(pageOf(await listLines(filter, needs), { limit, after }, placeOf)),
    }),
    staffRoute({
      method: 'GET',
      path,
      action: 'exception:read',
      takes: z.object({ parameters }),
      answer: async (given) => answerOf(await findException(given.parameters.exceptionId, needs)),
    }),
  ];
}

/** The maker's acts and the checker's stand at addresses of their own, since a role is allowed or denied an address. */
function actingRoutes(needs: ReconciliationNeeds): readonly StaffRoute[] {
  const act = async (
    { exceptionId }: z.infer<typeof parameters>,
    revision: number,
    what: ExceptionAct,
    by: StaffCode,
  ): Promise<StaffAnswer> => answerOf(await actOnException(exceptionId, { revision, do: what }, by, needs));
  return [
    staffRoute({
      method: 'POST',
      path: `${path}/acts`,
      action: 'exception:work',
      takes: z.object({ parameters, body: exceptionWorkSchema }),
      answer: (given, { code }) => act(given.parameters, given.body.revision, given.body.do, code),
    }),
    staffRoute({
      method: 'POST',
      path: `${path}/approval`,
      action: 'exception:approve',
      takes: z.object({ parameters, body: exceptionApprovalSchema }),
      answer: (given, { code }) => {
        const { revision, note } = given.body;
        return act(given.parameters, revision, { act: 'approve', note }, code);
      },
    }),
    staffRoute({
      method: 'POST',
      path: `${path}/rejection`,
      action: 'exception:reject',
      takes: z.object({ parameters, body: exceptionRejectionSchema }),
      answer: (given, staff) => {
        const { revision, note } = given.body;
        return rejectOrTakeBack(
          staff,
          async () => (await needs.exceptions.readException(given.parameters.exceptionId))?.proposal?.maker,
          () => act(given.parameters, revision, { act: 'reject', note }, staff.code),
        );
      },
    }),
  ];
}

const filterSchema = z.strictObject({
  gateway: z.optional(gatewayNameSchema),
  merchant: z.optional(merchantNameSchema),
  class: z.optional(exceptionClassSchema),
  owner: z.optional(staffCodeSchema),
  state: z.optional(exceptionStateSchema),
  day: z.optional(businessDateSchema),
  isOverdue: z.optional(
    z.pipe(
      z.enum(['true', 'false']),
      z.transform((word) => word === 'true'),
    ),
  ),
  fromAgeDays: z.optional(
    z.pipe(z.string().check(z.regex(/^\d{1,5}$/, 'must be a number of days')), z.transform(Number)),
  ),
  ...pageQuery,
});

/** Those at an end are only found by the day of their account. */
function listLines(filter: ExceptionFilter, needs: ReconciliationNeeds) {
  const { gateway, merchant, day } = filter;
  if (gateway === undefined || merchant === undefined || day === undefined) return listExceptions(filter, needs);
  return listExceptionsOfDay({ gateway, merchant, day }, filter, needs);
}

function answerOf(outcome: ExceptionOutcome): StaffAnswer {
  return outcome.kind === 'done' ? asJson(outcome.exception) : asRefusal(outcome, ['no-exception']);
}
