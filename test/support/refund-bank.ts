import * as z from 'zod';
import { GatewaySilent } from '#shared/domain/failures.ts';
import type { RefundProgress, RefundReading } from '#shared/gateways/answer-readings.ts';
import type { GatewayRequest, HttpAnswer } from '#shared/gateways/http-messages.ts';
import type { Refunding } from '#shared/gateways/refund-port.ts';

/**
 * How a bank takes an order:
 * - `pays`: pays it at once; `accepts`: pays it later; `refuses`: does not pay;
 * - `pays-silently`, `accepts-silently`: does it, and the answer is lost;
 * - `hears-nothing`: the order is lost; `doubts`: says something that proves nothing.
 */
export type BankMood =
  | 'pays'
  | 'accepts'
  | 'refuses'
  | 'pays-silently'
  | 'accepts-silently'
  | 'hears-nothing'
  | 'doubts';

const messageSchema = z.object({ what: z.enum(['order', 'question']), refundRef: z.string(), amountVnd: z.number() });

/** A bank that pays back over an interface of its own: one reference is one refund, as gateways promise it. */
export class RefundBank {
  readonly books = new Map<string, { readonly amountVnd: number; state: 'pending' | 'refunded' | 'failed' }>();
  /** How orders are taken; several are played one after the other, the last one for ever. */
  moods: BankMood[] = ['pays'];
  isSilentToQuestions = false;
  orders = 0;
  questions = 0;

  answer(request: GatewayRequest): Promise<HttpAnswer> {
    const { what, ...refund } = messageSchema.parse(JSON.parse(request.body));
    if (what === 'order') return this.#takeOrder(refund);
    this.questions += 1;
    if (this.isSilentToQuestions) return silence();
    return said(this.books.get(refund.refundRef)?.state ?? 'not-found');
  }

  /** What left the bank. */
  get paidVnd(): number {
    return [...this.books.values()]
      .filter(({ state }) => state === 'refunded')
      .reduce((sum, { amountVnd }) => sum + amountVnd, 0);
  }

  finish(state: 'refunded' | 'failed'): void {
    for (const entry of this.books.values()) if (entry.state === 'pending') entry.state = state;
  }

  #takeOrder({ refundRef, amountVnd }: { refundRef: string; amountVnd: number }): Promise<HttpAnswer> {
    this.orders += 1;
    const mood = (this.moods.length > 1 ? this.moods.shift() : this.moods[0]) ?? 'pays';
    if (mood === 'hears-nothing') return silence();
    if (mood === 'doubts') return said('doubt');
    if (mood === 'refuses') return said('refused');
    const state = mood.startsWith('pays') ? 'refunded' : 'pending';
    if (!this.books.has(refundRef)) this.books.set(refundRef, { amountVnd, state });
    return mood.endsWith('silently') ? silence() : said('accepted');
  }
}

/** The interface of that bank. */
export const bankRefunding: Refunding = {
  refundRefOf: (refundId) => `bank-${refundId}`,
  requestRefund: (order) =>
    order.amountVnd < 1_000
      ? { kind: 'unsupported', why: 'less than 1 000 đồng' }
      : { kind: 'request', request: messageOf('order', order), readAnswer: readOrderAnswer },
  askRefund: (question) => ({ request: messageOf('question', question), readAnswer: readQuestionAnswer }),
};

function messageOf(what: string, { refundRef, amountVnd }: { refundRef: string; amountVnd: number }): GatewayRequest {
  const body = JSON.stringify({ what, refundRef, amountVnd });
  return { method: 'POST', url: 'https://bank.example.vn/refunds', headers: {}, body };
}

function readOrderAnswer({ body }: HttpAnswer): RefundReading {
  if (body === 'accepted') return { kind: 'accepted', resultCode: '00', transactionId: null };
  if (body === 'refused') return { kind: 'refused', resultCode: '95', why: 'the bank refused' };
  return { kind: 'unknown', why: 'the bank said nothing certain' };
}

function readQuestionAnswer({ body }: HttpAnswer): RefundProgress {
  const known = z.enum(['refunded', 'pending', 'failed', 'not-found']).safeParse(body);
  return known.success
    ? { kind: known.data, resultCode: known.data }
    : { kind: 'unknown', why: 'the bank said nothing certain' };
}

function said(body: string): Promise<HttpAnswer> {
  return Promise.resolve({ status: 200, headers: {}, body });
}

function silence(): Promise<never> {
  return Promise.reject(new GatewaySilent('nothing came'));
}
