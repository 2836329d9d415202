import type { AttemptQuestion } from '#shared/gateways/gateway.ts';
import { anInstant, anOrder } from './attempt-orders.ts';

/** What became of the attempt of `anOrder`, asked when it was opened. */
export function aQuestion(changes: Partial<AttemptQuestion> = {}): AttemptQuestion {
  const { gatewayRef, amountVnd, openedAt } = anOrder();
  return { gatewayRef, amountVnd, openedAt, requestId: `${gatewayRef}m9x0y1z2`, askedAt: anInstant, ...changes };
}
