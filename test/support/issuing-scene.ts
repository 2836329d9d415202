import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { loadSeries } from '#config/series.ts';
import { loadUnits } from '#config/units.ts';
import { instantSchema, type PaymentId } from '#schemas/ids.ts';
import type { Table } from '#shared/adapters/dynamo.ts';
import { indexes } from '#shared/adapters/payment-items.ts';
import { readReceiptItem } from '#shared/adapters/read-items.ts';
import { readRecord } from '#shared/adapters/read-record.ts';
import { makeReceiptArchive, retentions } from '#shared/adapters/receipt-archive.ts';
import { makeReceiptLedger } from '#shared/adapters/receipt-ledger.ts';
import type { LogCode, LogFacts } from '#shared/domain/log-catalogue.ts';
import type { ProcessAnswer } from '#shared/domain/ports.ts';
import type { Receipt } from '#shared/domain/receipt.ts';
import { type IssuingNeeds, issueReceipts } from '#shared/processes/issue-receipts.ts';
import { drawLookupCode } from '#shared/runtime/lookup-code.ts';
import { pauseBeforeTry } from '#shared/runtime/pause.ts';
import { startTestQueueAndBucket, startTestTable, type TestQueueAndBucket } from './local-engines.ts';
import { plainDocuments, plainKeys } from './plain-documents.ts';

/** Ledger and archive on the real engines, the registries of `dev`, a clock that can be set, and the real process. */
export async function makeIssuingScene() {
  const { tableName, documentClient, endpoint } = await startTestTable();
  const engine = await startTestQueueAndBucket();
  const table = { client: documentClient, name: tableName };
  let now = '2026-11-23T02:15:32.000Z';
  const clock = () => instantSchema.parse(now);
  const logged: { readonly code: LogCode; readonly facts: LogFacts }[] = [];
  const needs: IssuingNeeds = {
    ledger: makeReceiptLedger(table),
    archive: makeReceiptArchive({
      bucket: { client: engine.s3, name: engine.bucketName },
      retention: retentions.dev,
      clock,
    }),
    documents: plainDocuments,
    keys: plainKeys,
    rendererVersion: '3',
    units: loadUnits('dev'),
    declaredSeries: loadSeries('dev'),
    drawLookupCode,
    lookupUrlOf: (code) => `https://edge.example.vn/r/${code}`,
    clock,
    pauseBeforeTry,
    logNews: (code, facts = {}) => void logged.push({ code, facts }),
  };
  return {
    table,
    engine,
    dynamoEndpoint: endpoint,
    needs,
    logged,
    setClock: (instant: string) => {
      now = instant;
    },
    issue: (paymentIds: readonly PaymentId[], change: Partial<IssuingNeeds> = {}) =>
      issueReceipts(paymentIds, { ...needs, ...change }),
    receiptsOf: async (paymentId: PaymentId) => (await readRecord(table, paymentId))?.receipts ?? [],
    /** The register of a series, as the index has it, in the order of the numbers. */
    register: (series: string, taxCode = '5709990011') => readRegister(table, `SERIES#${taxCode}#EBL01#${series}`),
    archivedKeys: () => listKeys(engine),
    archivedBytes: (key: string) => readObject(engine, key),
  };
}

/** Keys of the documents of receipts, in the order in which the archive lists them. */
export function documentKeysOf(receipts: readonly Receipt[]): readonly (string | undefined)[] {
  return receipts.flatMap(({ pdf, xml }) => [pdf?.key, xml?.key]);
}

export type IssuingScene = Awaited<ReturnType<typeof makeIssuingScene>>;

/** Issues as a stream consumer does: what is answered `later` is asked for again. */
export async function issueUntilDone(
  scene: Pick<IssuingScene, 'issue'>,
  paymentIds: readonly PaymentId[],
  change: Partial<IssuingNeeds> = {},
): Promise<ReadonlyMap<PaymentId, ProcessAnswer>> {
  for (let rounds = 1; ; rounds += 1) {
    const answers = await scene.issue(paymentIds, change);
    const isDone = [...answers.values()].every(({ kind }) => kind !== 'later');
    if (isDone) return answers;
    if (rounds === 200) throw new Error(`not done after ${rounds} rounds: ${JSON.stringify([...answers])}`);
  }
}

async function readRegister(table: Table, seriesKey: string): Promise<Receipt[]> {
  const receipts: Receipt[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const page = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        IndexName: indexes.receiptsByNumber,
        KeyConditionExpression: 'seriesKey = :series',
        ExpressionAttributeValues: { ':series': seriesKey },
        ExclusiveStartKey: from,
      }),
    );
    receipts.push(...(page.Items ?? []).map(readReceiptItem));
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  return receipts;
}

async function listKeys(engine: TestQueueAndBucket): Promise<string[]> {
  const keys: string[] = [];
  let token: string | undefined;
  do {
    const page = await engine.s3.send(
      new ListObjectsV2Command({
        Bucket: engine.bucketName,
        ...(token === undefined ? {} : { ContinuationToken: token }),
      }),
    );
    keys.push(...(page.Contents ?? []).flatMap(({ Key: key }) => key ?? []));
    token = page.NextContinuationToken;
  } while (token !== undefined);
  return keys;
}

async function readObject(engine: TestQueueAndBucket, key: string): Promise<Uint8Array> {
  const { Body: body } = await engine.s3.send(new GetObjectCommand({ Bucket: engine.bucketName, Key: key }));
  if (body === undefined) throw new Error(`no object ${key}`);
  return body.transformToByteArray();
}
