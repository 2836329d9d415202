import type { ReceivedRequest } from '#infra/local/cloud/api-gateway-event.ts';
import type { SentAnswer } from '#infra/local/cloud/http-answer.ts';
import { htmlAnswer, redirectAnswer } from '#infra/local/html.ts';
import type { Instant } from '#schemas/ids.ts';
import type { HttpAnswer } from '#shared/gateways/http-messages.ts';
import type { PlayedBook, PlayedRequest, VisitReading } from '#shared/gateways/player.ts';
import type { BankBook } from './bank-book.ts';
import type { PlayedAccount } from './played-account.ts';
import { bankOrderOf, orderPath, playedBookOf } from './played-book.ts';
import { renderRefusedVisit } from './refusal-pages.ts';
import { readTransferForm, renderTransferPage } from './transfer-page.ts';

export interface CounterNeeds {
  readonly book: BankBook;
  readonly baseUrl: string;
  readonly now: () => Instant;
}

/** What comes to a gateway at one account: requests of our functions, transfers, and payers with their browsers. */
export async function serveGateway(
  played: PlayedAccount,
  received: ReceivedRequest,
  path: string,
  needs: CounterNeeds,
): Promise<SentAnswer | undefined> {
  const { player, account } = played;
  const request = playedRequestOf(received, path);
  const book = playedBookOf(played, needs);
  const answer = await player.answer?.(request, book, account);
  if (answer !== undefined) return sentAnswerOf(answer);
  if (path === '/transfer' && player.readTransfer !== undefined) return takeTransfer(played, request, needs);
  if (player.readVisit === undefined) return undefined;
  return receivePayer(played, player.readVisit(request, account, needs.now()), book);
}

/** The form of a banking app: filled in by a link, and sent. What is typed last is what will be transferred. */
async function takeTransfer(played: PlayedAccount, request: PlayedRequest, needs: CounterNeeds): Promise<SentAnswer> {
  if (request.method !== 'POST') return htmlAnswer(renderTransferPage(played, new URLSearchParams(request.rawQuery)));
  const { gateway, account, player, label } = played;
  const typed = readTransferForm(new URLSearchParams(request.body));
  const reading = typed.ok ? player.readTransfer?.(typed.transfer, account, needs.now()) : typed;
  if (reading?.ok !== true) return refusePayer(label, reading?.why ?? 'it watches no bank account');
  const { amountVnd, description } = reading.order;
  const orderId = await needs.book.open(bankOrderOf(reading.order, { gateway, merchant: account.merchant }));
  await needs.book.change(orderId, { amountVnd, description });
  return redirectAnswer(orderPath(orderId));
}

async function receivePayer({ label }: PlayedAccount, reading: VisitReading, book: PlayedBook): Promise<SentAnswer> {
  return reading.ok ? redirectAnswer(await book.open(reading.order)) : refusePayer(label, reading.why);
}

function refusePayer(label: string, why: string): SentAnswer {
  return htmlAnswer(renderRefusedVisit(label, why), 400);
}

function playedRequestOf({ method, target, rawHeaders, body }: ReceivedRequest, path: string): PlayedRequest {
  const [, rawQuery = ''] = target.split(/\?(.*)/s);
  return { method, path, rawQuery, headers: headersOf(rawHeaders), body: Buffer.from(body).toString() };
}

/** Names and values take turns in what Node received. */
function headersOf(rawHeaders: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    rawHeaders.flatMap((name, place) =>
      place % 2 === 0 ? [[name.toLowerCase(), rawHeaders[place + 1] ?? ''] as const] : [],
    ),
  );
}

function sentAnswerOf({ status, headers, body }: HttpAnswer): SentAnswer {
  return { status, headers: Object.entries(headers), body: Buffer.from(body) };
}
