import { randomBytes } from 'node:crypto';
import type { GatewayPlayer, PlayedNews, PlayedOrder } from '../player.ts';
import { spacedTimeOf } from '../wire-times.ts';
import { findPaymentCode } from './payment-code.ts';
import { type SepayAccount, sepayAccountSchema } from './settings.ts';
import { proveWebhook } from './signer.ts';

/** SePay as it watches our bank account: it is sent no order and no question, it only tells of movements (§5.2). */
export const player: GatewayPlayer = {
  tells: ['paid'],

  makeSecret: () => ({ mode: 'hmac', webhookSecret: randomBytes(24).toString('base64url') }),

  signCallback(order, news, merchantAccount) {
    const account = sepayAccountSchema.parse(merchantAccount);
    const body = Buffer.from(JSON.stringify(movementOf(order, news, account.settings)));
    return {
      method: 'POST',
      rawQuery: '',
      headers: {
        'content-type': 'application/json',
        ...proveWebhook(body, news.toldAt ?? news.at, account.secrets[0]),
      },
      body,
    };
  },

  readTransfer({ accountNumber, amountVnd, content }, merchantAccount, now) {
    const { settings } = sepayAccountSchema.parse(merchantAccount);
    if (accountNumber !== settings.accountNumber) return { ok: false, why: 'SePay watches no account of this number' };
    // A content without a payment code still brings money: it is known by its own words, and by when it came.
    const orderRef = findPaymentCode('', content, settings.codePrefix) ?? `CK${Date.parse(now)}`;
    return { ok: true, order: { orderRef, amountVnd, description: content, openedAt: now } };
  },
};

/** A transfer that fails is told by nobody: what comes nearest is the same money going out of the account again. */
function movementOf(order: PlayedOrder, news: PlayedNews, settings: SepayAccount['settings']) {
  const { bankName, accountNumber, codePrefix } = settings;
  const id = Number(news.transactionNo ?? Date.parse(news.at));
  const content = contentOf(order, codePrefix);
  return {
    id,
    gateway: bankName,
    transactionDate: spacedTimeOf(news.at),
    accountNumber,
    subAccount: null,
    code: findPaymentCode('', content, codePrefix),
    content,
    transferType: news.result === 'paid' ? 'in' : 'out',
    description: content,
    transferAmount: news.amountVnd,
    accumulated: news.amountVnd,
    referenceCode: `FT${id}`,
  };
}

/** What the payer wrote: the payment code, perhaps among other words, or words alone. */
function contentOf({ orderRef, description }: PlayedOrder, codePrefix: string): string {
  const isCode = findPaymentCode('', orderRef, codePrefix) !== null;
  const isWritten = findPaymentCode('', description, codePrefix) !== null;
  return isCode && !isWritten ? `${orderRef} ${description}`.trim() : description;
}
