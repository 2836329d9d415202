import type { AttemptAsking } from '#shared/domain/heard-news.ts';
import type { LogNews } from '#shared/domain/log-catalogue.ts';
import type { Clock, SettlementLedger } from '#shared/domain/ports.ts';
import { orderViewOf } from '#shared/domain/settlement.ts';
import { unansweredOutcomes } from '#shared/domain/states.ts';
import type { CallbackRequest } from '#shared/gateways/http-messages.ts';
import { addressOf, type CallbackRoute } from './callback-route.ts';
import type { DoubtCap } from './doubt-cap.ts';

export interface FollowDoubtNeeds {
  readonly ledger: Pick<SettlementLedger, 'readPayment'>;
  readonly askAttempt: AttemptAsking;
  readonly mayAsk: DoubtCap;
  readonly clock: Clock;
  readonly logNews: LogNews;
}

/** What a doubt led to; for people who watch the log. */
export type DoubtEnd = 'no-question' | 'capped' | 'no-open-attempt' | 'asked' | 'failed';

/** Header in which the edge names the sender, over whatever the sender wrote (infra/constructs/public-edge.ts). */
const viewerHeader = 'x-viewer-address';

/**
 * Follows a callback without proof: its words count for nothing, but it may be the only sign of a payment whose proof
 * broke on the way, so the gateway is asked about the attempt that it seems to name. What the gateway says counts as
 * ever; the sender learns nothing of it. Never throws, so that its failure changes no answer either.
 */
export async function followDoubt(
  route: CallbackRoute,
  request: CallbackRequest,
  claimedRef: string | undefined,
  needs: FollowDoubtNeeds,
): Promise<DoubtEnd> {
  const { gateway, merchant, connection } = route;
  const address = addressOf(claimedRef ?? null, route);
  if (address === undefined || connection.askAttempt === undefined) return 'no-question';
  const source = request.headers[viewerHeader] ?? '';
  // Before the table is read: a flood must not make us read either.
  if (!needs.mayAsk({ gateway, source, claimedRef: address.gatewayRef }, needs.clock())) return 'capped';
  try {
    const payment = await needs.ledger.readPayment(address.paymentId);
    const outcome = orderViewOf(payment, address)?.attemptOutcome;
    if (payment === undefined || outcome === undefined || !unansweredOutcomes.includes(outcome))
      return 'no-open-attempt';
    await needs.askAttempt(payment, address.attempt);
    return 'asked';
  } catch (error) {
    needs.logNews('DOUBT_FAILED', { gateway, merchant }, error);
    return 'failed';
  }
}
