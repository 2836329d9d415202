import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { NoticeResult } from '#schemas/payment-notice.ts';
import { readAttemptRef } from '#shared/domain/attempt-ref.ts';
import type { Payment } from '#shared/domain/payment.ts';
import type { Clock, SettlementLedger } from '#shared/domain/ports.ts';
import type { CallbackRequest } from '#shared/gateways/http-messages.ts';
import type { CallbackRoute } from './accept-callback.ts';
import { type ReturnPage, renderReturnPage } from './return-page.ts';

export interface ShowReturnNeeds {
  readonly ledger: Pick<SettlementLedger, 'readPayment'>;
  readonly clock: Clock;
}

/**
 * The page that a citizen comes back to. It verifies and displays and never decides: the browser's news may come
 * before, after or without the gateway's own, so what it shows is what we hold (gateway specification §0 rule 10).
 */
export async function showReturn(
  route: CallbackRoute,
  request: CallbackRequest,
  needs: ShowReturnNeeds,
): Promise<APIGatewayProxyStructuredResultV2> {
  return {
    statusCode: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'",
    },
    body: renderReturnPage(await pageFor(route, request, needs)),
  };
}

async function pageFor(route: CallbackRoute, request: CallbackRequest, needs: ShowReturnNeeds): Promise<ReturnPage> {
  const reading = route.connection.readCallback(request, needs.clock());
  if (reading.kind !== 'notice' || reading.foreignAccount !== undefined) return unverified;
  const { orderRef, result } = reading.notice;
  const named = orderRef === null ? undefined : readAttemptRef(route.connection.attemptRefOf(orderRef) ?? '');
  const payment = named === undefined ? undefined : await needs.ledger.readPayment(named.paymentId);
  const attempt = named === undefined ? undefined : payment?.attempts[named.attempt];
  if (payment === undefined || attempt === undefined || attempt.gatewayRef !== orderRef) return unverified;
  return {
    ...wordsFor(payment, result),
    amountVnd: payment.amountVnd,
    paymentId: payment.paymentId,
    ...(attempt.returnUrl === undefined ? {} : { continueTo: attempt.returnUrl }),
  };
}

const unverified: ReturnPage = {
  headline: 'Không xác minh được thông tin',
  headlineEnglish: 'This message could not be verified',
  tone: 'bad',
  explanation:
    'Địa chỉ này không mang thông tin hợp lệ của cổng thanh toán. Nếu quý vị đã thanh toán, khoản tiền không mất: hãy tra cứu theo mã hồ sơ sau ít phút.',
};

function wordsFor(payment: Payment, result: NoticeResult): ReturnPage {
  if (payment.state === 'paid') {
    return {
      headline: 'Đã thanh toán',
      headlineEnglish: 'Paid',
      tone: 'good',
      explanation: 'Khoản nộp đã được ghi nhận. Biên lai điện tử được lập trong ít phút và gửi về hồ sơ.',
    };
  }
  if (result === 'paid' || result === 'pending' || result === 'review') {
    return {
      headline: 'Đang chờ cổng thanh toán xác nhận',
      headlineEnglish: 'Waiting for the gateway’s confirmation',
      tone: 'waiting',
      explanation: 'Quý vị không cần thanh toán lại. Trang này tự cập nhật.',
      refreshSeconds: 5,
    };
  }
  return {
    headline: 'Chưa thanh toán',
    headlineEnglish: 'Not paid',
    tone: 'bad',
    explanation:
      'Lượt thanh toán này không thành công và tài khoản của quý vị không bị trừ tiền. Quý vị có thể thử lại từ trang hồ sơ.',
  };
}
