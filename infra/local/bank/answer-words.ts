import type { CallbackOutcome, GatewayConnection } from '#shared/gateways/gateway.ts';
import type { CallbackRequest } from '#shared/gateways/http-messages.ts';
import { type Html, html } from '#shared/rendering/html.ts';
import type { SentCall } from './bank-order.ts';

type Words = readonly [tone: 'good' | 'bad' | 'wait', text: string];

/** What a callback can have come to, as far as a gateway has words of its own for it. */
const outcomeWords = new Map<CallbackOutcome, Words>([
  ['paid', ['good', 'đã ghi nhận']],
  ['duplicate', ['good', 'đã xác nhận trước đó']],
  ['unknown_order', ['bad', 'không tìm thấy đơn']],
  ['amount_mismatch', ['bad', 'sai số tiền']],
  ['bad_signature', ['bad', 'sai chữ ký']],
  ['unavailable', ['wait', 'lỗi, hãy gọi lại']],
]);

/** The outcomes for which we would have answered just so: several where the gateway has one word for them. */
export function outcomesOf(
  answer: Pick<SentCall, 'status' | 'answer'>,
  request: CallbackRequest,
  connection: GatewayConnection,
): string[] {
  return [...outcomeWords.keys()].filter((outcome) => {
    const { status, body } = connection.answerCallback(outcome, request);
    return status === answer.status && body === answer.answer;
  });
}

/** Our answer to a callback in words for people. */
export function renderAnswer({ status, answer, outcomes }: SentCall): Html {
  const [tone, text] = wordsFor(status, outcomes);
  return html`<span class="state ${tone}">${text}</span><br><code>${status === 0 ? '' : status} ${answer}</code>`;
}

function wordsFor(status: number, outcomes: readonly string[]): Words {
  const possible = [...outcomeWords].filter(([outcome]) => outcomes.includes(outcome));
  const [first, ...others] = possible.map(([, words]) => words);
  if (first !== undefined && others.length === 0) return first;
  if (outcomes.includes('paid')) return ['good', 'đã nhận'];
  if (status === 0) return ['bad', 'không trả lời'];
  return status < 500 ? ['bad', 'từ chối'] : ['wait', 'lỗi, hãy gọi lại'];
}
