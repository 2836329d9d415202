import * as z from 'zod';
import type { BankBook } from './bank-book.ts';
import type { BankOrder, Call, News, PlayedGateway } from './bank-order.ts';

/** What can be played on an order's page. */
export const bankActionSchema = z.discriminatedUnion('action', [
  z.object({ action: z.enum(['pay', 'fail', 'cancel', 'repeat', 'wrong-amount', 'forge', 'pay-silently']) }),
  z.object({ action: z.literal('delay'), seconds: z.coerce.number().int().min(1).max(600) }),
]);
export type BankAction = z.infer<typeof bankActionSchema>;

/** Takes money, tells news, and plays every trick that gateways and forgers are known for. */
export class BankDesk {
  readonly #book: BankBook;
  readonly #gateways: readonly PlayedGateway[];
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(book: BankBook, gateways: readonly PlayedGateway[]) {
    this.#book = book;
    this.#gateways = gateways;
  }

  async act(orderId: string, play: BankAction): Promise<void> {
    const order = this.#orderOf(orderId);
    switch (play.action) {
      case 'pay':
        return this.#tell(orderId, await this.#paid(order.amountVnd), 'đã thanh toán');
      case 'pay-silently':
        return this.#payOnly(orderId, await this.#paid(order.amountVnd));
      case 'fail':
        return this.#tell(orderId, unpaid('failed', order), 'thất bại');
      case 'cancel':
        return this.#tell(orderId, unpaid('cancelled', order), 'khách hủy');
      case 'wrong-amount':
        return this.#tell(orderId, await this.#paid(otherAmount(order.amountVnd)), 'sai số tiền');
      case 'delay':
        return this.#tellLater(orderId, await this.#paid(order.amountVnd), play.seconds);
      case 'forge':
        return this.#send(orderId, 'giả mạo chữ ký', forge(this.#sign(order, await this.#paid(order.amountVnd))));
      case 'repeat':
        return this.#repeat(orderId, order);
    }
  }

  /** Forgets callbacks that are still to go out, like a gateway that lost them. */
  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }

  async #tell(orderId: string, news: News, what: string): Promise<void> {
    const order = await this.#book.change(orderId, { lastNews: news });
    await this.#send(orderId, what, this.#sign(order, news));
  }

  /** Only who asks hears of it. */
  async #payOnly(orderId: string, news: News): Promise<void> {
    await this.#book.change(orderId, { lastNews: news });
  }

  /** Calls again, or for the first time where the money came without a call. */
  async #repeat(orderId: string, order: BankOrder): Promise<void> {
    const last = order.calls.at(-1);
    if (last !== undefined) return this.#send(orderId, `lặp lại: ${last.what}`, last.call);
    if (order.lastNews !== undefined) await this.#send(orderId, 'gọi muộn', this.#sign(order, order.lastNews));
  }

  async #tellLater(orderId: string, news: News, seconds: number): Promise<void> {
    const delayedUntil = new Date(Date.now() + seconds * 1_000).toISOString();
    const order = await this.#book.change(orderId, { lastNews: news, delayedUntil });
    const call = this.#sign(order, news);
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      void this.#send(orderId, `trả chậm ${seconds} giây`, call);
    }, seconds * 1_000);
    this.#timers.add(timer);
  }

  async #send(orderId: string, what: string, call: Call): Promise<void> {
    const { status, answer } = await deliver(call);
    const sent = { at: new Date().toISOString(), what, call, status, answer };
    const { calls } = this.#orderOf(orderId);
    await this.#book.change(orderId, { calls: [...calls, sent], delayedUntil: undefined });
  }

  async #paid(amountVnd: number): Promise<News> {
    const transactionNo = await this.#book.drawTransactionNo();
    return { result: 'paid', amountVnd, transactionNo, at: new Date().toISOString() };
  }

  #sign(order: BankOrder, news: News): Call {
    const gateway = this.#gateways.find(({ name }) => name === order.gateway);
    if (gateway === undefined) throw new Error(`The bank does not play ${order.gateway}.`);
    return gateway.signCall(order, news);
  }

  #orderOf(orderId: string): BankOrder {
    const order = this.#book.find(orderId);
    if (order === undefined) throw new Error(`The bank knows no order ${orderId}.`);
    return order;
  }
}

function unpaid(result: 'failed' | 'cancelled', { amountVnd }: BankOrder): News {
  return { result, amountVnd, at: new Date().toISOString() };
}

function otherAmount(amountVnd: number): number {
  return amountVnd > 1_000 ? amountVnd - 1_000 : amountVnd + 1_000;
}

/** Changes the last digit of the signature, which stands last in an address and in a body alike. */
export function forge(call: Call): Call {
  const change = (text: string) => text.replace(/[0-9a-f](?="?\}?$)/, (digit) => (digit === '0' ? '1' : '0'));
  return call.body === '' ? { ...call, url: change(call.url) } : { ...call, body: change(call.body) };
}

/** Gateways wait up to 15 seconds (gateway specification §1.3, §2.3). */
const patienceMs = 15_000;

/** Sends a callback as the gateway would; no answer is an answer too. */
export async function deliver(call: Call): Promise<{ readonly status: number; readonly answer: string }> {
  try {
    const answer = await fetch(call.url, {
      method: call.method,
      redirect: 'manual',
      signal: AbortSignal.timeout(patienceMs),
      ...(call.body === '' ? {} : { body: call.body, headers: { 'content-type': 'application/json; charset=UTF-8' } }),
    });
    return { status: answer.status, answer: (await answer.text()).slice(0, 2_000) };
  } catch (fault) {
    return { status: 0, answer: fault instanceof Error ? fault.message : String(fault) };
  }
}
