import type { AttemptView, PaymentView } from '#schemas/payment-view.ts';
import { type Html, html } from '#shared/rendering/html.ts';

type Tone = 'good' | 'bad' | 'wait' | '';

const stateTexts: Readonly<Record<PaymentView['state'], readonly [Tone, string]>> = {
  open: ['wait', 'Chờ nộp'],
  paid: ['good', 'Đã nộp'],
  expired: ['bad', 'Hết hạn'],
  cancelled: ['bad', 'Đã hủy'],
  waived: ['', 'Không phải nộp'],
};

const outcomeTexts: Readonly<Record<AttemptView['outcome'], readonly [Tone, string]>> = {
  started: ['wait', 'Đang chờ'],
  failed: ['bad', 'Không thành công'],
  review: ['wait', 'Đang xem xét'],
  succeeded: ['good', 'Thành công'],
};

export function renderState(state: PaymentView['state']): Html {
  return badge(stateTexts[state]);
}

export function renderOutcome(outcome: AttemptView['outcome']): Html {
  return badge(outcomeTexts[outcome]);
}

function badge([tone, text]: readonly [Tone, string]): Html {
  return html`<span class="state ${tone}">${text}</span>`;
}

/** Address of a receipt's document on the local pages. */
export function receiptPath(
  paymentId: string,
  receipt: PaymentView['receipts'][number],
  document: 'pdf' | 'xml',
): string {
  return `/local/payments/${paymentId}/receipts/${receipt.series}/${receipt.number}.${document}`;
}

/** Whether more is to come by itself soon, so that the page should look again. */
export function isUnsettled({ state: paymentState, receipts }: PaymentView): boolean {
  return (
    paymentState === 'paid' && (receipts.length === 0 || receipts.some(({ state }) => state === 'awaiting-signature'))
  );
}
