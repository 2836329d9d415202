import type { LocalAddresses } from '#infra/local/addresses.ts';
import type { PaymentView } from '#schemas/payment-view.ts';
import { type Html, html } from '#shared/rendering/html.ts';
import { bilingual, formatVnd, renderPage } from './layout.ts';
import { isUnsettled, receiptPath, renderState } from './payment-texts.ts';

/** The first page: what there is to pay, and where everything listens. */
export function renderHomePage(payments: readonly PaymentView[], addresses: LocalAddresses): Html {
  return renderPage(
    {
      title: 'Biên lai – máy thử',
      place: 'Máy thử trên máy này',
      refreshSeconds: payments.some(isUnsettled) ? 2 : undefined,
    },
    html`<h1>${bilingual('Khoản phải nộp của các hồ sơ', 'what the dossiers owe')}</h1>
<p>Chọn một hồ sơ và nộp phí: ngân hàng thử nghiệm mở ra, gọi lại hệ thống, biên lai được lập và xác nhận nằm trên hàng đợi. <small lang="en">Pay a fee at the played bank and see the receipt come.</small></p>
<table>
<thead><tr><th>Hồ sơ</th><th class="number">Số tiền</th><th>Trạng thái</th><th>Việc tiếp theo</th></tr></thead>
<tbody>${payments.map(renderRow)}</tbody>
</table>
<form method="post" action="/local/payments"><button>${bilingual('Thêm một hồ sơ', 'one more dossier')}</button></form>
${renderAddresses(addresses)}`,
  );
}

function renderRow(payment: PaymentView): Html {
  const dossiers = payment.charges.map(({ dossierCode }) => dossierCode).join(', ');
  return html`<tr>
<td><a href="/local/payments/${payment.paymentId}">${dossiers}</a><br><small>${payment.reference}</small></td>
<td class="number">${formatVnd(payment.amountVnd)}</td>
<td>${renderState(payment.state)}</td>
<td>${payment.state === 'open' ? renderPayLink(payment.paymentId) : renderReceiptLinks(payment)}</td>
</tr>`;
}

function renderPayLink(paymentId: string): Html {
  return html`<a class="button primary" href="/local/payments/${paymentId}">${bilingual('Nộp phí', 'pay')}</a>`;
}

function renderReceiptLinks(payment: PaymentView): Html {
  if (isUnsettled(payment)) return html`<small>Đang lập biên lai …</small>`;
  const links = payment.receipts.map(
    (receipt) =>
      html`<li><a href="${receiptPath(payment.paymentId, receipt, 'pdf')}">Biên lai ${receipt.series} số ${receipt.number}</a></li>`,
  );
  return html`<ul class="plain">${links}</ul>`;
}

function renderAddresses({ baseUrl, tokenEndpoint, clientId, clientSecret, queueUrl, engines }: LocalAddresses): Html {
  return html`<h2>${bilingual('Dành cho lập trình viên', 'for developers')}</h2>
<section class="card">
<dl>
<dt>Giao diện thanh toán</dt><dd>${baseUrl}/v1/payments</dd>
<dt>Cấp mã truy cập (OAuth2)</dt><dd>${tokenEndpoint}</dd>
<dt>Hàng đợi xác nhận</dt><dd>${queueUrl}</dd>
<dt>DynamoDB Local</dt><dd>${engines.dynamoDb}</dd>
<dt>SQS và S3</dt><dd>${engines.queuesAndBuckets}</dd>
</dl>
<pre>TOKEN=$(curl -s -u '${clientId}:${clientSecret}' \\
  -d 'grant_type=client_credentials&scope=payments:read payments:write' \\
  ${tokenEndpoint} | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')
curl -s -H "Authorization: Bearer $TOKEN" ${baseUrl}/v1/payments/…</pre>
</section>`;
}
