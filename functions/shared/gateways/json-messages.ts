import type { GatewayRequest, HttpAnswer } from './http-messages.ts';

/** An answer to a callback. */
export function jsonAnswer(status: number, content: unknown): HttpAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(content),
  };
}

/** A request of ours to a gateway, in ASCII: no character set on the way can garble a name. */
export function jsonPost(url: string, content: unknown): GatewayRequest & { readonly method: 'POST' } {
  return {
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json; charset=UTF-8' },
    body: JSON.stringify(content).replaceAll(/[^\x20-\x7e]/g, escapeUnit),
  };
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
