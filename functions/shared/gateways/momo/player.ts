import { randomBytes } from 'node:crypto';
import { encodeForm } from '../form-fields.ts';
import type { GatewayPlayer } from '../player.ts';
import { answerApi, valuesOf } from './player-answers.ts';
import { momoAccountSchema } from './settings.ts';
import { signCallbackBody, signMessage } from './signer.ts';

/** MoMo's own side of the protocol (gateway specification §2). */
export const player: GatewayPlayer = {
  makeSecret: () => ({
    partnerCode: `MOMO${randomBytes(4).toString('hex').toUpperCase()}`,
    accessKey: randomBytes(8).toString('hex'),
    secretKey: randomBytes(24).toString('base64url'),
  }),
  signCallback(order, news, merchantAccount) {
    const [secret] = momoAccountSchema.parse(merchantAccount).secrets;
    return {
      method: 'POST',
      rawQuery: '',
      headers: { 'content-type': 'application/json; charset=UTF-8' },
      body: Buffer.from(signCallbackBody(valuesOf(order, news, secret), secret)),
    };
  },
  // The browser brings what the IPN says (§2.1).
  returnAddress(order, news, merchantAccount) {
    if (order.returnUrl === undefined) return undefined;
    const [secret] = momoAccountSchema.parse(merchantAccount).secrets;
    const values = valuesOf(order, news, secret);
    const fields = { ...values, signature: signMessage('callback', values, secret) };
    return `${order.returnUrl}?${encodeForm(Object.entries(fields).map(([name, value]) => ({ name, value: String(value) })))}`;
  },
  answer: (request, book, merchantAccount) => answerApi(request, book, momoAccountSchema.parse(merchantAccount)),
};
