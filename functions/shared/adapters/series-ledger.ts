import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Series } from '#shared/domain/series.ts';
import type { SeriesLedger } from '#shared/domain/series-ports.ts';
import { putOnce } from './conditional-write.ts';
import type { Table } from './dynamo.ts';
import { sendPatiently } from './dynamo-retry.ts';
import { type Clause, updateOf } from './expressions.ts';
import { seriesItem, seriesKey } from './payment-items.ts';
import { makeReceiptLedger } from './receipt-ledger.ts';

export function makeSeriesLedger(table: Table): SeriesLedger {
  const receipts = makeReceiptLedger(table);
  return {
    readSeries: (taxCode, template) => receipts.readSeries(taxCode, template),
    addSeries: (series) => putOnce(table, seriesItem(series)),
    close: (series, closing) => close(table, series, closing),
  };
}

async function close(
  table: Table,
  series: Series,
  closing: NonNullable<Series['closing']>,
): Promise<'closed' | 'changed'> {
  const written = await updateSeries(table, series, {
    set: ['#status = :closed', 'closing = :closing'],
    when: ['#status = :open'],
    names: { '#status': 'status' },
    values: { ':open': 'open', ':closed': 'closed', ':closing': closing },
  });
  return written ? 'closed' : 'changed';
}

/** Changes a series on condition that no number was taken since it was read. @returns false when one was */
export async function updateSeries(table: Table, series: Series, clause: Clause): Promise<boolean> {
  const unmoved: Clause = {
    when: ['#next = :read'],
    names: { '#next': 'nextNumber' },
    values: { ':read': series.nextNumber },
  };
  const command = new UpdateCommand({ TableName: table.name, Key: seriesKey(series), ...updateOf(clause, unmoved) });
  try {
    await sendPatiently(() => table.client.send(command));
    return true;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return false;
  }
}
