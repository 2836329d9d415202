import { transferPath } from '#infra/local/bank/transfer-page.ts';
import type { AttemptView, PaymentView } from '#schemas/payment-view.ts';
import { type Html, html } from '#shared/rendering/html.ts';
import { type GatewayChoice, labelOf } from './gateway-choice.ts';
import { bilingual, formatTime, formatVnd } from './layout.ts';
import { renderQrImage } from './qr-image.ts';

/** How the citizen goes on with attempts that no redirect opens: a form to send, or a transfer to make. */
export function renderNextSteps({ state, attempts }: PaymentView, choices: readonly GatewayChoice[]): Html | undefined {
  if (state !== 'open') return undefined;
  const steps = attempts
    .filter(({ outcome }) => outcome === 'started')
    .toReversed()
    .map((attempt) => renderForm(attempt, choices) ?? renderTransfer(attempt, choices));
  return html`${steps}`;
}

function renderForm({ gateway, form }: AttemptView, choices: readonly GatewayChoice[]): Html | undefined {
  if (form === undefined) return undefined;
  const label = labelOf(gateway, choices);
  const hidden = form.fields.map(({ name, value }) => html`<input type="hidden" name="${name}" value="${value}">`);
  return html`<section class="card at-gateway">
<h2>${label}</h2>
<p>Trang của cổng này được mở bằng một biểu mẫu đã ký. <small lang="en">This gateway’s page is opened by a signed form.</small></p>
<form method="post" action="${form.action}">${hidden}<button class="primary">${bilingual(`Mở trang ${label}`, 'open the page')}</button></form>
</section>`;
}

function renderTransfer(attempt: AttemptView, choices: readonly GatewayChoice[]): Html | undefined {
  const { gateway, transfer, expiresAt } = attempt;
  if (transfer === undefined) return undefined;
  return html`<section class="card at-gateway transfer">
<div>
<h2>${labelOf(gateway, choices)}</h2>
<dl>
<dt>Ngân hàng</dt><dd>${transfer.bankName}</dd>
<dt>Số tài khoản</dt><dd>${transfer.accountNumber}</dd>
<dt>Chủ tài khoản</dt><dd>${transfer.accountName}</dd>
<dt>Số tiền</dt><dd>${formatVnd(transfer.amountVnd)}</dd>
<dt>Nội dung</dt><dd><code>${transfer.content}</code></dd>
</dl>
<p><small>Chuyển đúng nội dung, trước ${formatTime(expiresAt)}. <span lang="en">By its content alone the money finds this payment.</span></small></p>
<p><a class="button primary" href="${transferPath(attempt, transfer)}">${bilingual('Chuyển khoản ở ngân hàng thử nghiệm', 'transfer at the played bank')}</a></p>
</div>
${renderQrImage(transfer.qrContent, 'Mã VietQR của khoản chuyển này')}
</section>`;
}
