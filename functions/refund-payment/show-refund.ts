import type { RefundView } from '#schemas/refund.ts';
import { type Refund, waitingSince } from '#shared/domain/refund.ts';

/** A refund for finance staff, with who must act next and since when it waits for that. */
export function showRefund(refund: Refund): RefundView {
  const { ordinal, version, way, conversation, transfer, madeAt, decidedAt, ...shown } = refund;
  return {
    ...shown,
    owner: ownerOf(refund),
    waitingSince: waitingSince(refund),
    ...(conversation === undefined ? {} : { refundRef: conversation.refundRef }),
    ...(transfer === undefined ? {} : { bankReference: transfer.bankReference, transferredOn: transfer.transferredOn }),
  };
}

function ownerOf({ state }: Refund): RefundView['owner'] {
  switch (state) {
    case 'proposed':
      return 'checker';
    case 'approved':
    case 'requested':
      return 'gateway';
    case 'manual-transfer':
    case 'failed':
      return 'finance-desk';
    default:
      return 'nobody';
  }
}
