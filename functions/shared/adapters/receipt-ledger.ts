import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { GetCommand, paginateQuery, QueryCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { BusinessDate, Instant } from '#schemas/ids.ts';
import { BrokenInvariant } from '#shared/domain/failures.ts';
import { mostReceiptsAtOnce } from '#shared/domain/numbering.ts';
import type { NumberingAnswer, ReceiptLedger } from '#shared/domain/ports.ts';
import type { Receipt, ReceiptName, SignedDocuments } from '#shared/domain/receipt.ts';
import type { Series } from '#shared/domain/series.ts';
import { putOnce } from './conditional-write.ts';
import type { Table } from './dynamo.ts';
import { sendPatiently } from './dynamo-retry.ts';
import {
  indexes,
  receiptItem,
  receiptKey,
  registerKey,
  seriesItem,
  seriesKey,
  seriesPartition,
} from './payment-items.ts';
import { readReceiptItem, readSeriesItem } from './read-items.ts';
import { readRecord } from './read-record.ts';

export function makeReceiptLedger(table: Table): ReceiptLedger {
  return {
    readRecord: (paymentId) => readRecord(table, paymentId),
    readSeries: (taxCode, template) => readSeries(table, taxCode, template),
    openSeries: (series) => openSeries(table, series),
    number: (series, receipts) => number(table, series, receipts),
    recordSigned: (receipt, documents, at) => recordSigned(table, receipt, documents, at),
    moveSigningTime: (receipt, to) => moveSigningTime(table, receipt, to),
    recordFault: (receipt, why, at) => recordFault(table, receipt, why, at),
  };
}

async function readSeries(table: Table, taxCode: string, template: string): Promise<readonly Series[]> {
  const series: Series[] = [];
  const pages = paginateQuery(
    { client: table.client },
    {
      TableName: table.name,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': seriesPartition(taxCode, template) },
      ConsistentRead: true,
    },
  );
  for await (const page of pages) series.push(...(page.Items ?? []).map(readSeriesItem));
  return series;
}

/**
 * A series whose row was lost must not begin at its first number again: the register knows its receipts. The index
 * may lag by a moment, but a row is lost by a restore or by hand, not within a moment of its last receipt.
 */
async function openSeries(table: Table, series: Series): Promise<'opened' | 'exists' | 'receipts-exist'> {
  if (!(await hasReceipts(table, series))) {
    return (await putOnce(table, seriesItem(series))) === 'written' ? 'opened' : 'exists';
  }
  // Since the caller looked, somebody else may have opened the series and numbered from it already.
  const { Item: row } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: seriesKey(series), ConsistentRead: true }),
  );
  return row === undefined ? 'receipts-exist' : 'exists';
}

async function hasReceipts(table: Table, series: Series): Promise<boolean> {
  const register = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      IndexName: indexes.receiptsByNumber,
      KeyConditionExpression: 'seriesKey = :series',
      ExpressionAttributeValues: { ':series': registerKey(series) },
      Limit: 1,
    }),
  );
  return (register.Items ?? []).length > 0;
}

/** Series and receipts move together or not at all, which is what leaves no gap and no repeat (DESIGN §3). */
async function number(table: Table, series: Series, receipts: readonly Receipt[]): Promise<NumberingAnswer> {
  const date = dateOfBatch(series, receipts);
  const puts = receipts.map((receipt) => ({
    Put: { TableName: table.name, Item: receiptItem(receipt), ConditionExpression: 'attribute_not_exists(pk)' },
  }));
  const TransactItems = [{ Update: movedSeries(table, series, receipts.length, date) }, ...puts];
  try {
    await sendPatiently(() => table.client.send(new TransactWriteCommand({ TransactItems })));
    return { kind: 'numbered' };
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const [ofSeries, ...ofReceipts] = (error.CancellationReasons ?? []).map(
      ({ Code }) => Code === 'ConditionalCheckFailed',
    );
    const existing = receipts.filter((_, index) => ofReceipts[index]);
    if (existing.length > 0) return { kind: 'some-exist', existing };
    if (ofSeries) return { kind: 'series-moved' };
    throw error;
  }
}

/** Takes so many numbers from a series as it was read, all of one date: the only way in which a series moves. */
export function movedSeries(table: Table, series: Series, count: number, date: BusinessDate) {
  return {
    TableName: table.name,
    Key: seriesKey(series),
    UpdateExpression: 'SET nextNumber = :after, lastDate = :date',
    ConditionExpression: [
      'nextNumber = :next',
      'rangeEnd >= :last',
      '#status = :open',
      'registration = :accepted',
      '#year = :year',
      '(attribute_not_exists(lastDate) OR lastDate <= :date)',
    ].join(' AND '),
    ExpressionAttributeNames: { '#status': 'status', '#year': 'year' },
    ExpressionAttributeValues: {
      ':next': series.nextNumber,
      ':last': series.nextNumber + count - 1,
      ':after': series.nextNumber + count,
      ':date': date,
      ':year': Number(date.slice(0, 4)),
      ':open': 'open',
      ':accepted': 'accepted',
    },
  };
}

/** The one date of a batch. A batch that does not continue the series is a bug of the caller, never a refusal. */
function dateOfBatch(series: Series, receipts: readonly Receipt[]): BusinessDate {
  const [first] = receipts;
  if (first === undefined || receipts.length > mostReceiptsAtOnce) {
    throw new BrokenInvariant(
      `a numbering transaction holds 1 to ${mostReceiptsAtOnce} receipts, not ${receipts.length}`,
    );
  }
  const stray = receipts.find(
    ({ taxCode, content }, index) =>
      taxCode !== series.taxCode ||
      content.collector.taxCode !== series.taxCode ||
      content.template !== series.template ||
      content.series !== series.series ||
      content.number !== series.nextNumber + index ||
      content.issuedOn !== first.content.issuedOn,
  );
  if (stray === undefined) return first.content.issuedOn;
  throw new BrokenInvariant(
    `receipt ${stray.content.series} ${stray.content.number} of payment ${stray.paymentId} does not continue series ${series.series} at ${series.nextNumber}`,
  );
}

/** What is written about a receipt that awaits its signature must be true of the content that it has now. */
function isAsRead({ content }: Receipt) {
  return {
    condition: '#state = :awaiting AND content.signingTime = :signingTime',
    names: { '#state': 'state', '#fault': 'fault' },
    values: { ':awaiting': 'awaiting-signature', ':signingTime': content.signingTime },
  };
}

/** Once recorded, documents stay; the same ones again change nothing, so that no stream record is made. */
async function recordSigned(table: Table, receipt: Receipt, { xml, pdf }: SignedDocuments, at: Instant): Promise<void> {
  const { condition, names, values } = isAsRead(receipt);
  const written = await updateReceipt(table, receipt, {
    UpdateExpression: 'SET #state = :signed, xml = :xml, pdf = :pdf, signedAt = :at REMOVE #fault',
    ConditionExpression: condition,
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: { ...values, ':signed': 'signed', ':xml': xml, ':pdf': pdf, ':at': at },
  });
  if (written) return;
  const recorded = await readReceipt(table, receipt);
  if (recorded?.xml?.sha256 === xml.sha256 && recorded.pdf?.sha256 === pdf.sha256) return;
  if (recorded?.state === 'awaiting-signature') throw new Error('the receipt changed while it was signed');
  throw new BrokenInvariant(
    `the documents ${xml.key} (SHA-256 ${xml.sha256}) and ${pdf.key} (${pdf.sha256}) cannot be recorded: their receipt ${recorded === undefined ? 'is gone' : `holds others (${recorded.xml?.sha256} and ${recorded.pdf?.sha256})`}`,
  );
}

async function moveSigningTime(table: Table, receipt: Receipt, to: Instant): Promise<'moved' | 'changed'> {
  const { condition, names, values } = isAsRead(receipt);
  const moved = await updateReceipt(table, receipt, {
    UpdateExpression: 'SET content.signingTime = :to REMOVE #fault',
    ConditionExpression: condition,
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: { ...values, ':to': to },
  });
  return moved ? 'moved' : 'changed';
}

/** The same fault again changes nothing. */
async function recordFault(table: Table, receipt: Receipt, why: string, at: Instant): Promise<'recorded' | 'changed'> {
  const { condition, names, values } = isAsRead(receipt);
  const written = await updateReceipt(table, receipt, {
    UpdateExpression: 'SET #fault = :fault',
    ConditionExpression: `${condition} AND (attribute_not_exists(#fault) OR #fault.why <> :why)`,
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: { ...values, ':fault': { at, why }, ':why': why },
  });
  if (written) return 'recorded';
  const now = await readReceipt(table, receipt);
  const isSame = now?.state === 'awaiting-signature' && now.content.signingTime === receipt.content.signingTime;
  return isSame ? 'recorded' : 'changed';
}

async function readReceipt(table: Table, name: ReceiptName): Promise<Receipt | undefined> {
  const { Item: item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: receiptKey(name), ConsistentRead: true }),
  );
  return item === undefined ? undefined : readReceiptItem(item);
}

/** @returns false when the condition failed */
async function updateReceipt(
  table: Table,
  name: ReceiptName,
  update: Omit<ConstructorParameters<typeof UpdateCommand>[0], 'TableName' | 'Key'>,
): Promise<boolean> {
  const command = new UpdateCommand({ ...update, TableName: table.name, Key: receiptKey(name) });
  try {
    await sendPatiently(() => table.client.send(command));
    return true;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return false;
  }
}
