import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { digestOf, LedgerBook } from '#functions/reconcile-day/ledger-book.ts';
import { businessDateSchema, type PaymentId } from '#schemas/ids.ts';
import type { Table } from '#shared/adapters/dynamo.ts';
import { makeLedgerDays } from '#shared/adapters/ledger-day-reader.ts';
import { paymentItem, suspenseItem } from '#shared/adapters/payment-items.ts';
import type { LedgerDays } from '#shared/domain/ledger-day.ts';
import type { LogCode } from '#shared/domain/log-catalogue.ts';
import { type SuspendedMoney, suspendedMoneySchema } from '#shared/domain/payment.ts';
import type { PaymentRecord } from '#shared/domain/payment-record.ts';
import { countRequests } from '#test/support/faults.ts';
import { startTestTable } from '#test/support/local-engines.ts';
import { withAttempt, withSignedReceipts } from '#test/support/owing-records.ts';
import { aPaidRecord, putRecord } from '#test/support/paid-record.ts';
import { aRow } from '#test/support/reconciliation-scene.ts';

let table: Table;
beforeAll(async () => {
  const started = await startTestTable();
  table = { client: started.documentClient, name: started.tableName };
});

const monday = businessDateSchema.parse('2026-11-23');
let accounts = 0;
/** Each test has the days of an account of its own. */
const anAddress = () => ({ gateway: 'vnpay', merchant: `tk-${(accounts += 1)}`, day: monday });

/** The last second of Sunday, Monday morning, the last second of Tuesday. */
const instants = {
  '2026-11-22': '2026-11-22T16:59:59.000Z',
  '2026-11-23': '2026-11-23T02:15:30.000Z',
  '2026-11-24': '2026-11-24T16:59:59.000Z',
} as const;
type Day = keyof typeof instants;

/** A payment of an account that was paid on a day. */
function paidOn({ gateway, merchant }: ReturnType<typeof anAddress>, day: Day): PaymentRecord {
  const { payment, ...rest } = aPaidRecord();
  const { settlement } = payment;
  if (settlement === undefined) throw new Error('nothing settled it');
  const [attempt] = Object.values(payment.attempts);
  const moved = aPaidRecord([{}], {
    paymentId: payment.paymentId,
    attempts: { '01': { ...attempt, gateway, merchant } },
    settlement: { ...settlement, gateway, merchant, paidAt: instants[day], businessDate: day },
  });
  return withSignedReceipts({ ...moved, ...rest, payment: { ...moved.payment, claims: [] } });
}

function aSuspense({ gateway, merchant }: ReturnType<typeof anAddress>): SuspendedMoney {
  return suspendedMoneySchema.parse({
    gateway,
    merchant,
    gatewayRef: 'chuyen khoan',
    transactionId: '77',
    identity: '77',
    amountVnd: 12_000,
    resultCode: '00',
    paidAt: instants['2026-11-23'],
    businessDate: monday,
    evidence: { sha256: '0'.repeat(64) },
    suspenseClass: 'unknown-order',
    owner: 'finance-desk',
    keptAt: instants['2026-11-23'],
  });
}

async function gather(
  address: ReturnType<typeof anAddress>,
  days: LedgerDays = makeLedgerDays(table),
  receipted: readonly PaymentId[] = [],
) {
  const logged: LogCode[] = [];
  const book = new LedgerBook(address, {
    ledgerDays: days,
    async *findReceipted() {
      yield receipted;
    },
    logNews: (code) => void logged.push(code),
  });
  await book.gather();
  return { book, logged };
}

describe('the ledger of a day', () => {
  it('holds the three days, with receipts of the day itself and money in suspense', async () => {
    const address = anAddress();
    const [before, onDay, after] = [
      paidOn(address, '2026-11-22'),
      paidOn(address, '2026-11-23'),
      paidOn(address, '2026-11-24'),
    ];
    for (const record of [before, onDay, after]) await putRecord(table, record);
    await table.client.send(new PutCommand({ TableName: table.name, Item: suspenseItem(aSuspense(address)) }));

    const { book } = await gather(address);

    const told = book.rows().map(({ businessDate, state, receipt }) => `${businessDate} ${state} ${receipt !== null}`);
    expect(told.toSorted()).toEqual([
      '2026-11-22 paid false',
      '2026-11-23 paid true',
      '2026-11-23 suspense false',
      '2026-11-24 paid false',
    ]);
  });

  it('costs a page of each shard and day, and one read of each payment of the day', async () => {
    const address = anAddress();
    const days = ['2026-11-23', '2026-11-23', '2026-11-23', '2026-11-22', '2026-11-24'] as const;
    for (const day of days) await putRecord(table, paidOn(address, day));

    const requests = countRequests(table.client);
    await gather(address);

    expect(requests.of()).toBe(3 * 4 + 3);
  });

  it('reads the payments that receipts name and no money does, and no other again', async () => {
    const address = anAddress();
    const [paid, lost] = [paidOn(address, '2026-11-23'), paidOn(address, '2026-11-23')];
    const { settlement: _lost, ...open } = lost.payment;
    for (const record of [paid, { ...lost, payment: { ...open, state: 'open' as const } }])
      await putRecord(table, record);

    const requests = countRequests(table.client);
    const named = [paid.payment.paymentId, lost.payment.paymentId];
    const { book } = await gather(address, makeLedgerDays(table), named);

    expect(requests.of()).toBe(3 * 4 + 2);
    expect(book.rows().map(({ paymentId, state }) => [paymentId, state])).toEqual(
      expect.arrayContaining([
        [paid.payment.paymentId, 'paid'],
        [lost.payment.paymentId, 'open'],
      ]),
    );
  });

  it('comes in an order that depends on nothing but its rows', async () => {
    const address = anAddress();
    for (let count = 0; count < 5; count += 1) await putRecord(table, paidOn(address, '2026-11-23'));

    const [one, other] = [await gather(address), await gather(address)];

    expect(digestOf(one.book.rows())).toBe(digestOf(other.book.rows()));
    expect(one.book.rows()).toHaveLength(5);
  });

  it('loses nothing else by an item that breaks its schema', async () => {
    const address = anAddress();
    const [broken, sound] = [paidOn(address, '2026-11-23'), paidOn(address, '2026-11-23')];
    await putRecord(table, sound);
    const item = { ...paymentItem(broken.payment), amountVnd: 'by hand' };
    await table.client.send(new PutCommand({ TableName: table.name, Item: item }));

    const { book, logged } = await gather(address);

    expect(book.rows().map(({ paymentId }) => paymentId)).toEqual([sound.payment.paymentId]);
    expect(logged).toEqual(['LEDGER_ROW_UNREADABLE']);
  });

  it('keeps the row of a payment that cannot be read now, as the index has it', async () => {
    const address = anAddress();
    const [unreadable, sound] = [paidOn(address, '2026-11-23'), paidOn(address, '2026-11-23')];
    for (const record of [unreadable, sound]) await putRecord(table, record);
    const days = makeLedgerDays(table);
    const readRecord: LedgerDays['readRecord'] = (paymentId) =>
      paymentId === unreadable.payment.paymentId ? Promise.reject(new Error('throttled')) : days.readRecord(paymentId);

    const { book, logged } = await gather(address, { ...days, readRecord });

    expect(book.rows()).toHaveLength(2);
    expect(logged).toEqual(['LEDGER_ROW_UNREADABLE']);
  });
});

describe('an accusation', () => {
  /** The index is behind: it has nothing yet. */
  const blind: LedgerDays['readDay'] = async function* () {
    yield [];
  };

  it('is not believed before the payment was read that it names', async () => {
    const address = anAddress();
    const record = paidOn(address, '2026-11-23');
    await putRecord(table, record);
    const { book } = await gather(address, { ...makeLedgerDays(table), readDay: blind });
    const { paymentId } = record.payment;

    expect(book.rows()).toEqual([]);
    expect(await book.confirm([aRow({ reference: `${paymentId}01` })])).toBe(true);
    expect(book.rows()).toMatchObject([{ paymentId, state: 'paid', receipt: expect.any(String) }]);
    expect(await book.confirm([aRow({ reference: `${paymentId}01` })])).toBe(false);
  });

  it('learns of an attempt that failed, and nothing of a reference that is none of ours', async () => {
    const address = anAddress();
    const { gateway, merchant } = address;
    const gatewayRef = `${aPaidRecord().payment.paymentId}02`;
    const paid = paidOn(address, '2026-11-23');
    const reference = `${paid.payment.paymentId}02`;
    await putRecord(table, withAttempt(paid, '02', { gateway, merchant, gatewayRef: reference, outcome: 'failed' }));
    const { book } = await gather(address);

    expect(await book.confirm([aRow({ reference: 'la gi' }), aRow({ reference: gatewayRef })])).toBe(false);
    expect(await book.confirm([aRow({ reference })])).toBe(true);
    expect(
      book
        .rows()
        .map(({ state }) => state)
        .toSorted(),
    ).toEqual(['failed', 'paid']);
  });
});
