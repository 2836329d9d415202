import type { ProblemOf } from '#schemas/problem.ts';
import type { CreatePaymentResult } from './create-payment.ts';
import type { OpenAttemptResult } from './open-attempt.ts';

/** What a refused creation says to the dossier system. Titles are Vietnamese first. */
export function problemOfCreation(
  result: Extract<CreatePaymentResult, { kind: 'reference-conflict' | 'debt-claimed' }>,
): ProblemOf {
  switch (result.kind) {
    case 'reference-conflict':
      return {
        code: 'reference-conflict',
        title: 'Mã tham chiếu đã dùng cho yêu cầu khác (reference used for another request)',
        status: 409,
        detail: `This reference belongs to payment ${result.paymentId}, whose request had another body. Use a new reference, or send the first body again.`,
        instance: `/v1/payments/${result.paymentId}`,
      };
    case 'debt-claimed':
      return {
        code: 'debt-claimed',
        title: 'Khoản nợ đang được thanh toán khác giữ (debt claimed by another payment)',
        status: 409,
        detail: `Debt ${result.debtId} of dossier ${result.dossierCode} is claimed by payment ${result.paymentId}, which is open or paid. Use that payment, or wait until it expires.`,
        instance: `/v1/payments/${result.paymentId}`,
      };
  }
}

export const paymentNotFound: ProblemOf = {
  code: 'payment-not-found',
  title: 'Không tìm thấy thanh toán (payment not found)',
  status: 404,
  detail: 'There is no payment of yours with this id. Was a digit mistyped, or does it belong to another client?',
};

type AttemptRefusal = Exclude<OpenAttemptResult, { kind: 'opened' | 'returned' }>;

/** What a refused attempt says to the dossier system. */
export function problemOfAttempt(result: AttemptRefusal): ProblemOf {
  switch (result.kind) {
    case 'not-found':
      return paymentNotFound;
    case 'not-open':
      return {
        code: 'payment-not-open',
        title: 'Thanh toán không còn mở (payment not open)',
        status: 409,
        detail: `The payment is ${result.state}: no further attempt can be opened. Read the payment to see what became of it.`,
      };
    case 'no-account':
      return {
        code: 'no-merchant-account',
        title: 'Chưa kết nối cổng thanh toán này (no account at this gateway)',
        status: 422,
        detail:
          'There is no merchant account for this payment at the gateway named. Choose a gateway that is configured.',
        errors: [{ pointer: '/gateway', detail: 'is not configured for the collecting units of this payment' }],
      };
    case 'too-many-attempts':
      return {
        code: 'too-many-attempts',
        title: 'Quá nhiều lượt thanh toán (too many attempts)',
        status: 409,
        detail: 'This payment has had 99 attempts. Create a new payment after this one has expired.',
      };
    case 'gateway-refused':
      return {
        code: 'gateway-refused',
        title: 'Cổng thanh toán từ chối (refused by the gateway)',
        status: 502,
        detail: `The gateway refused to open the attempt (${result.resultCode}: ${result.why}). Try again, or choose another gateway.`,
      };
    case 'gateway-silent':
      return {
        code: 'gateway-silent',
        title: 'Cổng thanh toán chưa trả lời (no answer from the gateway)',
        status: 504,
        detail: `The gateway gave no certain answer (${result.why}). The same request may be sent again: it does not open a second attempt.`,
      };
  }
}
