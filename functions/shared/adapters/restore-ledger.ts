import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { paginateQuery, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { PaymentId } from '#schemas/ids.ts';
import { identityOf, type Receipt } from '#shared/domain/receipt.ts';
import type { PaymentRemains, RestoreLedger, SeriesPosition } from '#shared/domain/restore-ports.ts';
import type { Series } from '#shared/domain/series.ts';
import { putOnce } from './conditional-write.ts';
import type { Table } from './dynamo.ts';
import { sendPatiently } from './dynamo-retry.ts';
import { type Item, paymentPartition, receiptItem, receiptKey, seriesItem } from './payment-items.ts';
import { readChargeItem, readPaymentItem, readReceiptItem } from './read-items.ts';
import { makeRegisterReader } from './register-reader.ts';
import { updateSeries } from './series-ledger.ts';

/** What puts a restored table right again. Every write has its condition, so that none undoes what others did meanwhile. */
export function makeRestoreLedger(table: Table): RestoreLedger {
  const register = makeRegisterReader(table);
  return {
    readSeries: (taxCode, template) => register.readSeries(taxCode, template),
    readPages: (series, numbers) => register.readPages(series, numbers),
    readRemains: (paymentId) => readRemains(table, paymentId),
    addSeries: (series) => putOnce(table, seriesItem(series)),
    raiseSeries: (series, to) => raiseSeries(table, series, to),
    addReceipt: (receipt, replaced) => addReceipt(table, receipt, replaced),
  };
}

/** Unlike a record, what a restore has left of a payment may lack the payment itself. */
async function readRemains(table: Table, paymentId: PaymentId): Promise<PaymentRemains> {
  const items: Item[] = [];
  const pages = paginateQuery(
    { client: table.client },
    {
      TableName: table.name,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': paymentPartition(paymentId) },
      ConsistentRead: true,
    },
  );
  for await (const page of pages) items.push(...(page.Items ?? []));
  const of = (entity: string) => items.filter((item) => item['entity'] === entity);
  return {
    payment: of('payment').map(readPaymentItem)[0],
    charges: of('charge').map(readChargeItem),
    receipts: of('receipt').map(readReceiptItem),
  };
}

async function raiseSeries(table: Table, series: Series, to: SeriesPosition): Promise<'raised' | 'changed'> {
  const written = await updateSeries(table, series, {
    set: ['#next = :to', 'lastDate = :date'],
    values: { ':to': to.nextNumber, ':date': to.lastDate },
  });
  return written ? 'raised' : 'changed';
}

async function addReceipt(
  table: Table,
  receipt: Receipt,
  replaced: Receipt | undefined,
): Promise<'written' | 'exists'> {
  if (replaced === undefined) return putOnce(table, receiptItem(receipt));
  const put = { TableName: table.name, Item: receiptItem(receipt), ConditionExpression: 'attribute_not_exists(pk)' };
  const mark = {
    TableName: table.name,
    Key: receiptKey(replaced),
    UpdateExpression: 'SET #state = :replaced, replacedBy = :by',
    ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(replacedBy)',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: {
      ':replaced': 'replaced',
      ':by': { ...identityOf(receipt), at: receipt.numberedAt },
    },
  };
  const command = new TransactWriteCommand({ TransactItems: [{ Put: put }, { Update: mark }] });
  try {
    await sendPatiently(() => table.client.send(command));
    return 'written';
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    if (!(error.CancellationReasons ?? []).some(({ Code }) => Code === 'ConditionalCheckFailed')) throw error;
    return 'exists';
  }
}
