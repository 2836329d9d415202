import * as z from 'zod/mini';
import { refundNameSchema, refundRequestSchema, refundTransferSchema } from '#schemas/refund.ts';
import { proposalRoutes } from '#shared/domain/proposal-routes.ts';
import { asJson, asRefusal, type StaffRoute, staffRoute } from '#shared/domain/staff-route.ts';
import type { RefundNeeds } from './refund-needs.ts';
import { actOnRefund, findRefund, listOpenRefunds, listRefundsOf, type RefundOutcome } from './refund-payment.ts';

const listPath = '/v1/finance/refunds';
const path = `${listPath}/{paymentId}/{refundId}` as const;

/** What finance staff may ask about refunds over HTTP. */
export function refundRoutes(needs: RefundNeeds): readonly StaffRoute[] {
  const act = async (command: Parameters<typeof actOnRefund>[0]) => answerOf(await actOnRefund(command, needs));
  return [
    ...proposalRoutes({
      noun: 'refund',
      listPath,
      path,
      name: refundNameSchema,
      listOpen: () => listOpenRefunds(needs),
      listOf: (paymentId) => listRefundsOf(paymentId, needs),
      // What has waited longest comes first.
      placeOf: ({ waitingSince, paymentId, refundId }) => `${waitingSince}#${paymentId}#${refundId}`,
      find: async (name) => answerOf(await findRefund(name, needs)),
      approve: (name, by) => act({ action: 'approve', by, ...name }),
      reject: (name, by, why) => act({ action: 'reject', by, ...name, why }),
    }),
    staffRoute({
      method: 'POST',
      path: listPath,
      action: 'refund:request',
      takes: z.object({ body: refundRequestSchema }),
      objectOf: ({ body }) => `${body.paymentId}/${body.refundId}`,
      answer: ({ body: refund }, { code: by }) => act({ action: 'request', by, refund }),
    }),
    staffRoute({
      method: 'POST',
      path: `${path}/transfer`,
      action: 'refund:record-transfer',
      takes: z.object({ parameters: refundNameSchema, body: refundTransferSchema }),
      answer: ({ parameters, body }, { code: by }) => act({ action: 'record-transfer', by, ...parameters, ...body }),
    }),
  ];
}

function answerOf(outcome: RefundOutcome) {
  return outcome.kind === 'done' ? asJson(outcome.refund) : asRefusal(outcome, ['no-payment', 'no-money', 'no-refund']);
}
