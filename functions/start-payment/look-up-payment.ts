import type { PaymentId } from '#schemas/ids.ts';
import { instantAfter } from '#shared/domain/calendar.ts';
import { attemptsWithoutAnswer } from '#shared/domain/owed.ts';
import type { PaymentRecord } from '#shared/domain/payment-record.ts';
import type { Clock, GatewayAsking, PaymentLedger } from '#shared/domain/ports.ts';

export interface LookUpNeeds {
  readonly ledger: PaymentLedger;
  readonly clock: Clock;
  readonly askGateways: GatewayAsking;
}

/** However many people look at a payment, its gateways are asked once in this time. */
const restMilliseconds = 30_000;

/**
 * Finds a client's payment. Who looks at an open one wants to know whether it is paid, so its gateways are asked first.
 * Another client's payment is not told apart from none: ids must not be probed for existence.
 */
export async function lookUpPayment(
  paymentId: PaymentId,
  client: string,
  needs: LookUpNeeds,
): Promise<PaymentRecord | undefined> {
  const record = await needs.ledger.readRecord(paymentId);
  if (record === undefined || record.payment.client !== client) return undefined;
  const attempts = attemptsWithoutAnswer(record);
  if (record.payment.state !== 'open' || attempts.length === 0) return record;
  const now = needs.clock();
  const answer = await needs.ledger.claimCheck(paymentId, now, instantAfter(now, -restMilliseconds));
  if (answer.kind === 'refused') return record;
  await needs.askGateways(record.payment, attempts);
  return (await needs.ledger.readRecord(paymentId)) ?? record;
}
