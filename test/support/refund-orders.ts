import { amountVndSchema } from '#schemas/money.ts';
import { instantAfter } from '#shared/domain/calendar.ts';
import type { GatewayRequest } from '#shared/gateways/http-messages.ts';
import type { Refunding, RefundOpening, RefundOrder, RefundQuestion } from '#shared/gateways/refund-port.ts';
import { anInstant, anOrder } from './attempt-orders.ts';

const nextMorning = instantAfter(anInstant, 24 * 60 * 60_000);

/** The money of `anOrder`, 28 000 đồng, paid back in full on the morning after. */
export function aRefund(refunding: Refunding, changes: Partial<RefundOrder> = {}): RefundOrder {
  const { amountVnd, openedAt } = anOrder();
  return {
    refundRef: refunding.refundRefOf('r1000000000000301', nextMorning),
    amountVnd,
    paid: { gatewayRef: '1000000000000301', transactionId: '4088878653', amountVnd, openedAt },
    otherRefundsVnd: [],
    description: 'Hoan phi ho so H49.14-261122-0001',
    approvedBy: 'kt-02',
    requestedAt: nextMorning,
    ...changes,
  };
}

/** What became of it, asked five minutes later. */
export function aRefundQuestion(refunding: Refunding, changes: Partial<RefundQuestion> = {}): RefundQuestion {
  return {
    ...aRefund(refunding),
    requestId: 'q1000000000000301m9x0y1z2',
    askedAt: instantAfter(nextMorning, 5 * 60_000),
    ...changes,
  };
}

export const vnd = (amount: number) => amountVndSchema.parse(amount);

/** The request of a refund that the gateway takes over its interface. */
export function requestOf(opening: RefundOpening) {
  if (opening.kind !== 'request') throw new Error(`the refund is not supported: ${opening.why}`);
  return opening;
}

/** What a request says, in the gateway's own names. */
export function fieldsOf(request: GatewayRequest): Readonly<Record<string, unknown>> {
  const fields: unknown = JSON.parse(request.body);
  if (typeof fields !== 'object' || fields === null) throw new Error('the request holds no fields');
  return { ...fields };
}

/** The same as texts, as signatures cover them. */
export function literalsOf(request: GatewayRequest): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(fieldsOf(request)).map(([name, value]) => [name, String(value)]));
}
