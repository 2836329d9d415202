import * as z from 'zod/mini';
import { correctionNameSchema, correctionRequestSchema } from '#schemas/correction.ts';
import { proposalRoutes } from '#shared/domain/proposal-routes.ts';
import { asJson, asRefusal, type StaffRoute, staffRoute } from '#shared/domain/staff-route.ts';
import {
  actOnCorrection,
  type CorrectionOutcome,
  findCorrection,
  listCorrectionsOf,
  listOpenCorrections,
} from './correct-receipt.ts';
import type { CorrectionNeeds } from './correction-needs.ts';

const listPath = '/v1/finance/corrections';

/** What finance staff may ask about wrong receipts over HTTP. */
export function correctionRoutes(needs: CorrectionNeeds): readonly StaffRoute[] {
  const act = async (command: Parameters<typeof actOnCorrection>[0]) => answerOf(await actOnCorrection(command, needs));
  return [
    ...proposalRoutes({
      noun: 'correction',
      listPath,
      path: `${listPath}/{paymentId}/{correctionId}`,
      name: correctionNameSchema,
      listOpen: () => listOpenCorrections(needs),
      listOf: (paymentId) => listCorrectionsOf(paymentId, needs),
      placeOf: ({ madeAt, paymentId, correctionId }) => `${madeAt}#${paymentId}#${correctionId}`,
      find: async (name) => answerOf(await findCorrection(name, needs)),
      approve: (name, by) => act({ action: 'approve', by, ...name }),
      reject: (name, by, why) => act({ action: 'reject', by, ...name, why }),
    }),
    staffRoute({
      method: 'POST',
      path: listPath,
      action: 'correction:propose',
      takes: z.object({ body: correctionRequestSchema }),
      objectOf: ({ body }) => `${body.paymentId}/${body.correctionId}`,
      answer: ({ body: correction }, { code: by }) => act({ action: 'propose', by, correction }),
    }),
  ];
}

function answerOf(outcome: CorrectionOutcome) {
  if (outcome.kind === 'done') return asJson(outcome.correction);
  return asRefusal(outcome, ['no-payment', 'no-receipt', 'no-correction']);
}
