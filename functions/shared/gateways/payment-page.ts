import type { OpeningAnswer } from './gateway.ts';

/** Sends the browser to the page that a gateway named, if it is the address of one. */
export function openPage(url: string): OpeningAnswer {
  return isWebAddress(url)
    ? { kind: 'redirect', url }
    : { kind: 'unknown', why: 'the answer holds no address of a payment page' };
}

/** Whether a text that a gateway sent can be opened in a browser, and does nothing else there. */
export function isWebAddress(text: string): boolean {
  return /^https?:\/\//.test(text) && URL.canParse(text);
}
