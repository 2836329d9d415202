import { join } from 'node:path';
import * as z from 'zod';
import { paymentRequestSchema } from '#schemas/payment-request.ts';
import type { PaymentView } from '#schemas/payment-view.ts';
import type { DossierSystem } from './dossier-system.ts';
import { drawSequence, makeSampleRequest, sampleCount } from './sample-dossiers.ts';
import { readOrMake } from './state-file.ts';

/**
 * Makes the payments of a few dossiers through the interface, as the dossier system would. The requests are kept,
 * so that a later start sends the same ones and finds the same payments.
 */
export async function seedPayments(dossierSystem: DossierSystem, stateFolder: string): Promise<readonly PaymentView[]> {
  const requests = await readOrMake(join(stateFolder, 'seed.json'), z.array(paymentRequestSchema), () =>
    Array.from({ length: sampleCount }, (_, kind) =>
      paymentRequestSchema.parse(makeSampleRequest(kind, drawSequence(), new Date())),
    ),
  );
  const payments: PaymentView[] = [];
  for (const request of requests) payments.push(await dossierSystem.createPayment(request));
  return payments;
}
