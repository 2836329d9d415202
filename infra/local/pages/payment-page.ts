import type { DossierConfirmation } from '#schemas/dossier-confirmation.ts';
import type { PaymentView } from '#schemas/payment-view.ts';
import { type Html, html } from '#shared/rendering/html.ts';
import { type GatewayChoice, labelOf, renderGatewayChoice } from './gateway-choice.ts';
import { bilingual, formatTime, formatVnd, renderPage } from './layout.ts';
import { renderNextSteps } from './next-step.ts';
import { isUnsettled, receiptPath, renderOutcome, renderState } from './payment-texts.ts';

/** One payment with its attempts, receipts and confirmations; stands in for the citizen pages. */
export function renderPaymentPage(
  payment: PaymentView,
  confirmations: readonly DossierConfirmation[],
  choices: readonly GatewayChoice[],
): Html {
  const refreshSeconds =
    isUnsettled(payment) || (payment.state === 'paid' && confirmations.length === 0) ? 2 : undefined;
  return renderPage(
    { title: `Thanh toán ${payment.paymentId}`, place: 'Một khoản thanh toán', refreshSeconds },
    html`<h1>${bilingual(`Thanh toán ${payment.paymentId}`, 'payment')}</h1>
<section class="card">
<p class="amount">${formatVnd(payment.amountVnd)} ${renderState(payment.state)}</p>
<dl>
${payment.charges.map(({ dossierCode, procedureCode, amountVnd }) => html`<dt>Hồ sơ</dt><dd>${dossierCode} <small>thủ tục ${procedureCode}, ${formatVnd(amountVnd)}</small></dd>`)}
<dt>Tham chiếu của hệ thống hồ sơ</dt><dd>${payment.reference}</dd>
<dt>Tạo lúc</dt><dd>${formatTime(payment.createdAt)}</dd>
<dt>Hạn nộp</dt><dd>${formatTime(payment.expiresAt)}</dd>
${renderSettlement(payment, choices)}
</dl>
${payment.state === 'open' ? renderGatewayChoice(payment.paymentId, choices) : undefined}
</section>
${renderNextSteps(payment, choices)}
${renderReceipts(payment)}
${renderAttempts(payment, choices)}
${renderOtherMoney(payment, choices)}
${renderConfirmations(confirmations)}`,
  );
}

function renderSettlement({ settlement }: PaymentView, choices: readonly GatewayChoice[]): Html | undefined {
  if (settlement === undefined) return undefined;
  return html`<dt>Đã nộp lúc</dt><dd>${formatTime(settlement.paidAt)} <small>qua ${labelOf(settlement.gateway, choices)}, giao dịch ${settlement.transactionId ?? '(không có)'}, ngày sổ ${settlement.businessDate}</small></dd>`;
}

function renderReceipts(payment: PaymentView): Html | undefined {
  if (payment.state !== 'paid') return undefined;
  const cards = payment.receipts.map(
    (receipt) => html`<section class="card">
<dl>
<dt>Ký hiệu và số</dt><dd>${receipt.template} ${receipt.series} số ${receipt.number}</dd>
<dt>Loại</dt><dd>${receipt.kind === 'phi' ? 'Phí' : 'Lệ phí'}</dd>
<dt>Ngày lập</dt><dd>${receipt.issuedOn}</dd>
<dt>Số tiền</dt><dd>${formatVnd(receipt.amountVnd)}</dd>
<dt>Mã tra cứu</dt><dd><a href="/r/${receipt.lookupCode}">${receipt.lookupCode}</a></dd>
<dt>Chữ ký số</dt><dd>${receipt.signedAt === undefined ? 'Chờ ký số' : html`Đã ký số <small>${formatTime(receipt.signedAt)}</small>`}</dd>
</dl>
${renderDocuments(payment.paymentId, receipt)}
</section>`,
  );
  return html`<h2>${bilingual('Biên lai', 'receipts')}</h2>${cards.length === 0 ? html`<p role="status">Đang lập biên lai …</p>` : cards}`;
}

function renderDocuments(paymentId: string, receipt: PaymentView['receipts'][number]): Html {
  const { pdf, xml } = receipt;
  if (pdf === undefined || xml === undefined) return html`<p role="status">Đang ký và in biên lai …</p>`;
  return html`<p><a class="button primary" href="${receiptPath(paymentId, receipt, 'pdf')}">${bilingual('Mở biên lai (PDF)', 'open the receipt')}</a>
<a class="button" href="${receiptPath(paymentId, receipt, 'xml')}">${bilingual('Tải bản gốc đã ký (XML)', 'the signed original')}</a></p>
<p><small>SHA-256 PDF <code>${pdf.sha256}</code></small></p>
<p><small>SHA-256 XML <code>${xml.sha256}</code></small></p>`;
}

function renderAttempts({ attempts }: PaymentView, choices: readonly GatewayChoice[]): Html | undefined {
  if (attempts.length === 0) return undefined;
  return html`<h2>${bilingual('Các lượt thanh toán', 'attempts')}</h2>
<table>
<thead><tr><th>Lượt</th><th>Cổng</th><th>Mã đơn</th><th>Mở lúc</th><th>Kết quả</th></tr></thead>
<tbody>${attempts.map(
    ({ attempt, gateway, gatewayRef, openedAt, outcome, resultCode, redirectUrl }) => html`<tr>
<td>${attempt}</td><td>${labelOf(gateway, choices)}</td><td>${redirectUrl === undefined ? gatewayRef : html`<a href="${redirectUrl}">${gatewayRef}</a>`}</td>
<td>${formatTime(openedAt)}</td><td>${renderOutcome(outcome)} <small>${resultCode}</small></td>
</tr>`,
  )}</tbody>
</table>`;
}

function renderOtherMoney({ otherMoney }: PaymentView, choices: readonly GatewayChoice[]): Html | undefined {
  if (otherMoney.length === 0) return undefined;
  return html`<h2>${bilingual('Tiền khác chờ xử lý', 'other money that waits for a person')}</h2>
<table>
<thead><tr><th>Lúc</th><th>Cổng</th><th>Loại</th><th class="number">Số tiền</th></tr></thead>
<tbody>${otherMoney.map(
    ({ keptAt, gateway, moneyClass, amountVnd }) => html`<tr>
<td>${formatTime(keptAt)}</td><td>${labelOf(gateway, choices)}</td><td>${moneyClass}</td><td class="number">${formatVnd(amountVnd)}</td>
</tr>`,
  )}</tbody>
</table>`;
}

function renderConfirmations(confirmations: readonly DossierConfirmation[]): Html | undefined {
  if (confirmations.length === 0) return undefined;
  return html`<h2>${bilingual('Xác nhận trên hàng đợi của hệ thống hồ sơ', 'confirmations on the dossier queue')}</h2>
<table>
<thead><tr><th>Lúc</th><th>Loại</th><th>Hồ sơ</th><th>Mã sự kiện</th></tr></thead>
<tbody>${confirmations.map(
    ({ time, type, subject, id }) =>
      html`<tr><td>${formatTime(time)}</td><td>${type}</td><td>${subject}</td><td><code>${id}</code></td></tr>`,
  )}</tbody>
</table>`;
}
