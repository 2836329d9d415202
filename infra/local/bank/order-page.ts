import { type Html, html } from '#infra/local/html.ts';
import { bilingual, formatTime, formatVnd, renderPage } from '#infra/local/pages/layout.ts';
import type { BankOrder, SentCall } from './bank-order.ts';

export interface OrderPageFacts {
  readonly orderId: string;
  readonly order: BankOrder;
  readonly gatewayLabel: string;
  /** The way back to the collecting unit's page, once there is news to take along. */
  readonly returnAddress?: string | undefined;
  readonly now: Date;
}

/** The page of an order at the gateway: what to pay, what can be played, and what we answered. */
export function renderOrderPage(facts: OrderPageFacts): Html {
  const { order, gatewayLabel, now } = facts;
  const isWaiting = order.delayedUntil !== undefined && order.delayedUntil > now.toISOString();
  return renderPage(
    { title: `${gatewayLabel} – thanh toán`, place: 'Ngân hàng thử nghiệm', refreshSeconds: isWaiting ? 2 : undefined },
    html`<h1>${bilingual(`Thanh toán qua ${gatewayLabel}`, `paying by ${gatewayLabel}, played by this machine`)}</h1>
<section class="card ${order.gateway}">
<p class="amount">${formatVnd(order.amountVnd)}</p>
<dl>
<dt>Nội dung</dt><dd>${order.description}</dd>
<dt>Mã đơn</dt><dd>${order.orderRef}</dd>
<dt>Tài khoản nhận</dt><dd>${order.merchant}</dd>
</dl>
${renderExpiry(order, now)}
<p>${renderAction('pay', 'Thanh toán', 'pay', 'primary')}${renderAction('fail', 'Thất bại', 'not enough money')}${renderAction('cancel', 'Hủy', 'the payer cancels')}</p>
${renderReturn(facts.returnAddress)}
</section>
${isWaiting ? html`<p class="notice" role="status">${bilingual(`Đã trừ tiền; sẽ gọi lại lúc ${formatTime(order.delayedUntil ?? '')}.`, 'Paid; the callback goes out later.')}</p>` : undefined}
${renderTricks(order)}
${renderCalls(order.calls)}`,
  );
}

function renderAction(action: string, vietnamese: string, english: string, style = ''): Html {
  return html`<form method="post"><button class="${style}" name="action" value="${action}">${bilingual(vietnamese, english)}</button></form>`;
}

function renderExpiry({ expiresAt }: BankOrder, now: Date): Html | undefined {
  if (expiresAt === undefined) return undefined;
  if (expiresAt > now.toISOString()) return html`<p><small>Hạn thanh toán ${formatTime(expiresAt)}</small></p>`;
  return html`<p class="notice">${bilingual(`Đơn đã hết hạn lúc ${formatTime(expiresAt)}; vẫn trả được để thử tiền đến muộn.`, 'Expired; paying now plays late money.')}</p>`;
}

function renderReturn(returnAddress: string | undefined): Html | undefined {
  if (returnAddress === undefined) return undefined;
  return html`<p><a class="button" href="${returnAddress}">${bilingual('Trở về trang của đơn vị thu', 'back to the collecting unit')}</a></p>`;
}

function renderTricks(order: BankOrder): Html {
  const repeat =
    order.calls.length === 0 && order.lastNews === undefined
      ? undefined
      : renderAction('repeat', 'Gọi lại lần nữa', 'repeat the last callback');
  return html`<h2>${bilingual('Tình huống khó', 'what gateways and forgers do')}</h2>
<section class="card">
${repeat}${renderAction('wrong-amount', 'Sai số tiền', 'genuine, but another amount')}${renderAction('forge', 'Giả mạo', 'forged signature')}${renderAction('pay-silently', 'Trả tiền, không gọi lại', 'pay, no callback at all')}
<form method="post"><label>Trả chậm <input type="number" name="seconds" value="10" min="1" max="600"> giây</label> <button name="action" value="delay">${bilingual('Trả và gọi chậm', 'pay, callback later')}</button></form>
</section>`;
}

function renderCalls(calls: readonly SentCall[]): Html | undefined {
  if (calls.length === 0) return undefined;
  const rows = calls.toReversed().map(
    ({ at, what, call, status, answer }) => html`<tr>
<td>${formatTime(at)}</td>
<td>${what}<br><small>${call.method} ${new URL(call.url).pathname}</small></td>
<td>${readAnswer(status, answer)}<br><code>${status === 0 ? '' : status} ${answer}</code></td>
</tr>`,
  );
  return html`<h2>${bilingual('Các lần gọi lại', 'callbacks and our answers')}</h2>
<table>
<thead><tr><th>Lúc</th><th>Tin</th><th>Hệ thống trả lời</th></tr></thead>
<tbody>${rows}</tbody>
</table>`;
}

/** The words of gateway specification §1.3 and §2.3. */
const vnpayAnswers: Readonly<Record<string, readonly [tone: string, text: string]>> = {
  '00': ['good', 'đã ghi nhận'],
  '01': ['bad', 'không tìm thấy đơn'],
  '02': ['good', 'đã xác nhận trước đó'],
  '04': ['bad', 'sai số tiền'],
  '97': ['bad', 'sai chữ ký'],
  '99': ['wait', 'lỗi, hãy gọi lại'],
};

function readAnswer(status: number, answer: string): Html {
  const code = /"RspCode":"(\d\d)"/.exec(answer)?.[1];
  const [tone, text] = (code === undefined ? undefined : vnpayAnswers[code]) ?? readStatus(status);
  return html`<span class="state ${tone}">${code === undefined ? text : `${code} ${text}`}</span>`;
}

function readStatus(status: number): readonly [tone: string, text: string] {
  if (status === 0) return ['bad', 'không trả lời'];
  if (status === 204) return ['good', 'đã nhận'];
  return status < 500 ? ['bad', 'từ chối'] : ['wait', 'lỗi, hãy gọi lại'];
}
