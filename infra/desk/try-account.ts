import type { Instant } from '#schemas/ids.ts';
import { amountVndSchema } from '#schemas/money.ts';
import { instantAfter } from '#shared/domain/calendar.ts';
import type { AttemptOrder, CallbackReading, GatewayConnection, MerchantAccount } from '#shared/gateways/gateway.ts';
import type { CallbackRequest } from '#shared/gateways/http-messages.ts';
import type { GatewayPlayer, PlayedOrder } from '#shared/gateways/player.ts';
import { playOpening, playRequest } from './play-requests.ts';
import { makeSampleBook } from './sample-book.ts';

/** A merchant account, bound to its gateway on our side, and with the gateway's own side beside it. */
export interface TriedAccount {
  readonly gateway: string;
  readonly account: MerchantAccount;
  readonly connection: GatewayConnection;
  readonly player: GatewayPlayer;
}

/** What the proof of authenticity covers: the message, or no more than who sent it. */
export type Seal = 'content' | 'sender';

export interface Trial {
  /** Nothing when no sample was believed. */
  readonly seal?: Seal;
  /** For people, Vietnamese first; never a secret. */
  readonly faults: readonly string[];
}

/**
 * The self-test of an account: a sample signed with each live secret is believed, an altered one is not, and what we
 * send bears the first secret. Nothing leaves this machine.
 */
export async function tryAccount(tried: TriedAccount, now: Instant): Promise<Trial> {
  const trials = tried.account.secrets.map((_secret, index) => trySecret(tried, index, now));
  const seals = trials.flatMap(({ seal }) => seal ?? []);
  // The weaker of two secrets is as good as a forger needs.
  const seal = seals.find((one) => one === 'sender') ?? seals[0];
  const faults = [...trials.flatMap((trial) => trial.faults), ...(await faultsOfRequests(tried, now))];
  return seal === undefined ? { faults } : { seal, faults };
}

function trySecret(tried: TriedAccount, index: number, now: Instant): Trial {
  const { connection } = tried;
  const which = `khóa thứ ${index + 1} (secret ${index + 1})`;
  const sample = signSample(tried, index, now);
  const reading = connection.readCallback(sample, now);
  if (!isBelieved(reading)) {
    return { faults: [`${which}: tin ký mẫu không được tin (a signed sample is not believed): ${wordOf(reading)}`] };
  }
  const isRefused = (altered: CallbackRequest) => connection.readCallback(altered, now).kind === 'bad-signature';
  const { orderRef } = sampleOrder(tried, now);
  if (isRefused(alterContent(sample, orderRef))) return { seal: 'content', faults: [] };
  if (isRefused(alterHeaders(sample))) return { seal: 'sender', faults: [] };
  return { faults: [`${which}: tin bị sửa vẫn được tin (an altered sample is believed)`] };
}

/**
 * Whether a message for one account would be believed at another one of the same gateway, which would settle the
 * payments of one unit with the money of another.
 */
export function isMistakenFor(sender: TriedAccount, receiver: TriedAccount, now: Instant): boolean {
  return sender.account.secrets.some((_secret, index) =>
    isBelieved(receiver.connection.readCallback(signSample(sender, index, now), now)),
  );
}

async function faultsOfRequests({ gateway, player, account, connection }: TriedAccount, now: Instant) {
  const [signing] = account.secrets;
  // A gateway that knows no secret but the first understands nothing that another one signed.
  const side = { gateway, player, account: { ...account, secrets: [signing] }, book: makeSampleBook(now) };
  const order = sampleAttempt(connection, now);
  const opened = await playOpening(connection.openAttempt(order), side);
  if (opened.kind === 'refused') {
    return [
      `yêu cầu mở giao dịch không được khóa thứ nhất ký đúng (a request to pay is not understood): ${opened.why}`,
    ];
  }
  const inquiry = connection.askAttempt?.({ ...order, askedAt: now });
  if (inquiry === undefined || opened.kind === 'nothing-sent') return [];
  const answer = await playRequest(inquiry.request, side);
  const reading = answer === undefined ? undefined : inquiry.readAnswer(answer);
  if (reading?.kind === 'notice') return [];
  const why = reading?.kind === 'unknown' ? reading.why : 'the gateway does not know the order';
  return [`câu hỏi kết quả không được khóa thứ nhất ký đúng (a query is not understood): ${why}`];
}

/** Of the form of our references, which some gateways build their own from; nothing is ever settled with it. */
const sampleAttemptRef = '1000000000000301';
const sampleAmount = amountVndSchema.parse(50_000);
const sampleText = 'Tu kiem tra khoa';

function sampleOrder({ connection }: TriedAccount, now: Instant): PlayedOrder {
  return {
    orderRef: connection.gatewayRefOf(sampleAttemptRef, now),
    amountVnd: sampleAmount,
    description: sampleText,
    openedAt: now,
  };
}

function signSample(tried: TriedAccount, index: number, now: Instant): CallbackRequest {
  const { player, account } = tried;
  const news = { result: 'paid', amountVnd: sampleAmount, transactionNo: '14000001', at: now } as const;
  return player.signCallback(sampleOrder(tried, now), news, { ...account, secrets: [account.secrets[index]] });
}

function sampleAttempt(connection: GatewayConnection, now: Instant): AttemptOrder {
  return {
    gatewayRef: connection.gatewayRefOf(sampleAttemptRef, now),
    requestId: 'gateways-self-test',
    amountVnd: sampleAmount,
    description: sampleText,
    charges: [],
    clientIp: '127.0.0.1',
    locale: 'vi',
    returnUrl: 'https://bienlai.invalid/return',
    callbackUrl: 'https://bienlai.invalid/callback',
    openedAt: now,
    expiresAt: instantAfter(now, 15 * 60_000),
  };
}

/** Names another order, wherever the message says which one it means. */
function alterContent(request: CallbackRequest, orderRef: string): CallbackRequest {
  const otherRef = `${orderRef.slice(0, -1)}${orderRef.endsWith('9') ? '8' : '9'}`;
  const text = Buffer.from(request.body).toString('utf8').replaceAll(orderRef, otherRef);
  return { ...request, rawQuery: request.rawQuery.replaceAll(orderRef, otherRef), body: Buffer.from(text) };
}

function alterHeaders(request: CallbackRequest): CallbackRequest {
  const headers = Object.entries(request.headers).map(([name, value = '']): [string, string] => [name, `${value}x`]);
  return { ...request, headers: Object.fromEntries(headers) };
}

function isBelieved(reading: CallbackReading): boolean {
  return reading.kind === 'notice' && reading.notice.result === 'paid' && reading.foreignAccount === undefined;
}

function wordOf(reading: CallbackReading): string {
  return reading.kind === 'notice' ? 'it speaks of another account or result' : reading.why;
}
