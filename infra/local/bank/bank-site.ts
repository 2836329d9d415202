import type { SentAnswer } from '#infra/local/cloud/http-answer.ts';
import { html, htmlAnswer, redirectAnswer } from '#infra/local/html.ts';
import { renderPage } from '#infra/local/pages/layout.ts';
import type { MerchantSecrets } from '#infra/local/secrets.ts';
import type { Site } from '#infra/local/web-server.ts';
import { makeBankApi } from './bank-api.ts';
import { openBankBook } from './bank-book.ts';
import { BankDesk, bankActionSchema } from './bank-desk.ts';
import { playMomo } from './momo.ts';
import { renderOrderPage } from './order-page.ts';
import { playVnpay } from './vnpay.ts';

export interface Bank {
  readonly site: Site;
  readonly stop: () => void;
}

/** Opens the bank: the pages and interfaces of the gateways, under the addresses that merchants are configured with. */
export async function openBank(options: {
  readonly secrets: MerchantSecrets;
  readonly publicBaseUrl: string;
  readonly bookFile: string;
}): Promise<Bank> {
  const book = await openBankBook(options.bookFile);
  const vnpay = playVnpay(options.secrets.vnpay, options.publicBaseUrl);
  const momo = playMomo(options.secrets.momo, options.publicBaseUrl);
  const gateways = [vnpay, momo];
  const desk = new BankDesk(book, gateways);
  const answerApi = makeBankApi({ book, secrets: options.secrets, createAtMomo: momo.create });

  async function receivePayer(rawQuery: string): Promise<SentAnswer> {
    const reading = vnpay.readPaymentAddress(rawQuery);
    if (!reading.ok) return refusePayer(reading.why);
    return redirectAnswer(`/bank/orders/${encodeURIComponent(await book.open(reading.order))}`);
  }

  function showOrder(orderId: string): SentAnswer {
    const order = book.find(orderId);
    const gateway = gateways.find(({ name }) => name === order?.gateway);
    if (order === undefined || gateway === undefined) return noSuchOrder();
    const returnAddress = order.lastNews === undefined ? undefined : gateway.returnAddress(order, order.lastNews);
    return htmlAnswer(renderOrderPage({ orderId, order, gatewayLabel: gateway.label, returnAddress, now: new Date() }));
  }

  async function playOrder(orderId: string, form: string): Promise<SentAnswer> {
    const action = bankActionSchema.safeParse(Object.fromEntries(new URLSearchParams(form)));
    if (book.find(orderId) === undefined || !action.success) return noSuchOrder();
    await desk.act(orderId, action.data);
    return redirectAnswer(`/bank/orders/${encodeURIComponent(orderId)}`);
  }

  return {
    stop: () => desk.stop(),
    site: async ({ method, target, body }) => {
      const { pathname, search } = new URL(target, options.publicBaseUrl);
      const text = Buffer.from(body).toString();
      const orderId = /^\/bank\/orders\/([\w.-]+)$/.exec(pathname)?.[1];
      if (orderId !== undefined) return method === 'POST' ? playOrder(orderId, text) : showOrder(orderId);
      if (pathname === '/bank/vnpay/paymentv2/vpcpay.html') return receivePayer(search.slice(1));
      return method === 'POST' ? answerApi(pathname, text) : undefined;
    },
  };
}

function refusePayer(why: string): SentAnswer {
  const content = html`<h1>VNPAY từ chối địa chỉ thanh toán</h1>
<p class="notice bad">Địa chỉ này không phải của một tài khoản đã ký hợp đồng, hoặc đã bị sửa: <code>${why}</code></p>
<p><small lang="en">The payment address is not signed by a terminal of ours. Was it cut off when it was copied, or made with the secrets of another state folder?</small></p>`;
  return htmlAnswer(renderPage({ title: 'VNPAY', place: 'Ngân hàng thử nghiệm' }, content), 400);
}

function noSuchOrder(): SentAnswer {
  const content = html`<h1>Không có đơn này</h1><p><a href="/">Về trang đầu</a> <small lang="en">The bank has no such order.</small></p>`;
  return htmlAnswer(renderPage({ title: 'Không có đơn này', place: 'Ngân hàng thử nghiệm' }, content), 404);
}
