import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { paginateQuery, TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import type { PaymentId } from '#schemas/ids.ts';
import type { Correction } from '#shared/domain/correction.ts';
import type { CorrectionDecision, CorrectionLedger, ReplacementMove } from '#shared/domain/correction-ports.ts';
import { BrokenInvariant } from '#shared/domain/failures.ts';
import { identityOf, type Receipt } from '#shared/domain/receipt.ts';
import { putOnce } from './conditional-write.ts';
import type { Table } from './dynamo.ts';
import { sendPatiently } from './dynamo-retry.ts';
import { type Clause, updateOf } from './expressions.ts';
import { stirred, versionIs } from './payment-clauses.ts';
import {
  correctionItem,
  indexes,
  openCorrectionShard,
  paymentKey,
  paymentPartition,
  receiptItem,
  receiptKey,
} from './payment-items.ts';
import { readCorrectionItem } from './read-items.ts';
import { readRecord } from './read-record.ts';
import { movedSeries } from './receipt-ledger.ts';

export function makeCorrectionLedger(table: Table): CorrectionLedger {
  return {
    readCase: async (paymentId) => {
      const record = await readRecord(table, paymentId);
      return record === undefined ? undefined : { record, corrections: await readCorrections(table, paymentId) };
    },
    propose: (correction) => putOnce(table, correctionItem(correction)),
    reject: async (decision) => changedUnless(await writeTogether(table, [decided(table, decision)])),
    recordNotice: async (decision, receipt) =>
      changedUnless(await writeTogether(table, [decided(table, decision), noticed(table, decision.after, receipt)])),
    replace: (move) => replace(table, move),
    findOpen: () => findOpen(table),
  };
}

type Write = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

async function replace(table: Table, move: ReplacementMove): Promise<'written' | 'changed' | 'series-moved'> {
  const { record, series, wrong, replacement } = move;
  const { number, issuedOn } = replacement.content;
  if (number !== series.nextNumber || replacement.revision !== wrong.revision + 1) {
    throw new BrokenInvariant(
      `receipt ${replacement.content.series} ${number} is neither the next of series ${series.series} at ${series.nextNumber} nor of its receipt`,
    );
  }
  const [ofSeries, ...others] = await writeTogether(table, [
    { Update: movedSeries(table, series, 1, issuedOn) },
    { Put: { TableName: table.name, Item: receiptItem(replacement), ConditionExpression: 'attribute_not_exists(pk)' } },
    replaced(table, wrong, replacement),
    decided(table, move),
    dueAgain(table, record.payment, replacement),
  ]);
  // What others have done to the payment says more than a series that moves all the time.
  if (others.includes(true)) return 'changed';
  return ofSeries === true ? 'series-moved' : 'written';
}

/** The old receipt, on condition that it is not replaced yet and is as it was read. */
function replaced(table: Table, wrong: Receipt, replacement: Receipt): Write {
  return updateReceipt(table, wrong, {
    set: ['#state = :replaced', 'replacedBy = :by'],
    when: ['attribute_not_exists(replacedBy)', '#state = :seen'],
    names: { '#state': 'state' },
    values: {
      ':replaced': 'replaced',
      ':by': { ...identityOf(replacement), at: replacement.numberedAt },
      ':seen': wrong.state,
    },
  });
}

function noticed(table: Table, { notice }: Correction, receipt: Receipt): Write {
  if (notice === undefined) throw new BrokenInvariant(`the notice about ${receipt.content.number} is not archived yet`);
  const { madeOn, ...errorNotice } = notice;
  return updateReceipt(table, receipt, {
    set: ['errorNotice = :notice'],
    when: ['#state = :seen'],
    names: { '#state': 'state' },
    values: { ':notice': errorNotice, ':seen': receipt.state },
  });
}

function updateReceipt(table: Table, receipt: Receipt, clause: Clause): Write {
  return { Update: { TableName: table.name, Key: receiptKey(receipt), ...updateOf(clause) } };
}

/** The decision, on condition that nobody decided before and that it is another person's (DESIGN §4.10). */
function decided(table: Table, { before, after }: CorrectionDecision): Write {
  return {
    Put: {
      TableName: table.name,
      Item: correctionItem(after),
      ConditionExpression: '#version = :seen AND maker <> :checker',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: { ':seen': before.version, ':checker': after.checker },
    },
  };
}

/** The sweep signs the replacement and tells the dossier. */
function dueAgain(
  table: Table,
  { paymentId, version }: { paymentId: PaymentId; version: number },
  { numberedAt }: Receipt,
): Write {
  return {
    Update: {
      TableName: table.name,
      Key: paymentKey(paymentId),
      ...updateOf(stirred(paymentId, numberedAt), versionIs(version)),
    },
  };
}

/** @returns for each write whether its condition failed; none did when all was written */
async function writeTogether(table: Table, writes: Write[]): Promise<readonly boolean[]> {
  const command = new TransactWriteCommand({ TransactItems: writes });
  try {
    await sendPatiently(() => table.client.send(command));
    return [];
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const failed = (error.CancellationReasons ?? []).map(({ Code }) => Code === 'ConditionalCheckFailed');
    if (failed.includes(true)) return failed;
    throw error;
  }
}

function changedUnless(failed: readonly boolean[]): 'written' | 'changed' {
  return failed.length === 0 ? 'written' : 'changed';
}

async function readCorrections(table: Table, paymentId: PaymentId): Promise<readonly Correction[]> {
  return readAll(table, {
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
    ExpressionAttributeValues: { ':pk': paymentPartition(paymentId), ':prefix': 'CORRECTION#' },
    ConsistentRead: true,
  });
}

function findOpen(table: Table): Promise<readonly Correction[]> {
  return readAll(table, {
    IndexName: indexes.paymentsDue,
    KeyConditionExpression: 'dueShard = :shard',
    ExpressionAttributeValues: { ':shard': openCorrectionShard },
  });
}

async function readAll(table: Table, query: object): Promise<readonly Correction[]> {
  const found: Correction[] = [];
  for await (const page of paginateQuery({ client: table.client }, { TableName: table.name, ...query })) {
    found.push(...(page.Items ?? []).map(readCorrectionItem));
  }
  return found;
}
