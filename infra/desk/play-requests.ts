import { encodeForm } from '#shared/gateways/form-fields.ts';
import type { AttemptOpening, MerchantAccount, OpeningAnswer } from '#shared/gateways/gateway.ts';
import type { GatewayRequest, HttpAnswer } from '#shared/gateways/http-messages.ts';
import type { GatewayPlayer, PlayedBook, PlayedRequest, VisitReading } from '#shared/gateways/player.ts';

/** A gateway that is played for one merchant account: what we send reaches it without a network. */
export interface PlayedSide {
  readonly gateway: string;
  readonly player: GatewayPlayer;
  readonly account: MerchantAccount;
  readonly book: PlayedBook;
}

/** What a played gateway makes of the first step of an attempt. */
export type PlayedOpening =
  /** A transfer: nothing is sent that could be signed. */
  { readonly kind: 'nothing-sent' } | { readonly kind: 'opened' } | { readonly kind: 'refused'; readonly why: string };

/** Opens an attempt at the played gateway, which notes the order when it believes us. */
export async function playOpening(opening: AttemptOpening, side: PlayedSide): Promise<PlayedOpening> {
  switch (opening.kind) {
    case 'transfer':
      return { kind: 'nothing-sent' };
    case 'redirect':
      return visit(requestTo(opening.url, side), side);
    case 'form': {
      const { action, fields } = opening.form;
      const body = encodeForm(fields);
      return visit({ ...requestTo(action, side), method: 'POST', body }, side);
    }
    case 'request': {
      const answer = await playRequest(opening.request, side);
      return answer === undefined ? noSuchPlace(opening.request.url) : verdictOf(opening.readAnswer(answer));
    }
  }
}

/** Sends a request of ours to the played gateway; nothing when it has no interface at that address. */
export async function playRequest(request: GatewayRequest, side: PlayedSide): Promise<HttpAnswer | undefined> {
  const played = {
    ...requestTo(request.url, side),
    method: request.method,
    headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value])),
    body: request.body,
  };
  return side.player.answer?.(played, side.book, side.account);
}

async function visit(request: PlayedRequest, { player, account, book }: PlayedSide): Promise<PlayedOpening> {
  const reading: VisitReading | undefined = player.readVisit?.(request, account, book.now());
  if (reading === undefined) return noSuchPlace(request.path);
  if (!reading.ok) return { kind: 'refused', why: reading.why };
  await book.open(reading.order);
  return { kind: 'opened' };
}

function requestTo(url: string, { gateway, account }: PlayedSide): PlayedRequest {
  const { pathname, search } = new URL(url);
  // The bank of the local stack plays each account behind a path of its own.
  const bank = `/bank/${gateway}/${account.merchant}`;
  const path = pathname.startsWith(`${bank}/`) ? pathname.slice(bank.length) : pathname;
  return { method: 'GET', path, rawQuery: search.slice(1), headers: {}, body: '' };
}

function verdictOf(answer: OpeningAnswer): PlayedOpening {
  return answer.kind === 'refused' || answer.kind === 'unknown'
    ? { kind: 'refused', why: answer.why }
    : { kind: 'opened' };
}

function noSuchPlace(address: string): PlayedOpening {
  return { kind: 'refused', why: `the gateway has neither page nor interface at ${address}` };
}
