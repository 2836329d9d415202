import { dvcqg } from '#shared/gateways/dvcqg/gateway.ts';
import { dvcqgSecretSchema } from '#shared/gateways/dvcqg/settings.ts';
import type { CallbackRequest } from '#shared/gateways/http-messages.ts';
import { sepayPg } from '#shared/gateways/sepay-pg/gateway.ts';
import { callbackByBody } from './callback-requests.ts';
import { dvcqgConfirm } from './dvcqg-messages.ts';
import { readTestAccount } from './gateway-account.ts';
import { sepayPgCallback, sepayPgNotification } from './sepay-pg-messages.ts';

/** A gateway whose callbacks prove little, in its own words. */
export interface WeakGateway {
  readonly name: string;
  /** CONFIRM or IPN: money was paid. */
  readonly callback: (orderRef: string, amountVnd: number, transactionId?: string) => CallbackRequest;
  /** The answer to our query. */
  readonly answer: (
    orderRef: string,
    state: 'paid' | 'pending' | 'failed',
    amountVnd: number,
    transactionId?: string,
  ) => string;
  /** Whether an answer to the callback tells the gateway to call again. */
  readonly callsAgain: (answer: { readonly status: number; readonly body: string }) => boolean;
}

const dvcqgSecret = dvcqgSecretSchema.parse(readTestAccount(dvcqg).secret);
const dvcqgStates = { paid: '1', pending: '3', failed: '4' } as const;
const sepayPgKey = readTestAccount(sepayPg).secret['secretKey'];
const sepayPgStates = { paid: 'CAPTURED', pending: 'AUTHENTICATION_NOT_NEEDED', failed: 'CANCELLED' } as const;
/** The number that these gateways give the money of an order. */
export const moneyOf = (orderRef: string) => `M${orderRef}`;

export const weakGateways: readonly WeakGateway[] = [
  {
    name: 'dvcqg',
    callback: (orderRef, amountVnd, transactionId = moneyOf(orderRef)) =>
      callbackByBody(
        dvcqgConfirm(
          {
            MaDoiTac: dvcqgSecret.maDoiTac,
            MaThamChieu: orderRef,
            SoTien: amountVnd,
            MaGiaoDich: transactionId,
            ThoiGianGD: '20261123091525',
          },
          dvcqgSecret,
        ),
      ),
    answer: (orderRef, state, amountVnd, transactionId = moneyOf(orderRef)) =>
      JSON.stringify({
        MaLoi: '00',
        MaDoiTac: dvcqgSecret.maDoiTac,
        MaThamChieu: orderRef,
        SoTien: String(amountVnd),
        MaGiaoDich: state === 'paid' ? transactionId : '',
        TrangThaiGD: dvcqgStates[state],
      }),
    callsAgain: ({ body }) => body.includes('"MaLoi":"99"'),
  },
  {
    name: 'sepay-pg',
    callback: (orderRef, amountVnd, transactionId = moneyOf(orderRef)) => {
      const amounts = { order_amount: `${amountVnd}.00` };
      const transaction = {
        id: transactionId,
        transaction_amount: String(amountVnd),
        transaction_date: '2026-11-23 09:15:25',
      };
      const order = { order_invoice_number: orderRef, ...amounts };
      return sepayPgCallback(JSON.stringify(sepayPgNotification({}, order, transaction)), sepayPgKey);
    },
    answer: (orderRef, state, amountVnd, transactionId = moneyOf(orderRef)) => {
      const { order, transaction } = sepayPgNotification(
        {},
        { order_invoice_number: orderRef, order_status: sepayPgStates[state], order_amount: `${amountVnd}.00` },
        { id: transactionId, transaction_amount: String(amountVnd), transaction_date: '2026-11-23 09:15:25' },
      );
      return JSON.stringify({ data: { ...order, transactions: state === 'paid' ? [transaction] : [] } });
    },
    callsAgain: ({ status }) => status === 500,
  },
];
