import { randomBytes, randomUUID } from 'node:crypto';
import { encodeForm } from '../form-fields.ts';
import type { GatewayPlayer } from '../player.ts';
import { answerApi, linkIdOf, transferOf } from './player-answers.ts';
import { payosAccountSchema } from './settings.ts';
import { signMessage } from './signer.ts';

/** payOS's own side of the protocol (gateway specification §5.1). */
export const player: GatewayPlayer = {
  makeSecret: () => ({
    clientId: randomUUID(),
    apiKey: randomUUID(),
    checksumKey: randomBytes(32).toString('hex'),
  }),
  signCallback(order, news, merchantAccount) {
    const [secret] = payosAccountSchema.parse(merchantAccount).secrets;
    const words = news.result === 'paid' ? { code: '00', desc: 'success' } : { code: '01', desc: 'Thất bại' };
    const data = {
      orderCode: Number(order.orderRef),
      currency: 'VND',
      paymentLinkId: linkIdOf(order),
      ...transferOf(order, news),
      ...words,
    };
    return {
      method: 'POST',
      rawQuery: '',
      headers: { 'content-type': 'application/json' },
      body: Buffer.from(signMessage(data, secret)),
    };
  },
  // Nothing in it is signed: it tells the payer alone.
  returnAddress(order, { result }) {
    if (order.returnUrl === undefined) return undefined;
    const fields = {
      code: '00',
      id: linkIdOf(order),
      cancel: String(result === 'cancelled'),
      status: result === 'paid' ? 'PAID' : 'CANCELLED',
      orderCode: order.orderRef,
    };
    return `${order.returnUrl}?${encodeForm(Object.entries(fields).map(([name, value]) => ({ name, value })))}`;
  },
  answer: (request, book, merchantAccount) => answerApi(request, book, payosAccountSchema.parse(merchantAccount)),
};
