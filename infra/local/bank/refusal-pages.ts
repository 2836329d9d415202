import { renderPage } from '#infra/local/pages/layout.ts';
import { type Html, html } from '#shared/rendering/html.ts';

/** For a payer whom the gateway turns away. */
export function renderRefusedVisit(gatewayLabel: string, why: string): Html {
  return renderPage(
    { title: gatewayLabel, place: 'Ngân hàng thử nghiệm' },
    html`<h1>${gatewayLabel} từ chối yêu cầu thanh toán</h1>
<p class="notice bad">Yêu cầu này không phải của một tài khoản đã ký hợp đồng, hoặc đã bị sửa: <code>${why}</code></p>
<p><small lang="en">The gateway refuses what the browser brought. Was an address cut off when it was copied, or made with the secrets of another state folder?</small></p>`,
  );
}

export function renderNoSuchOrder(): Html {
  return renderPage(
    { title: 'Không có đơn này', place: 'Ngân hàng thử nghiệm' },
    html`<h1>Không có đơn này</h1><p><a href="/">Về trang đầu</a> <small lang="en">The bank has no such order.</small></p>`,
  );
}
