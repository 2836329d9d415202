import type { CallbackRequest } from '#shared/gateways/http-messages.ts';
import type { PlayedNews, PlayedOrder } from '#shared/gateways/player.ts';
import type { PlayedAccount } from './played-account.ts';

/** A callback, and the whole address that it goes to. */
export interface Call {
  readonly url: string;
  readonly request: CallbackRequest;
}

export interface Telling {
  readonly order: PlayedOrder;
  readonly news: PlayedNews;
  /** Where we are reached: a gateway that is not told an address with the order has it from the contract. */
  readonly baseUrl: string;
}

/** The callback of a gateway with such news; nothing when it keeps them to itself, so that only who asks hears. */
export function signCall(played: PlayedAccount, telling: Telling): Call | undefined {
  const { player, account } = played;
  if (player.tells?.includes(telling.news.result) === false) return undefined;
  const request = player.signCallback(telling.order, telling.news, account);
  const address = telling.order.callbackUrl ?? `${telling.baseUrl}/callbacks/${played.gateway}/${account.merchant}`;
  return { request, url: request.rawQuery === '' ? address : `${address}?${request.rawQuery}` };
}

/** The same from somebody who knows the order but not the account's secret, and so makes one up. */
export function forgeCall(played: PlayedAccount, telling: Telling): Call | undefined {
  const account = { ...played.account, secrets: [played.player.makeSecret()] };
  return signCall({ ...played, account }, telling);
}

/** Gateways wait up to 15 seconds (gateway specification §1.3, §2.3). */
const patienceMs = 15_000;

/** Sends a callback as the gateway would; no answer is an answer too. */
export async function deliver({ url, request }: Call): Promise<{ readonly status: number; readonly answer: string }> {
  const { method, headers, body } = request;
  const sentHeaders = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] satisfies [string, string]],
  );
  try {
    const answer = await fetch(url, {
      method,
      headers: sentHeaders,
      redirect: 'manual',
      signal: AbortSignal.timeout(patienceMs),
      ...(body.byteLength === 0 ? {} : { body: Buffer.from(body).toString() }),
    });
    return { status: answer.status, answer: (await answer.text()).slice(0, 2_000) };
  } catch (fault) {
    return { status: 0, answer: fault instanceof Error ? fault.message : String(fault) };
  }
}
