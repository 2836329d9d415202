import * as z from 'zod';
import type { Instant } from '#schemas/ids.ts';
import { instantAfter } from '#shared/domain/calendar.ts';
import { outcomesOf } from './answer-words.ts';
import type { BankBook } from './bank-book.ts';
import type { BankOrder, News } from './bank-order.ts';
import { deliver, forgeCall, signCall } from './callback-call.ts';
import type { PlayedAccount } from './played-account.ts';

/** What can be played on an order's page. */
export const bankActionSchema = z.discriminatedUnion('action', [
  z.object({
    action: z.enum(['pay', 'fail', 'cancel', 'repeat', 'wrong-amount', 'forge', 'pay-silently', 'fail-silently']),
  }),
  z.object({ action: z.literal('delay'), seconds: z.coerce.number().int().min(1).max(600) }),
]);
export type BankAction = z.infer<typeof bankActionSchema>;

export interface DeskNeeds {
  readonly book: BankBook;
  /** @throws Error when nobody plays the order's account */
  readonly accountOf: (order: BankOrder) => PlayedAccount;
  readonly baseUrl: string;
  readonly now: () => Instant;
}

/** A callback to send: what it is called, what it tells, and whether a stranger sends it. */
type Message = Pick<BankOrder['calls'][number], 'what' | 'news' | 'isForged'> & { readonly news: News };

/** Takes money, tells news, and plays every trick that gateways and forgers are known for. */
export class BankDesk {
  readonly #needs: DeskNeeds;
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(needs: DeskNeeds) {
    this.#needs = needs;
  }

  async act(orderId: string, play: BankAction): Promise<void> {
    const order = this.#orderOf(orderId);
    switch (play.action) {
      case 'pay':
        return this.#tell(orderId, await this.#paid(order.amountVnd), 'đã thanh toán');
      case 'pay-silently':
        return this.#note(orderId, await this.#paid(order.amountVnd));
      case 'fail-silently':
        return this.#note(orderId, this.#unpaid('failed', order));
      case 'fail':
        return this.#tell(orderId, this.#unpaid('failed', order), 'thất bại');
      case 'cancel':
        return this.#tell(orderId, this.#unpaid('cancelled', order), 'khách hủy');
      case 'wrong-amount':
        return this.#tell(orderId, await this.#paid(otherAmount(order.amountVnd)), 'sai số tiền');
      case 'delay':
        return this.#tellLater(orderId, await this.#paid(order.amountVnd), play.seconds);
      case 'forge':
        return this.#send(orderId, { what: 'giả mạo', news: await this.#paid(order.amountVnd), isForged: true });
      case 'repeat':
        return this.#repeat(orderId, order);
    }
  }

  /** Forgets callbacks that are still to go out, like a gateway that lost them. */
  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }

  async #tell(orderId: string, news: News, what: string): Promise<void> {
    await this.#note(orderId, news);
    await this.#send(orderId, { what, news, isForged: false });
  }

  /** Only who asks hears of it, and who reads the statement. */
  async #note(orderId: string, news: News, changes: Partial<BankOrder> = {}): Promise<void> {
    const { taken } = this.#orderOf(orderId);
    const money = news.result === 'paid' ? { taken: [...taken, news] } : {};
    await this.#needs.book.change(orderId, { ...changes, ...money, lastNews: news });
  }

  /** Calls again, or for the first time where the money came without a call. */
  async #repeat(orderId: string, { calls, lastNews }: BankOrder): Promise<void> {
    const last = calls.at(-1);
    if (last?.news !== undefined) {
      const what = last.what.replace(/^(lặp lại: )?/, 'lặp lại: ');
      return this.#send(orderId, { what, news: last.news, isForged: last.isForged });
    }
    if (lastNews !== undefined) await this.#send(orderId, { what: 'gọi muộn', news: lastNews, isForged: false });
  }

  async #tellLater(orderId: string, news: News, seconds: number): Promise<void> {
    const delayedUntil = instantAfter(this.#needs.now(), seconds * 1_000);
    await this.#note(orderId, news, { delayedUntil });
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      void this.#send(orderId, { what: `trả chậm ${seconds} giây`, news, isForged: false });
    }, seconds * 1_000);
    this.#timers.add(timer);
  }

  async #send(orderId: string, message: Message): Promise<void> {
    const { book, accountOf, baseUrl, now } = this.#needs;
    const order = this.#orderOf(orderId);
    const write = message.isForged ? forgeCall : signCall;
    const played = accountOf(order);
    const call = write(played, { order, news: { ...message.news, toldAt: now() }, baseUrl });
    if (call === undefined) return;
    const { request, url } = call;
    const heard = await deliver(call);
    const outcomes = outcomesOf(heard, request, played.connection);
    const sent = { at: now(), ...message, call: { method: request.method, url }, ...heard, outcomes };
    const { calls } = this.#orderOf(orderId);
    await book.change(orderId, { calls: [...calls, sent], delayedUntil: undefined });
  }

  async #paid(amountVnd: number): Promise<News> {
    const transactionNo = await this.#needs.book.drawTransactionNo();
    return { result: 'paid', amountVnd, transactionNo, at: this.#needs.now() };
  }

  #unpaid(result: 'failed' | 'cancelled', { amountVnd }: BankOrder): News {
    return { result, amountVnd, at: this.#needs.now() };
  }

  #orderOf(orderId: string): BankOrder {
    const order = this.#needs.book.find(orderId);
    if (order === undefined) throw new Error(`The bank knows no order ${orderId}.`);
    return order;
  }
}

function otherAmount(amountVnd: number): number {
  return amountVnd > 1_000 ? amountVnd - 1_000 : amountVnd + 1_000;
}
