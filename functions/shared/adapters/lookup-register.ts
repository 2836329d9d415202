import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { type LookupCode, type PaymentId, paymentIdSchema } from '#schemas/ids.ts';
import type { LookupRegister } from '#shared/domain/lookup-ports.ts';
import type { Table } from './dynamo.ts';
import { indexes } from './payment-items.ts';
import { readPaymentAndReceipts } from './read-record.ts';

const rowSchema = z.object({ paymentId: paymentIdSchema });

/** Asked in place of a payment that there is not, so that a wrong code takes as many requests as a right one. */
const nobody = paymentIdSchema.parse('10000000000003');

export function makeLookupRegister(table: Table): LookupRegister {
  return {
    async findByLookupCode(code) {
      const { payment, receipts } = await readPaymentAndReceipts(table, (await findPayment(table, code)) ?? nobody);
      const receipt = receipts.find(({ content }) => content.lookupCode === code);
      return receipt === undefined ? undefined : { receipt, siblings: receipts, payment };
    },
  };
}

/** The index may lag a moment, but says only where to look. */
async function findPayment(table: Table, code: LookupCode): Promise<PaymentId | undefined> {
  const { Items: [row] = [] } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      IndexName: indexes.receiptsByLookup,
      KeyConditionExpression: 'lookupCode = :code',
      ProjectionExpression: 'paymentId',
      ExpressionAttributeValues: { ':code': code },
      Limit: 1,
    }),
  );
  return row === undefined ? undefined : rowSchema.parse(row).paymentId;
}
