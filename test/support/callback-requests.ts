import type { CallbackRequest } from '#shared/gateways/http-messages.ts';

/** A callback whose fields come in the query string. */
export function callbackByQuery(rawQuery: string): CallbackRequest {
  return { method: 'GET', rawQuery, headers: {}, body: new Uint8Array() };
}

/** A callback whose fields come in a JSON body. */
export function callbackByBody(body: string | Uint8Array): CallbackRequest {
  return {
    method: 'POST',
    rawQuery: '',
    headers: { 'content-type': 'application/json; charset=UTF-8' },
    body: typeof body === 'string' ? new TextEncoder().encode(body) : body,
  };
}
