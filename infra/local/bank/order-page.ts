import { bilingual, formatTime, formatVnd, renderPage } from '#infra/local/pages/layout.ts';
import type { Instant } from '#schemas/ids.ts';
import { type Html, html } from '#shared/rendering/html.ts';
import { renderAnswer } from './answer-words.ts';
import type { BankOrder, SentCall } from './bank-order.ts';
import type { PlayedAccount } from './played-account.ts';
import { statementPath } from './statement-counter.ts';

export interface OrderPageFacts {
  readonly order: BankOrder;
  readonly played: PlayedAccount;
  /** The way back to the collecting unit's page, once there is news to take along. */
  readonly returnAddress?: string | undefined;
  /** The gateway keeps the last news to itself. */
  readonly isSilent?: boolean;
  readonly now: Instant;
}

/** The page of an order at the gateway: what to pay, what can be played, and what we answered. */
export function renderOrderPage(facts: OrderPageFacts): Html {
  const { order, played, now } = facts;
  const { label } = played;
  const isWaiting = order.delayedUntil !== undefined && order.delayedUntil > now;
  return renderPage(
    { title: `${label} – thanh toán`, place: 'Ngân hàng thử nghiệm', refreshSeconds: isWaiting ? 2 : undefined },
    html`<h1>${bilingual(`Thanh toán qua ${label}`, 'played by this machine')}</h1>
<section class="card at-gateway">
<p class="amount">${formatVnd(order.amountVnd)}</p>
<dl>
<dt>Nội dung</dt><dd>${order.description}</dd>
<dt>Mã đơn</dt><dd>${order.orderRef}</dd>
<dt>Đơn vị thu</dt><dd>${played.holder} <small>${order.merchant}</small></dd>
</dl>
${renderExpiry(order, now)}
<p>${renderAction('pay', 'Thanh toán', 'pay', 'primary')}${canFail(played) ? [renderAction('fail', 'Thất bại', 'not enough money'), renderAction('cancel', 'Hủy', 'the payer cancels')] : undefined}</p>
${renderReturn(facts)}
</section>
${isWaiting ? html`<p class="notice" role="status">${bilingual(`Đã trừ tiền; sẽ gọi lại lúc ${formatTime(order.delayedUntil ?? '')}.`, 'Paid; the callback goes out later.')}</p>` : undefined}
${facts.isSilent === true ? html`<p class="notice" role="status">${bilingual('Cổng này không gọi lại tin như vậy; chỉ ai hỏi mới biết.', 'This gateway does not call back with such news: only who asks hears of it.')}</p>` : undefined}
${renderTricks(order, played)}
${renderCalls(order.calls)}
${renderRefunds(order.refunds)}
<p><a href="${statementPath(played)}">${bilingual('Tải sao kê ngày', 'the account’s statement of today')}</a></p>`,
  );
}

/** A failure that is neither called back nor asked about happens to the payer alone. */
function canFail({ player }: PlayedAccount): boolean {
  return player.answer !== undefined || player.tells?.includes('failed') !== false;
}

function renderAction(action: string, vietnamese: string, english: string, style = ''): Html {
  return html`<form method="post"><button class="${style}" name="action" value="${action}">${bilingual(vietnamese, english)}</button></form>`;
}

function renderExpiry({ expiresAt }: BankOrder, now: Instant): Html | undefined {
  if (expiresAt === undefined) return undefined;
  if (expiresAt > now) return html`<p><small>Hạn thanh toán ${formatTime(expiresAt)}</small></p>`;
  return html`<p class="notice">${bilingual(`Đơn đã hết hạn lúc ${formatTime(expiresAt)}; vẫn trả được để thử tiền đến muộn.`, 'Expired; paying now plays late money.')}</p>`;
}

/** Some gateways do not send the browser back: the payer looks at the unit's page. */
function renderReturn({ order, returnAddress }: OrderPageFacts): Html | undefined {
  if (order.lastNews === undefined) return undefined;
  const back = bilingual('Trở về trang của đơn vị thu', 'back to the collecting unit');
  return returnAddress === undefined
    ? html`<p><small>Cổng này không đưa khách trở lại. <span lang="en">This gateway sends no browser back.</span></small> <a href="/">Về trang đầu</a></p>`
    : html`<p><a class="button" href="${returnAddress}">${back}</a></p>`;
}

function renderTricks(order: BankOrder, played: PlayedAccount): Html {
  const repeat =
    order.calls.length === 0 && order.lastNews === undefined
      ? undefined
      : renderAction('repeat', 'Gọi lại lần nữa', 'repeat the last callback');
  return html`<h2>${bilingual('Tình huống khó', 'what gateways and forgers do')}</h2>
<section class="card">
${repeat}${renderAction('wrong-amount', 'Sai số tiền', 'genuine, but another amount')}${renderAction('forge', 'Giả mạo', 'by somebody without the secret')}${renderAction('pay-silently', 'Trả tiền, không gọi lại', 'pay, no callback at all')}${canFail(played) ? renderAction('fail-silently', 'Thất bại, không gọi lại', 'fail, no callback at all') : undefined}
<form method="post"><label>Trả chậm <input type="number" name="seconds" value="10" min="1" max="600"> giây</label> <button name="action" value="delay">${bilingual('Trả và gọi chậm', 'pay, callback later')}</button></form>
</section>`;
}

function renderCalls(calls: readonly SentCall[]): Html | undefined {
  if (calls.length === 0) return undefined;
  const rows = calls.toReversed().map(
    (sent) => html`<tr>
<td>${formatTime(sent.at)}</td>
<td>${sent.what}<br><small>${sent.call.method} ${new URL(sent.call.url).pathname}</small></td>
<td>${renderAnswer(sent)}</td>
</tr>`,
  );
  return html`<h2>${bilingual('Các lần gọi lại', 'callbacks and our answers')}</h2>
<table>
<thead><tr><th>Lúc</th><th>Tin</th><th>Hệ thống trả lời</th></tr></thead>
<tbody>${rows}</tbody>
</table>`;
}

const refundTexts = {
  refunded: ['good', 'đã hoàn'],
  pending: ['wait', 'đang xử lý'],
  failed: ['bad', 'không hoàn được'],
} as const;

function renderRefunds(refunds: BankOrder['refunds']): Html | undefined {
  if (refunds.length === 0) return undefined;
  const rows = refunds.map(({ at, refundRef, amountVnd, result }) => {
    const [tone, text] = refundTexts[result];
    return html`<tr><td>${formatTime(at)}</td><td>${refundRef}</td><td class="number">${formatVnd(amountVnd)}</td><td><span class="state ${tone}">${text}</span></td></tr>`;
  });
  return html`<h2>${bilingual('Các lần hoàn tiền', 'refunds')}</h2>
<table>
<thead><tr><th>Lúc</th><th>Mã hoàn</th><th class="number">Số tiền</th><th>Kết quả</th></tr></thead>
<tbody>${rows}</tbody>
</table>`;
}
