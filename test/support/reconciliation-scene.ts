import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { loadReconciliation } from '#config/reconciliation.ts';
import type { DayFigures, Tally } from '#schemas/balance-proof.ts';
import type { ExceptionClass, ExceptionId } from '#schemas/exception.ts';
import { businessDateSchema, instantSchema } from '#schemas/ids.ts';
import { type FileDigest, fileDigestSchema, type ReconciliationClass } from '#schemas/reconciliation.ts';
import { staffCodeSchema } from '#schemas/staff-code.ts';
import { makeDayBook } from '#shared/adapters/day-book.ts';
import type { Table } from '#shared/adapters/dynamo.ts';
import { makeExceptionLedger } from '#shared/adapters/exception-ledger.ts';
import { reconciliationPartition } from '#shared/adapters/reconciliation-items.ts';
import { makeReconciliationLedger } from '#shared/adapters/reconciliation-ledger.ts';
import { digestOfData } from '#shared/domain/canonical-json.ts';
import type { Finding } from '#shared/domain/exception.ts';
import { findingOf } from '#shared/domain/found-exceptions.ts';
import type { LogCode } from '#shared/domain/log-catalogue.ts';
import type { ReconciledRow } from '#shared/domain/reconciliation.ts';
import type { RunResult } from '#shared/domain/reconciliation-run.ts';
import type { ReconciliationSettings } from '#shared/domain/reconciliation-settings.ts';
import type { DayAddress } from '#shared/domain/statement-day.ts';
import { recordRun, startRun, takeStatement } from '#shared/processes/record-reconciliation.ts';
import { startTestTable } from './local-engines.ts';

const accounts = Array.from({ length: 80 }, (_, index) => ({
  gateway: 'vnpay',
  merchant: `don-vi-${index + 1}`,
  desk: staffCodeSchema.parse('kt-thu'),
  reconciledFrom: businessDateSchema.parse('2026-11-01'),
}));

export const settings: ReconciliationSettings = { ...loadReconciliation('dev'), accounts };
/** Monday; its statement comes on Tuesday morning. */
export const monday = businessDateSchema.parse('2026-11-23');
export const tuesdayMorning = instantSchema.parse('2026-11-24T01:30:00.000Z');

let days = 0;

/** Each test has a day of its own: another account. */
export function anAccountDay(day: string = monday): DayAddress {
  days += 1;
  return { gateway: 'vnpay', merchant: `don-vi-${days}`, day: businessDateSchema.parse(day) };
}

export const digestNamed = (name: string): FileDigest => digestOfData(name);

/** A row of a run's result; of the gateway's side alone unless told otherwise. */
export function aRow(changes: Partial<ReconciledRow> = {}): ReconciledRow {
  return {
    class: 'THIEU_NOI_BO',
    matchedBy: null,
    reference: null,
    transactionId: '14000001',
    statementLine: 2,
    statementAmountVnd: 28_000,
    statementStatus: 'success',
    ledgerLine: null,
    ledgerAmountVnd: null,
    ledgerState: null,
    paidAt: '2026-11-23T02:00:00.000Z',
    receipt: null,
    suggestion: null,
    ...changes,
  };
}

export function aFinding(
  name: ExceptionClass & ReconciliationClass = 'THIEU_NOI_BO',
  changes: Partial<ReconciledRow> = {},
): Finding {
  const finding = findingOf(aRow({ class: name, ...changes }));
  if (finding === undefined) throw new Error(`${name} is no exception`);
  return finding;
}

export const manyFindings = (count: number): readonly Finding[] =>
  Array.from({ length: count }, (_, index) =>
    aFinding('THIEU_NOI_BO', { transactionId: `tx-${index}`, statementLine: index + 2 }),
  );

const none: Tally = { count: 0, sum: 0 };

/** Figures of a day on which everything agrees but what the gateway alone has. */
export function figuresOf(findings: readonly Finding[] = [], matched: Tally = { count: 2, sum: 56_000 }): DayFigures {
  const missing = findings.reduce((sum, { statement }) => sum + (statement?.amountVnd ?? 0), 0);
  const of = ({ count, sum }: Tally, ledgerVnd: number) => ({
    count,
    sum,
    statementVnd: sum,
    ledgerVnd,
    withoutReceiptVnd: 0,
  });
  return {
    statement: { payments: { count: matched.count + findings.length, sum: matched.sum + missing }, refunds: none },
    ledger: {
      paid: matched,
      otherMoney: none,
      suspense: none,
      refunded: none,
      receipted: matched,
      confirmed: matched,
      unconfirmed: none,
    },
    classes: {
      KHOP: of(matched, matched.sum),
      ...(findings.length === 0 ? {} : { THIEU_NOI_BO: of({ count: findings.length, sum: missing }, 0) }),
    },
    ignored: 0,
  };
}

/** What a run came to; the ledger's digest stands for what was in the ledger. */
export function resultOf(findings: readonly Finding[], ledger = 'ledger', figures = figuresOf(findings)): RunResult {
  return { inputs: { ledger: digestNamed(ledger) }, figures, findings };
}

/** The real ledger on the real engine, and a stopped clock. */
export async function makeReconciliationScene(given?: Table, reconciled: ReconciliationSettings = settings) {
  const table = given ?? (await makeTable());
  let now = tuesdayMorning;
  const logged: LogCode[] = [];
  const needs = {
    ledger: makeReconciliationLedger(table),
    exceptions: makeExceptionLedger(table),
    book: makeDayBook(table),
    settings: reconciled,
    clock: () => now,
    pauseBeforeTry: () => Promise.resolve(),
    logNews: (code: LogCode) => void logged.push(code),
  };
  const take = (address: DayAddress, name = 'statement.txt') =>
    takeStatement(address, { name, summary: summaryOf(name) }, needs);
  const begin = async (address: DayAddress) => {
    const ticket = await startRun(address, needs);
    if (ticket === undefined) throw new Error('there is no file to compare');
    return ticket;
  };
  return {
    table,
    needs,
    logged,
    take,
    begin,
    setClock: (instant: string) => {
      now = instantSchema.parse(instant);
    },
    /** A run from its beginning to its end. */
    run: async (address: DayAddress, result: RunResult) => recordRun(await begin(address), result, needs),
    /** A day with its file, and a run that has found something. */
    reconciled: async (findings: readonly Finding[] = [], address = anAccountDay()) => {
      await take(address);
      await recordRun(await begin(address), resultOf(findings), needs);
      return address;
    },
    record: (address: DayAddress) => needs.book.readRecord(address),
    exception: async (exceptionId: ExceptionId) => {
      const found = await needs.exceptions.readException(exceptionId);
      if (found === undefined) throw new Error(`no exception ${exceptionId}`);
      return found;
    },
    /** Everything of a day as it lies in the table. */
    items: async (address: DayAddress) => {
      const { Items: items = [] } = await table.client.send(
        new QueryCommand({
          TableName: table.name,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': reconciliationPartition(address) },
          ConsistentRead: true,
        }),
      );
      return items;
    },
  };
}

function summaryOf(name: string) {
  return {
    digest: fileDigestSchema.parse(digestNamed(name)),
    rows: 2,
    successCount: 2,
    successSumVnd: 56_000,
    firstPaidAt: undefined,
    lastPaidAt: undefined,
  };
}

async function makeTable(): Promise<Table> {
  const { tableName, documentClient } = await startTestTable();
  return { client: documentClient, name: tableName };
}

export type ReconciliationScene = Awaited<ReturnType<typeof makeReconciliationScene>>;

/** Two of the desk. */
export const maker = staffCodeSchema.parse('kt.lan');
export const checker = staffCodeSchema.parse('kt.minh');
export const why = 'Đã đối chiếu với ngân hàng, tiền đã về tài khoản';
