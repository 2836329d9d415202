import type * as z from 'zod/mini';
import { readJson } from './json-literals.ts';
import type { PlayedOrder, PlayedRefund, PlayedRequest } from './player.ts';

/** The fields of a JSON request, numbers by their literal digits; nothing when they are not what the schema wants. */
export function readPlayedJson<Fields>({ body }: PlayedRequest, schema: z.ZodMiniType<Fields>): Fields | undefined {
  const json = readJson(body);
  return json.ok ? schema.safeParse(json.value).data : undefined;
}

/** A refund that was asked for before: whoever repeats the request hears of the same one. */
export function findRefund(order: PlayedOrder, refundRef: string): PlayedRefund | undefined {
  return order.refunds?.find((refund) => refund.refundRef === refundRef);
}

/** What may still be paid back of an order's money. */
export function leftToRefund({ lastNews, refunds = [] }: PlayedOrder): number {
  if (lastNews?.result !== 'paid') return 0;
  return refunds
    .filter(({ result }) => result !== 'failed')
    .reduce((left, { amountVnd }) => left - amountVnd, lastNews.amountVnd);
}
