import type { SentAnswer } from './cloud/http-answer.ts';

/** Text that is HTML already; everything else is escaped when it is put into a page. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Piece = Html | string | number | undefined | readonly Piece[];

/** Builds HTML: what is put in is escaped, unless it was built by this itself; `undefined` is nothing. */
export function html(texts: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  return new Html(texts.map((text, place) => text + (place < pieces.length ? render(pieces[place]) : '')).join(''));
}

function render(piece: Piece): string {
  if (piece === undefined) return '';
  if (piece instanceof Html) return piece.text;
  if (typeof piece === 'string' || typeof piece === 'number') return escapeHtml(String(piece));
  return piece.map(render).join('');
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => escapes[character] ?? character);
}

/**
 * Nothing is loaded from elsewhere and no script runs, whatever a gateway or a payer wrote into a field. Forms lead on
 * to the bank under the name `localhost`, also from a page that was opened by its number.
 */
const contentSecurityPolicy =
  "default-src 'none'; style-src 'self'; img-src data:; form-action 'self' http://localhost:*; base-uri 'none'; frame-ancestors 'none'";

export function htmlAnswer(page: Html, status = 200): SentAnswer {
  return {
    status,
    headers: [
      ['content-type', 'text/html; charset=utf-8'],
      ['content-security-policy', contentSecurityPolicy],
      ['x-content-type-options', 'nosniff'],
      ['referrer-policy', 'no-referrer'],
      ['cache-control', 'no-store'],
    ],
    body: Buffer.from(page.text),
  };
}

/** Sends the browser on with a GET, so that reloading the page repeats nothing. */
export function redirectAnswer(location: string): SentAnswer {
  return {
    status: 303,
    headers: [
      ['location', location],
      ['cache-control', 'no-store'],
    ],
    body: Buffer.alloc(0),
  };
}
