import type { CallbackOutcome } from './gateway.ts';

/** What gateways with few words must hear: we have it, we do not believe it, or it is to be sent again. */
export type Acknowledgement = 'recorded' | 'refused' | 'call-again';

/**
 * Reduces an outcome to these words. Every message that passed authentication was recorded, money that fits no order
 * too: an officer looks after that here, and calling again would change nothing (gateway specification §0 rule 8).
 */
export function acknowledgementOf(outcome: CallbackOutcome): Acknowledgement {
  switch (outcome) {
    case 'bad_signature':
    case 'expired':
      return 'refused';
    case 'unavailable':
      return 'call-again';
    default:
      return 'recorded';
  }
}
