import { tmpdir } from 'node:os';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { loadReconciliation } from '#config/reconciliation.ts';
import { loadStatementLayouts } from '#config/statement-layouts.ts';
import { type ReconcileNeeds, reconcileArrival } from '#functions/reconcile-day/reconcile-day.ts';
import { type BusinessDate, businessDateSchema, type PaymentId } from '#schemas/ids.ts';
import { makeDayBook } from '#shared/adapters/day-book.ts';
import { makeExceptionLedger } from '#shared/adapters/exception-ledger.ts';
import { makeLedgerDays } from '#shared/adapters/ledger-day-reader.ts';
import { makeLedgerExports } from '#shared/adapters/ledger-exports.ts';
import { seriesItem } from '#shared/adapters/payment-items.ts';
import { makeReconciliationLedger } from '#shared/adapters/reconciliation-ledger.ts';
import { makeRegisterReader } from '#shared/adapters/register-reader.ts';
import { makeStatementStore } from '#shared/adapters/statement-bucket.ts';
import { collectingAccountsOf } from '#shared/domain/reconciliation-settings.ts';
import type { DayAddress } from '#shared/domain/statement-day.ts';
import { statementKeyOf } from '#shared/domain/statement-key.ts';
import { askAttempt } from '#shared/processes/ask-gateway.ts';
import { findReceipted } from '#shared/processes/find-receipted.ts';
import { openDayComparison } from '#shared/reconciling/day-comparison.ts';
import { makeBankJourney } from './bank-journey.ts';
import { someNumberingFacts } from './receipts.ts';

/** Rows of the bank's statement, by their places from 0, that are left out or altered before it is sent. */
export interface Alterations {
  readonly without?: readonly number[];
  readonly amounts?: Readonly<Record<number, number>>;
}

/** From which the receipts of tests are numbered. */
const receiptSeries = { ...someNumberingFacts().series, taxCode: someNumberingFacts().unit.taxCode };

/** More than a test has payments on one day. */
const mostRows = 30;

/** The bank, its payers, and the reconciliation of its statements, on the real engines and DuckDB under a set clock. */
export async function makeReconcileJourney() {
  const journey = await makeBankJourney();
  const { table, engine, askingBank } = journey;
  const { clock, logNews } = askingBank;
  const settings = loadReconciliation('dev');
  const ledgerDays = makeLedgerDays(table);
  const exceptions = makeExceptionLedger(table);
  const ledger = makeReconciliationLedger(table);
  const needs: ReconcileNeeds = {
    isOurs: ({ merchant }) => merchant !== 'ai-do',
    store: makeStatementStore({ client: engine.s3, name: engine.bucketName }),
    openComparison: (address) =>
      openDayComparison({
        temporaryFolder: tmpdir(),
        memoryLimit: '300MB',
        statements: { ...loadStatementLayouts('dev'), partners: [] },
        collectingAccounts: collectingAccountsOf(settings, address),
      }),
    exports: makeLedgerExports({ client: engine.s3, name: engine.bucketName }),
    recording: { ledger, settings, clock, pauseBeforeTry: () => Promise.resolve(), logNews },
    exceptions,
    ledgerDays,
    findReceipted: (address) => findReceipted(address, [receiptSeries], makeRegisterReader(table)),
    readRecord: (paymentId) => ledgerDays.readRecord(paymentId),
    askAttempt: (payment, attempt, told) => askAttempt(payment, attempt, askingBank, told),
    issueReceipts: (paymentIds) => journey.issue(paymentIds),
    remainingMilliseconds: () => 900_000,
    logNews,
  };
  const book = makeDayBook(table);
  let files = 0;
  return {
    ...journey,
    needs,
    desk: { exceptions, book, settings, clock, logNews },
    /** The series of the builders, whose receipts all bear number 1, was numbered from until Tuesday. */
    openSeries: async () => {
      const counted = { nextNumber: 2, rangeEnd: 99_999, lastDate: businessDateSchema.parse('2026-11-24') };
      const series = { ...receiptSeries, year: 2026, ...counted, status: 'open', registration: 'accepted' } as const;
      await table.client.send(new PutCommand({ TableName: table.name, Item: seriesItem(series) }));
    },
    /** What the bank says of a day, in the project layout, as its page gives it. */
    statementOf: async ({ gateway, merchant, day }: DayAddress, { without = [], amounts = {} }: Alterations = {}) => {
      const form = new URLSearchParams({ day, action: 'fetch' });
      for (let place = 0; place < mostRows; place += 1) {
        if (!without.includes(place)) form.append('keep', String(place));
      }
      for (const [place, amount] of Object.entries(amounts)) {
        form.set(`amount-${place}`, String(amount));
        form.set(`status-${place}`, 'success');
      }
      const answer = await fetch(`${journey.baseUrl}/bank/${gateway}/${merchant}/statement`, {
        method: 'POST',
        body: form,
      });
      return answer.text();
    },
    /** A file arrives under a name of its own, unless it is given one. */
    arrive: async (
      address: DayAddress,
      text: string,
      { name = `sao-ke-${(files += 1)}.txt`, ...changes }: Partial<ReconcileNeeds> & { readonly name?: string } = {},
    ) => {
      const command = { Bucket: engine.bucketName, Key: statementKeyOf({ ...address, name }), Body: text };
      await engine.s3.send(new PutObjectCommand(command));
      await reconcileArrival({ ...address, name }, { ...needs, ...changes });
      return name;
    },
    /** The account that a payment's money came in by, and the day of it. */
    dayOf: async (paymentId: PaymentId, day: BusinessDate): Promise<DayAddress> => {
      const { attempts } = (await journey.record(paymentId)).payment;
      const [attempt] = Object.values(attempts);
      if (attempt === undefined) throw new Error('it has no attempt');
      return { gateway: attempt.gateway, merchant: attempt.merchant, day };
    },
    /** The exceptions of a day, the finished ones too, as class and state. */
    exceptionsOf: async (address: DayAddress) =>
      (await book.readRecord(address)).exceptions
        .map(({ class: name, state, outcome }) => [name, outcome ?? state].join(' '))
        .toSorted(),
    dayRecord: (address: DayAddress) => book.readRecord(address),
  };
}

export type ReconcileJourney = Awaited<ReturnType<typeof makeReconcileJourney>>;
