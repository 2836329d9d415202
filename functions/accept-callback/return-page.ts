/** What the page says to the citizen who comes back from a gateway. */
export interface ReturnPage {
  readonly headline: string;
  readonly headlineEnglish: string;
  readonly tone: 'good' | 'waiting' | 'bad';
  readonly explanation: string;
  readonly amountVnd?: number;
  readonly paymentId?: string;
  /** The page looks again by itself while the answer is not final. */
  readonly refreshSeconds?: number;
  /** Where the citizen came from, an address that the dossier system gave. */
  readonly continueTo?: string;
}

const colours = { good: '#1b6e3c', waiting: '#8a5a00', bad: '#9b1c1c' } as const;

/** A page without script, so that nothing in a gateway's message can run. */
export function renderReturnPage(page: ReturnPage): string {
  const refresh =
    page.refreshSeconds === undefined ? '' : `<meta http-equiv="refresh" content="${page.refreshSeconds}">`;
  const facts = [
    ...(page.amountVnd === undefined ? [] : [`<dt>Số tiền</dt><dd>${formatVnd(page.amountVnd)}</dd>`]),
    ...(page.paymentId === undefined ? [] : [`<dt>Mã thanh toán</dt><dd>${escapeHtml(page.paymentId)}</dd>`]),
  ].join('');
  const onward =
    page.continueTo === undefined
      ? ''
      : `<p><a href="${escapeHtml(page.continueTo)}">Trở lại hệ thống hồ sơ <small lang="en">(back to the dossier)</small></a></p>`;
  return `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">${refresh}
<title>${escapeHtml(page.headline)}</title>
<style>
body{font:17px/1.55 system-ui,sans-serif;margin:0;background:#f4f5f7;color:#1c2430}
main{max-width:32rem;margin:8vh auto;padding:2rem;background:#fff;border-radius:12px;border-top:6px solid ${colours[page.tone]}}
h1{margin:0 0 .25rem;font-size:1.5rem;color:${colours[page.tone]}}
p[lang=en],small{color:#5b6676}dl{display:grid;grid-template-columns:auto 1fr;gap:.25rem 1rem}dt{color:#5b6676}dd{margin:0;font-weight:600}
</style>
</head>
<body>
<main>
<h1>${escapeHtml(page.headline)}</h1>
<p lang="en">${escapeHtml(page.headlineEnglish)}</p>
<p>${escapeHtml(page.explanation)}</p>
<dl>${facts}</dl>
${onward}
</main>
</body>
</html>`;
}

function formatVnd(amount: number): string {
  return `${String(amount).replaceAll(/\B(?=(\d{3})+$)/g, '.')}\u00a0đ`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
