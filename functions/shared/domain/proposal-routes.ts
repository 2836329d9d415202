import * as z from 'zod/mini';
import { type PaymentId, paymentIdSchema } from '#schemas/ids.ts';
import { rejectionSchema, type StaffCode } from '#schemas/staff-code.ts';
import { pageOf, pageQuery } from './page.ts';
import { asJson, type StaffAnswer, type StaffRoute, staffRoute } from './staff-route.ts';

/** Things of a payment that one person proposes and another decides on. */
export interface ProposalDesk<Name, View> {
  readonly noun: 'refund' | 'correction';
  readonly listPath: `/v1/finance/${string}`;
  /** Path of one of them, with the parameters of `name`. */
  readonly path: `/v1/finance/${string}`;
  readonly name: z.ZodMiniType<Name>;
  readonly listOpen: () => Promise<readonly View[]>;
  /** Those at an end too. */
  readonly listOf: (paymentId: PaymentId) => Promise<readonly View[]>;
  /** Where it stands in the order of lists; no two have the same place. */
  readonly placeOf: (view: View) => string;
  readonly find: (name: Name) => Promise<StaffAnswer>;
  readonly approve: (name: Name, checker: StaffCode) => Promise<StaffAnswer>;
  readonly reject: (name: Name, checker: StaffCode, why: string) => Promise<StaffAnswer>;
}

/** What can be asked about any of them: the list, one of them, its approval and its rejection. */
export function proposalRoutes<Name, View>(desk: ProposalDesk<Name, View>): readonly StaffRoute[] {
  const { noun, listPath, path, name } = desk;
  return [
    staffRoute({
      method: 'GET',
      path: listPath,
      action: `${noun}:read`,
      takes: z.object({ query: z.strictObject({ paymentId: z.optional(paymentIdSchema), ...pageQuery }) }),
      objectOf: ({ query }) => query.paymentId ?? '',
      answer: async ({ query: { paymentId, ...page } }) => {
        const found = await (paymentId === undefined ? desk.listOpen() : desk.listOf(paymentId));
        return asJson(pageOf(found, page, desk.placeOf));
      },
    }),
    staffRoute({
      method: 'GET',
      path,
      action: `${noun}:read`,
      takes: z.object({ parameters: name }),
      answer: (given) => desk.find(given.parameters),
    }),
    staffRoute({
      method: 'POST',
      path: `${path}/approval`,
      action: `${noun}:approve`,
      takes: z.object({ parameters: name }),
      answer: (given, { code }) => desk.approve(given.parameters, code),
    }),
    staffRoute({
      method: 'POST',
      path: `${path}/rejection`,
      action: `${noun}:reject`,
      takes: z.object({ parameters: name, body: rejectionSchema }),
      answer: (given, { code }) => desk.reject(given.parameters, code, given.body.why),
    }),
  ];
}
