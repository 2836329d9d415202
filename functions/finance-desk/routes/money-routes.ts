import * as z from 'zod/mini';
import { gatewayNameSchema, merchantNameSchema } from '#schemas/ids.ts';
import {
  assignmentApprovalSchema,
  assignmentRejectionSchema,
  assignmentRequestSchema,
  openMoneyClassSchema,
} from '#schemas/open-money.ts';
import type { MoneyAddress } from '#shared/domain/assignment.ts';
import { pageOf, pageQuery } from '#shared/domain/page.ts';
import { asJson, asRefusal, type StaffRoute, staffRoute } from '#shared/domain/staff-route.ts';
import { approveAssignment, rejectAssignment } from '../decide-assignment.ts';
import { type ListOpenMoneyNeeds, listOpenMoney } from '../list-open-money.ts';
import { type AssignmentNeeds, proposeAssignment } from '../propose-assignment.ts';
import { showAssignment } from '../show-assignment.ts';
import { rejectOrTakeBack } from './take-back.ts';

const path = '/v1/finance/assignments';

/** The list of money that waits for a person, and the assignment of money in suspense by two. */
export function moneyRoutes(needs: ListOpenMoneyNeeds & AssignmentNeeds): readonly StaffRoute[] {
  return [
    staffRoute({
      method: 'GET',
      path: '/v1/finance/money',
      action: 'money:read',
      takes: z.object({ query: filterSchema }),
      answer: async ({ query: { limit, after, class: moneyClass, ...filter } }) => {
        const lines = await listOpenMoney({ ...filter, moneyClass }, needs);
        return asJson(pageOf(lines, { limit, after }, (line) => `${line.keptAt}#${addressIn({ money: line })}`));
      },
    }),
    staffRoute({
      method: 'POST',
      path,
      action: 'assignment:propose',
      takes: z.object({ body: assignmentRequestSchema }),
      objectOf: ({ body }) => addressIn(body),
      answer: async ({ body }, { code: maker }) => answerOf(await proposeAssignment({ ...body, maker }, needs)),
    }),
    staffRoute({
      method: 'POST',
      path: `${path}/approval`,
      action: 'assignment:approve',
      takes: z.object({ body: assignmentApprovalSchema }),
      objectOf: ({ body }) => addressIn(body),
      answer: async ({ body }, { code: by }) => answerOf(await approveAssignment({ ...body, by }, needs)),
    }),
    staffRoute({
      method: 'POST',
      path: `${path}/rejection`,
      action: 'assignment:reject',
      takes: z.object({ body: assignmentRejectionSchema }),
      objectOf: ({ body }) => addressIn(body),
      answer: ({ body }, staff) =>
        rejectOrTakeBack(
          staff,
          async () => (await needs.ledger.readSuspense(body.money))?.assignment?.maker,
          async () => answerOf(await rejectAssignment({ ...body, by: staff.code }, needs)),
        ),
    }),
  ];
}

const filterSchema = z.strictObject({
  gateway: z.optional(gatewayNameSchema),
  merchant: z.optional(merchantNameSchema),
  class: z.optional(openMoneyClassSchema),
  fromAgeDays: z.optional(
    z.pipe(z.string().check(z.regex(/^\d{1,5}$/, 'must be a number of days')), z.transform(Number)),
  ),
  ...pageQuery,
});

const addressIn = ({ money: { gateway, merchant, identity } }: { readonly money: MoneyAddress }): string =>
  `${gateway}/${merchant}/${identity}`;

function answerOf(result: Parameters<typeof showAssignment>[0]) {
  const outcome = showAssignment(result);
  if (outcome.kind === 'done') return asJson(outcome.assignment);
  return asRefusal(outcome, ['money-unknown', 'payment-unknown']);
}
