import type { Html } from '#shared/rendering/html.ts';
import type { SentAnswer } from './cloud/http-answer.ts';

/**
 * Nothing is loaded from elsewhere and no script runs, whatever a gateway or a payer wrote into a field. Forms lead on
 * to the bank under the name `localhost`, also from a page that was opened by its number, and back to a command that
 * somebody signs in to.
 */
const contentSecurityPolicy =
  "default-src 'none'; style-src 'self'; img-src data:; form-action 'self' http://localhost:* http://127.0.0.1:*; base-uri 'none'; frame-ancestors 'none'";

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
