import type { LogNews } from '#shared/domain/log-catalogue.ts';
import type { Clock } from '#shared/domain/ports.ts';
import type { Refund } from '#shared/domain/refund.ts';
import type { RefundRefusal } from '#shared/domain/refund-plan.ts';
import type { RefundFollowing, RefundLedger } from '#shared/domain/refund-ports.ts';

export interface RefundNeeds {
  readonly ledger: RefundLedger;
  readonly followRefunds: RefundFollowing;
  readonly clock: Clock;
  /** Waits a random while before a further try, so that rivals spread out. */
  readonly pauseBeforeTry: (tries: number) => Promise<void>;
  readonly logNews: LogNews;
}

/** The refund as it stands after what was asked for, or why nothing was done. */
export type RefundAnswer =
  | { readonly kind: 'done'; readonly refund: Refund }
  | { readonly kind: 'refused'; readonly refusal: RefundRefusal };

export function refused(refusal: RefundRefusal): RefundAnswer {
  return { kind: 'refused', refusal };
}
