import { dirname, join } from 'node:path';
import { loadReconciliation } from '#config/reconciliation.ts';
import type { ReceivedRequest } from '#infra/local/cloud/api-gateway-event.ts';
import type { SentAnswer } from '#infra/local/cloud/http-answer.ts';
import { htmlAnswer, redirectAnswer } from '#infra/local/html.ts';
import type { Site } from '#infra/local/web-server.ts';
import { type Instant, instantSchema } from '#schemas/ids.ts';
import { openBankBook } from './bank-book.ts';
import { BankDesk, bankActionSchema } from './bank-desk.ts';
import { signCall } from './callback-call.ts';
import { type CounterNeeds, serveGateway } from './gateway-counter.ts';
import { renderOrderPage } from './order-page.ts';
import { findAccount, type PlayedAccount } from './played-account.ts';
import { orderPath } from './played-book.ts';
import { renderNoSuchOrder } from './refusal-pages.ts';
import { serveStatements } from './statement-counter.ts';

export interface Bank {
  readonly site: Site;
  readonly stop: () => void;
}

/**
 * Opens the bank: every gateway that we have an account at, under `/bank/<gateway>/<merchant>` as the settings of the
 * accounts say, with the gateway's own paths behind it. It knows no gateway by name.
 */
export async function openBank(options: {
  readonly accounts: readonly PlayedAccount[];
  readonly publicBaseUrl: string;
  readonly bookFile: string;
  /** Where statements are laid; beside the book where it is left out. */
  readonly dropFolder?: string;
  /** The bank's clock, unless it is the machine's. */
  readonly now?: () => Instant;
}): Promise<Bank> {
  const { accounts, publicBaseUrl: baseUrl, now = readMachineClock } = options;
  const { dropFolder = join(dirname(options.bookFile), 'statements') } = options;
  const settings = loadReconciliation('dev');
  const book = await openBankBook(options.bookFile);
  const desk = new BankDesk({
    book,
    baseUrl,
    now,
    accountOf: (order) => {
      const played = findAccount(accounts, order);
      if (played === undefined) throw new Error(`The bank keeps no account ${order.gateway}/${order.merchant}.`);
      return played;
    },
  });
  const needs = { accounts, book, baseUrl, now, desk };
  return {
    stop: () => desk.stop(),
    site: async (request) => {
      const { pathname } = new URL(request.target, baseUrl);
      const orderId = /^\/bank\/orders\/([\w.-]+)$/.exec(pathname)?.[1];
      if (orderId !== undefined) return serveOrder(request, orderId, needs);
      const [, gateway = '', merchant = '', path = ''] = /^\/bank\/([^/]+)\/([^/]+)(\/.*)$/.exec(pathname) ?? [];
      const played = findAccount(accounts, { gateway, merchant });
      if (played === undefined) return undefined;
      if (path === '/statement') return serveStatements(played, request, { accounts, settings, book, now, dropFolder });
      return serveGateway(played, request, path, needs);
    },
  };
}

type SiteNeeds = CounterNeeds & { readonly accounts: readonly PlayedAccount[]; readonly desk: BankDesk };

/** The page of an order, and the buttons on it. */
async function serveOrder(
  { method, body }: ReceivedRequest,
  orderId: string,
  { accounts, book, baseUrl, now, desk }: SiteNeeds,
): Promise<SentAnswer> {
  const order = book.find(orderId);
  const played = order === undefined ? undefined : findAccount(accounts, order);
  if (order === undefined || played === undefined) return htmlAnswer(renderNoSuchOrder(), 404);
  if (method === 'POST') {
    const action = bankActionSchema.safeParse(Object.fromEntries(new URLSearchParams(Buffer.from(body).toString())));
    if (!action.success) return htmlAnswer(renderNoSuchOrder(), 404);
    await desk.act(orderId, action.data);
    return redirectAnswer(orderPath(orderId));
  }
  const { lastNews } = order;
  const news =
    lastNews === undefined
      ? {}
      : {
          returnAddress: played.player.returnAddress?.(order, lastNews, played.account),
          isSilent: signCall(played, { order, news: lastNews, baseUrl }) === undefined,
        };
  return htmlAnswer(renderOrderPage({ order, played, now: now(), ...news }));
}

function readMachineClock(): Instant {
  return instantSchema.parse(new Date().toISOString());
}
