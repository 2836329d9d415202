import { createHash } from 'node:crypto';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { Html, html } from './html.ts';

/** A page that anybody may see. */
export interface PublicPage {
  readonly headline: string;
  readonly headlineEnglish: string;
  readonly tone: 'good' | 'waiting' | 'bad' | 'plain';
  readonly content: Html;
  /** The page looks again by itself while the answer is not final. */
  readonly refreshSeconds?: number;
  /** A page with a form says so: it may be sent to us, and nowhere else. */
  readonly hasForm?: boolean;
}

const style = `
body{font:17px/1.55 system-ui,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;margin:0;background:#f4f5f7;color:#1c2430}
main{--tone:#1c4f82;max-width:34rem;margin:6vh auto;padding:2rem;background:#fff;border-radius:12px;border-top:6px solid var(--tone)}
main.good{--tone:#1b6e3c}main.waiting{--tone:#8a5a00}main.bad{--tone:#9b1c1c}
h1{margin:0 0 .25rem;font-size:1.5rem;line-height:1.25;color:var(--tone)}h2{font-size:1.1rem;margin:1.6rem 0 .5rem}
p[lang=en],small{color:#5b6676}small{font-weight:400}
dl{display:grid;grid-template-columns:minmax(7rem,auto) 1fr;gap:.25rem 1rem}dt{color:#5b6676}dd{margin:0;font-weight:600;overflow-wrap:anywhere}
.notice{border-left:5px solid var(--tone);background:#f6f7f9;padding:.6rem 1rem}
ol.checks{list-style:none;padding:0}ol.checks li{padding:.5rem 0;border-top:1px solid #dfe3e9}
.passed,.failed,.not-done{font-weight:600}.passed{color:#1b6e3c}.failed{color:#9b1c1c}.not-done{color:#5b6676}
code{font:.85em/1.5 ui-monospace,"DejaVu Sans Mono",monospace;font-weight:400;overflow-wrap:anywhere}
label{display:block;font-weight:600;margin:1rem 0 .4rem}input[type=file]{font:inherit;max-width:100%}
button{font:inherit;font-weight:600;margin-top:1rem;padding:.55rem 1.2rem;border:0;border-radius:7px;background:#1c4f82;color:#fff;cursor:pointer}
a{color:#1c4f82}:focus-visible{outline:3px solid #78b0ee;outline-offset:2px}
@media(max-width:36rem){main{margin:0;border-radius:0;padding:1.25rem}dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.5rem}}
`;
const styleDigest = createHash('sha256').update(style).digest('base64');

/** A page without script, so that nothing that somebody wrote into a name or a file can run. */
export function renderPublicPage(page: PublicPage): Html {
  const refresh =
    page.refreshSeconds === undefined ? undefined : html`<meta http-equiv="refresh" content="${page.refreshSeconds}">`;
  return html`<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">${refresh}
<title>${page.headline}</title>
<link rel="icon" href="data:,">
<style>${new Html(style)}</style>
</head>
<body>
<main class="${page.tone}">
<h1>${page.headline}</h1>
<p lang="en">${page.headlineEnglish}</p>
${page.content}
</main>
</body>
</html>
`;
}

/** The page as an answer that no browser keeps, frames or lets load anything. */
export function answerWithPage(page: PublicPage, status = 200): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode: status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'noindex, nofollow',
      'content-security-policy': contentSecurityPolicyOf(page),
    },
    body: renderPublicPage(page).text,
  };
}

function contentSecurityPolicyOf({ hasForm = false }: PublicPage): string {
  return (
    `default-src 'none'; style-src 'sha256-${styleDigest}'; img-src data:; base-uri 'none'; frame-ancestors 'none'; ` +
    `form-action ${hasForm ? "'self'" : "'none'"}`
  );
}
