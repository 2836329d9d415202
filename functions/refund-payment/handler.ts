import { refundCommandSchema } from '#schemas/refund.ts';
import { makeDocumentClient } from '#shared/adapters/dynamo.ts';
import { makeRefundLedger } from '#shared/adapters/refund-ledger.ts';
import { faultsOfSchema } from '#shared/domain/schema-faults.ts';
import { systemClock } from '#shared/runtime/clock.ts';
import { readEnvironment } from '#shared/runtime/env.ts';
import { pauseBeforeTry } from '#shared/runtime/pause.ts';
import { logNews } from '#shared/runtime/telemetry.ts';
import { refundFollowingEnvironment, wireRefundFollowing } from '#shared/wiring/refund-following.ts';
import { type RefundResult, refundPayment } from './refund-payment.ts';

const environment = readEnvironment(refundFollowingEnvironment);
const table = { client: makeDocumentClient(), name: environment.TABLE_NAME };
const needs = {
  ledger: makeRefundLedger(table),
  followRefunds: wireRefundFollowing(environment, table),
  clock: systemClock,
  pauseBeforeTry,
  logNews,
};

/** A command that cannot be read: every faulty field with its rule, never with its value. */
interface FaultyCommand {
  readonly kind: 'faulty';
  readonly faults: readonly { readonly field: string; readonly fault: string }[];
}

/** Refunds, invoked by the finance desk with a command of `schemas/refund.ts`. */
export async function handler(event: unknown): Promise<RefundResult | FaultyCommand> {
  const command = refundCommandSchema.safeParse(event);
  if (command.success) return refundPayment(command.data, needs);
  const faults = faultsOfSchema(command.error).map(({ path, message }) => ({
    field: path.join('.'),
    fault: message,
  }));
  return { kind: 'faulty', faults };
}
