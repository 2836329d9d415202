import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { acceptCallback } from '#functions/accept-callback/accept-callback.ts';
import { vnpay } from '#shared/gateways/vnpay/gateway.ts';
import { callbackByQuery } from './callback-requests.ts';
import { readTestAccount } from './gateway-account.ts';
import type { PaymentScene } from './payment-scene.ts';
import { vnpayCallback } from './vnpay-messages.ts';

const { secret } = readTestAccount(vnpay);
const answerSchema = z.object({ RspCode: z.string() });

type Fields = Readonly<Record<string, string | undefined>>;

/** Calls a scene back as VNPAY would and returns the code that VNPAY hears. */
export function makeVnpayCaller(scene: PaymentScene) {
  return async (fields: Fields, hashSecret = secret['hashSecret']): Promise<string> => {
    const query = vnpayCallback(
      { vnp_TmnCode: secret['tmnCode'], vnp_PayDate: '20261123091525', ...fields },
      hashSecret,
    );
    const connection = await scene.connections.connect('vnpay', 'ttpvhcc');
    if (connection === undefined) throw new Error('no connection');
    const route = { gateway: 'vnpay', merchant: 'ttpvhcc', connection };
    const answer = await acceptCallback(route, callbackByQuery(query), scene.accepting);
    return answerSchema.parse(JSON.parse(answer.body)).RspCode;
  };
}

let transactions = 50_000_000;
const newTransaction = () => String((transactions += 1));

/** The fields of a success over 28 000 đồng, with a transaction of its own. */
export const paidFields = (gatewayRef: string, changes: Readonly<Record<string, string>> = {}) => ({
  vnp_TxnRef: gatewayRef,
  vnp_Amount: '2800000',
  vnp_TransactionNo: newTransaction(),
  ...changes,
});

/** The fields of a payment that the citizen cancelled. */
export const failedFields = (gatewayRef: string) =>
  paidFields(gatewayRef, { vnp_ResponseCode: '24', vnp_TransactionStatus: '02', vnp_TransactionNo: '0' });

/** What lies in suspense for the account of the scenes at a gateway. */
export async function suspenseOf(scene: PaymentScene, gateway = 'vnpay'): Promise<readonly Record<string, unknown>[]> {
  const { Items: items = [] } = await scene.table.client.send(
    new QueryCommand({
      TableName: scene.table.name,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': `SUSPENSE#${gateway}#ttpvhcc` },
      ConsistentRead: true,
    }),
  );
  return items;
}
