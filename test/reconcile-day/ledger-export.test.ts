import { DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { businessDateSchema, type PaymentId } from '#schemas/ids.ts';
import { ledgerExportKeyOf } from '#shared/domain/ledger-export.ts';
import { rowsOfRecord } from '#shared/domain/ledger-rows.ts';
import type { DayAddress } from '#shared/domain/statement-day.ts';
import { readStatementKey } from '#shared/domain/statement-key.ts';
import { readParquet } from '#test/support/parquet-files.ts';
import { makeReconcileJourney, type ReconcileJourney } from '#test/support/reconcile-journey.ts';

let journey: ReconcileJourney;
beforeAll(async () => {
  journey = await makeReconcileJourney();
}, 60_000);
afterAll(() => journey.stop());

const address: DayAddress = { gateway: 'vnpay', merchant: 'vpdkdd', day: businessDateSchema.parse('2026-11-23') };
const key = ledgerExportKeyOf(address);
const bucket = () => ({ Bucket: journey.engine.bucketName });

async function exported() {
  const { Body: body, Metadata: metadata } = await journey.engine.s3.send(
    new GetObjectCommand({ ...bucket(), Key: key }),
  );
  if (body === undefined) throw new Error('there is no file');
  return { ...(await readParquet(await body.transformToByteArray())), run: metadata?.['run'] };
}

const exports = async () =>
  (
    (await journey.engine.s3.send(new ListObjectsV2Command({ ...bucket(), Prefix: 'ledger-days/' }))).Contents ?? []
  ).map(({ Key }) => Key);

async function pay(...actions: readonly string[]): Promise<PaymentId> {
  const { paymentId, press } = await journey.visitBank('vnpay');
  for (const action of actions) await press(action);
  return paymentId;
}

const arrive = async (changes: Parameters<ReconcileJourney['arrive']>[2] = {}) => {
  journey.setClock('2026-11-24T01:30:00.000Z');
  return journey.arrive(address, await journey.statementOf(address), changes);
};

const paidBefore: PaymentId[] = [];
const rowsOfLedger = async () =>
  (
    await Promise.all(paidBefore.map(async (paymentId) => rowsOfRecord(await journey.record(paymentId), address)))
  ).flat();

async function expectLedger(): Promise<void> {
  const { rows, run, metadata } = await exported();
  const sorted = (all: readonly (readonly unknown[])[]) => new Set(all.map((cells) => JSON.stringify(cells)));
  expect(
    sorted(
      rows.map((row) =>
        [
          'reference',
          'transaction_id',
          'amount_vnd',
          'state',
          'paid_at',
          'business_date',
          'receipt',
          'is_confirmed',
        ].map((name) => row[name]),
      ),
    ),
  ).toEqual(
    sorted(
      (await rowsOfLedger()).map((row) => [
        row.reference,
        row.transactionId,
        row.amountVnd,
        row.state,
        row.paidAt,
        row.businessDate,
        row.receipt,
        row.isConfirmed,
      ]),
    ),
  );
  const latest = String((await journey.dayRecord(address)).day?.latest?.number);
  expect([run, metadata['run']]).toEqual([latest, latest]);
}

describe('the ledger of a reconciled day for analysts', () => {
  it('holds what the ledger holds once the day was compared, also what the run itself has mended', async () => {
    paidBefore.push(await pay('pay'), await pay('pay-silently'), await pay('pay', 'pay'));
    await journey.issue(paidBefore);
    await journey.send(paidBefore);

    await arrive();

    await expectLedger();
    const { rows } = await exported();
    expect(rows.map((row) => String(row['class'])).toSorted()).toEqual(['KHOP', 'KHOP', 'KHOP', 'TRUNG']);
    expect(await exports()).toEqual([key]);
  });

  it('lies where no statement can lie, so that it never starts a comparison', () => {
    expect(readStatementKey(key)).toBeUndefined();
  });

  it('is replaced by the next run that finds something else', async () => {
    const { rows: before } = await exported();
    paidBefore.push(await pay('pay'));
    await journey.issue(paidBefore);
    await arrive();
    await expectLedger();
    expect((await exported()).rows).toHaveLength(before.length + 1);
  });

  it('is written again by a run without news when it is gone', async () => {
    const { runs } = await journey.dayRecord(address);
    await journey.engine.s3.send(new DeleteObjectCommand({ ...bucket(), Key: key }));
    await arrive();
    expect((await journey.dayRecord(address)).runs).toHaveLength(runs.length);
    await expectLedger();
  });

  it('is made good by the same arrival told again when the run ended between its record and the file', async () => {
    const lost = await pay('pay-silently');
    paidBefore.push(lost);
    const put = () => Promise.reject(new Error('the store does not answer'));
    const { runs } = await journey.dayRecord(address);
    const name = 'ket-thuc-giua-chung.txt';
    await expect(arrive({ name, exports: { put } })).rejects.toThrow('the ledger of 2026-11-23 could not be exported');
    // The payment was mended all the same, and the run that saw it is on record.
    expect((await journey.record(lost)).payment.state).toBe('paid');
    const recorded = (await journey.dayRecord(address)).runs.length;
    expect(recorded).toBeGreaterThan(runs.length);

    await arrive({ name });

    expect((await journey.dayRecord(address)).runs).toHaveLength(recorded);
    await expectLedger();
  });
});

describe('the ledger that two runs write at once', () => {
  // A day on which nothing is to be mended: a run that mends something writes twice.
  beforeAll(async () => {
    await journey.stop();
    journey = await makeReconcileJourney();
    paidBefore.splice(0);
  }, 60_000);

  it('is that of the run that counts, although an earlier one was slower to write it', async () => {
    paidBefore.push(await pay('pay'));
    await journey.issue(paidBefore);
    const { exports: shelf } = journey.needs;
    let late: PaymentId | undefined;
    const put: typeof shelf.put = async (of, file, run) => {
      if (late === undefined) {
        late = await pay('pay');
        paidBefore.push(late);
        await journey.issue(paidBefore);
        await arrive();
      }
      return shelf.put(of, file, run);
    };
    await arrive({ exports: { put } });
    expect(late).toBeDefined();
    await expectLedger();
  });
});
