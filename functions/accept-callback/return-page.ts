import { formatVnd } from '#shared/domain/vietnamese-format.ts';
import { type Html, html } from '#shared/rendering/html.ts';
import type { PublicPage } from '#shared/rendering/public-page.ts';

/** What the page says to the citizen who comes back from a gateway. */
export interface ReturnPage extends Omit<PublicPage, 'content'> {
  readonly explanation: string;
  readonly amountVnd?: number;
  readonly paymentId?: string;
  /** Where the citizen came from, an address that the dossier system gave. */
  readonly continueTo?: string;
}

export function contentOfReturn({ explanation, amountVnd, paymentId, continueTo }: ReturnPage): Html {
  const onward =
    continueTo === undefined
      ? undefined
      : html`<p><a href="${continueTo}">Trở lại hệ thống hồ sơ <small lang="en">(back to the dossier)</small></a></p>`;
  return html`<p>${explanation}</p>
<dl>${fact('Số tiền', amountVnd === undefined ? undefined : formatVnd(amountVnd))}${fact('Mã thanh toán', paymentId)}</dl>
${onward}`;
}

function fact(label: string, value: string | undefined): Html | undefined {
  return value === undefined ? undefined : html`<dt>${label}</dt><dd>${value}</dd>`;
}
