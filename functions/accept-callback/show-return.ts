import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { NoticeResult } from '#schemas/payment-notice.ts';
import type { Payment } from '#shared/domain/payment.ts';
import type { Clock, SettlementLedger } from '#shared/domain/ports.ts';
import type { CallbackRequest } from '#shared/gateways/http-messages.ts';
import { answerWithPage } from '#shared/rendering/public-page.ts';
import { addressOf, type CallbackRoute } from './callback-route.ts';
import { contentOfReturn, type ReturnPage } from './return-page.ts';

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
  const page = await pageFor(route, request, needs);
  return answerWithPage({ ...page, content: contentOfReturn(page) });
}

async function pageFor(route: CallbackRoute, request: CallbackRequest, needs: ShowReturnNeeds): Promise<ReturnPage> {
  const reading = route.connection.readCallback(request, needs.clock());
  if (reading.kind !== 'notice' || reading.foreignAccount !== undefined) return unverified;
  const { orderRef, result } = reading.notice;
  const named = addressOf(orderRef, route);
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

/** Some gateways sign no return address, and any address can be cut or changed: neither says that the money is lost. */
const unverified: ReturnPage = {
  headline: 'Chưa xác nhận được tại trang này',
  headlineEnglish: 'Not confirmed on this page',
  tone: 'waiting',
  explanation:
    'Địa chỉ quay về này không mang chữ ký của cổng thanh toán; kết quả được cổng báo thẳng cho hệ thống. Nếu quý vị đã thanh toán, khoản tiền không mất: hãy xem lại hồ sơ sau ít phút trước khi thanh toán lại.',
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
