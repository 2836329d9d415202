import * as z from 'zod/mini';
import { closeNoteSchema, dayCloseProposalSchema, dayStateSchema, monthSchema } from '#schemas/day-close.ts';
import { businessDateSchema, gatewayNameSchema, merchantNameSchema } from '#schemas/ids.ts';
import { pageOf, pageQuery } from '#shared/domain/page.ts';
import { asJson, asRefusal, type StaffRoute, staffRoute } from '#shared/domain/staff-route.ts';
import { type CloseOutcome, closeDay } from '../close-day.ts';
import { closeMonth, findMonth, type MonthOutcome } from '../close-month.ts';
import { listDays, placeOfDay } from '../list-days.ts';
import type { ReconciliationNeeds } from '../reconciliation-needs.ts';
import { findDay } from '../show-day.ts';
import { closeRoutes } from './close-routes.ts';

/** The books of one account and business day. */
export const dayPath = '/v1/finance/days/{gateway}/{merchant}/{day}';
export const dayAddressSchema = z.object({
  gateway: gatewayNameSchema,
  merchant: merchantNameSchema,
  day: businessDateSchema,
});

const monthPath = '/v1/finance/months/{month}';
const monthAddressSchema = z.object({ month: monthSchema });

/** Where each account stands on each day, and the close of days and months by two persons. */
export function dayRoutes(needs: ReconciliationNeeds): readonly StaffRoute[] {
  return [
    ...readingRoutes(needs),
    ...closeRoutes({
      path: dayPath,
      address: dayAddressSchema,
      proposal: dayCloseProposalSchema,
      makerOf: async (address) => (await needs.book.readCloses([address]))[0]?.maker,
      propose: async (address, proposal, maker) =>
        answerOf(await closeDay(address, { act: 'propose', ...proposal }, maker, needs)),
      decide: async (address, act, checker) => answerOf(await closeDay(address, act, checker, needs)),
    }),
    ...closeRoutes({
      path: monthPath,
      address: monthAddressSchema,
      proposal: closeNoteSchema,
      makerOf: async ({ month }) => (await needs.book.readMonth(month))?.maker,
      propose: async ({ month }, proposal, maker) =>
        answerOfMonth(await closeMonth(month, { act: 'propose', ...proposal }, maker, needs)),
      decide: async ({ month }, act, checker) => answerOfMonth(await closeMonth(month, act, checker, needs)),
    }),
  ];
}

function readingRoutes(needs: ReconciliationNeeds): readonly StaffRoute[] {
  return [
    staffRoute({
      method: 'GET',
      path: '/v1/finance/days',
      action: 'day:read',
      takes: z.object({ query: filterSchema }),
      objectOf: ({ query: { from, to } }) => `${from}/${to}`,
      answer: async ({ query: { limit, after, ...filter } }) => {
        const listing = await listDays(filter, needs);
        if (listing.kind === 'refused') return asRefusal(listing, []);
        return asJson(pageOf(listing.days, { limit, after }, placeOfDay));
      },
    }),
    staffRoute({
      method: 'GET',
      path: dayPath,
      action: 'day:read',
      takes: z.object({ parameters: dayAddressSchema }),
      answer: async ({ parameters }) => answerOf(await findDay(parameters, needs)),
    }),
    staffRoute({
      method: 'GET',
      path: monthPath,
      action: 'day:read',
      takes: z.object({ parameters: monthAddressSchema }),
      answer: async ({ parameters }) => asJson(await findMonth(parameters.month, needs)),
    }),
  ];
}

const filterSchema = z.strictObject({
  from: businessDateSchema,
  to: businessDateSchema,
  gateway: z.optional(gatewayNameSchema),
  merchant: z.optional(merchantNameSchema),
  state: z.optional(dayStateSchema),
  ...pageQuery,
});

function answerOf(outcome: CloseOutcome) {
  return outcome.kind === 'done' ? asJson(outcome.day) : asRefusal(outcome, ['unknown-account']);
}

function answerOfMonth(outcome: MonthOutcome) {
  return outcome.kind === 'done' ? asJson(outcome.month) : asRefusal(outcome, []);
}
