import { instantSchema } from '#schemas/ids.ts';
import { vietnamTimeOf } from '#shared/domain/calendar.ts';
import { type Html, html } from '#shared/rendering/html.ts';

export interface PageFrame {
  readonly title: string;
  /** Where the reader is, for the line over the headline. */
  readonly place: string;
  /** The page looks again by itself while something is still going on. */
  readonly refreshSeconds?: number | undefined;
}

/** The frame of every local page. */
export function renderPage({ title, place, refreshSeconds }: PageFrame, content: Html): Html {
  const refresh =
    refreshSeconds === undefined ? undefined : html`<meta http-equiv="refresh" content="${refreshSeconds}">`;
  return html`<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">${refresh}
<title>${title}</title>
<link rel="stylesheet" href="/local/style.css">
<link rel="icon" href="data:,">
</head>
<body>
<header><a href="/">Biên lai</a><span>${place}</span></header>
<main>
${content}
</main>
</body>
</html>
`;
}

/** A label in Vietnamese with its English beside it. */
export function bilingual(vietnamese: string, english: string): Html {
  return html`${vietnamese} <small lang="en">${english}</small>`;
}

/** `28.000 đ`, with a space that does not break. */
export function formatVnd(amountVnd: number): string {
  return `${amountVnd.toLocaleString('vi-VN')}\u00a0đ`;
}

/** `22/11/2026 09:15:30`, the time in Việt Nam. */
export function formatTime(instant: string): string {
  const digits = vietnamTimeOf(instantSchema.parse(instant));
  return digits.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '$3/$2/$1 $4:$5:$6');
}
