import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { instantSchema, taxCodeSchema } from '#schemas/ids.ts';
import type { Table } from '#shared/adapters/dynamo.ts';
import { seriesItem, seriesKey } from '#shared/adapters/payment-items.ts';
import { makeReceiptLedger } from '#shared/adapters/receipt-ledger.ts';
import type { ReceiptLedger } from '#shared/domain/ports.ts';
import { archivedDocumentSchema, type Receipt, type SignedDocuments } from '#shared/domain/receipt.ts';
import { planReceipts } from '#shared/domain/receipt-plan.ts';
import { type Series, seriesSchema } from '#shared/domain/series.ts';
import { countRequests } from '#test/support/faults.ts';
import { startTestTable } from '#test/support/local-engines.ts';
import { aPaidRecord, putRecord } from '#test/support/paid-record.ts';
import { aReceiptOf, someNumberingFacts } from '#test/support/receipts.ts';

let table: Table;
let ledger: ReceiptLedger;

beforeAll(async () => {
  const { tableName, documentClient } = await startTestTable();
  table = { client: documentClient, name: tableName };
  ledger = makeReceiptLedger(table);
});

let organisations = 0;

/** The opened series of an organisation that no other test uses. */
async function anOpenedSeries(change: object = {}): Promise<Series> {
  const series = seriesSchema.parse({
    taxCode: String(5_700_000_000 + (organisations += 1)),
    template: 'EBL01',
    series: '26TAA',
    year: 2026,
    nextNumber: 1,
    rangeEnd: 1_000,
    status: 'open',
    registration: 'accepted',
    ...change,
  });
  await table.client.send(new PutCommand({ TableName: table.name, Item: seriesItem(series) }));
  return series;
}

/** Receipts of new payments that continue the series. */
async function receiptsFrom(series: Series, count: number, at = '2026-11-23T02:15:32.000Z'): Promise<Receipt[]> {
  const records = Array.from({ length: count }, () => aPaidRecord());
  for (const record of records) await putRecord(table, record);
  const { unit } = someNumberingFacts();
  return records.flatMap(planReceipts).map((plan, index) =>
    aReceiptOf(
      plan,
      {},
      {
        series,
        number: series.nextNumber + index,
        at: instantSchema.parse(at),
        unit: { ...unit, taxCode: series.taxCode },
      },
    ),
  );
}

async function oneReceipt(): Promise<Receipt> {
  const series = await anOpenedSeries();
  const [receipt] = await receiptsFrom(series, 1);
  if (receipt === undefined) throw new Error('no receipt');
  await ledger.number(series, [receipt]);
  return receipt;
}

const rowOf = async ({ taxCode, template }: Series) => (await ledger.readSeries(taxCode, template))[0];
const storedReceipt = async ({ paymentId }: Receipt) => (await ledger.readRecord(paymentId))?.receipts[0];

describe('numbering', () => {
  it('moves the series and writes the receipts in one request', async () => {
    const series = await anOpenedSeries();
    const receipts = await receiptsFrom(series, 99);
    const requests = countRequests(table.client);

    expect(await ledger.number(series, receipts)).toEqual({ kind: 'numbered' });

    expect(requests.of()).toBe(1);
    expect(await rowOf(series)).toEqual({ ...series, nextNumber: 100, lastDate: '2026-11-23' });
    for (const receipt of receipts) expect(await storedReceipt(receipt)).toEqual(receipt);
  });

  it.each([
    ['has moved', { nextNumber: 2 }],
    ['was closed', { status: 'closed' }],
    ['lost its registration', { registration: 'refused' }],
    ['is of another year', { year: 2027 }],
    ['ends before the last receipt', { rangeEnd: 2 }],
    ['has a receipt of a later day', { lastDate: '2026-11-24' }],
  ])('writes nothing when the series %s', async (_case, change) => {
    const stored = await anOpenedSeries(change);
    const believed = { ...stored, nextNumber: 1 };
    const receipts = await receiptsFrom(believed, 3);

    expect(await ledger.number(believed, receipts)).toEqual({ kind: 'series-moved' });

    expect(await rowOf(stored)).toEqual(stored);
    for (const receipt of receipts) expect(await storedReceipt(receipt)).toBeUndefined();
  });

  it('goes on from an earlier day and on the same day', async () => {
    const series = await anOpenedSeries({ lastDate: '2026-11-22' });
    await ledger.number(series, await receiptsFrom(series, 1));
    const moved = { ...series, nextNumber: 2 };

    expect(await ledger.number(moved, await receiptsFrom(moved, 1))).toEqual({ kind: 'numbered' });
  });

  it('names exactly the receipts that exist already, and writes none', async () => {
    const series = await anOpenedSeries();
    const receipts = await receiptsFrom(series, 3);
    const [first, second] = receipts;
    if (first === undefined || second === undefined) throw new Error('no receipts');
    await ledger.number(series, [first]);
    const moved = { ...series, nextNumber: 2 };
    const again = receipts.map((receipt, index) => ({
      ...receipt,
      content: { ...receipt.content, number: 2 + index },
    }));

    expect(await ledger.number(moved, again)).toEqual({ kind: 'some-exist', existing: [again[0]] });

    expect(await storedReceipt(first)).toEqual(first);
    expect(await storedReceipt(second)).toBeUndefined();
    expect(await rowOf(series)).toMatchObject({ nextNumber: 2 });
  });

  it('refuses a batch that would break the series, as a bug of the caller', async () => {
    const series = await anOpenedSeries();
    const receipts = await receiptsFrom(series, 2);
    const otherDay = await receiptsFrom({ ...series, nextNumber: 2 }, 1, '2026-11-23T17:00:00.000Z');

    await expect(ledger.number(series, [])).rejects.toThrow(/holds 1 to 99 receipts, not 0/);
    await expect(ledger.number(series, receipts.toReversed())).rejects.toThrow(/does not continue series 26TAA at 1/);
    await expect(ledger.number({ ...series, series: '26TAB' }, receipts)).rejects.toThrow(/does not continue/);
    await expect(ledger.number(series, [...receipts.slice(0, 1), ...otherDay])).rejects.toThrow(/does not continue/);
    await expect(ledger.number({ ...series, taxCode: taxCodeSchema.parse('5709990099') }, receipts)).rejects.toThrow(
      /does not continue/,
    );
  });
});

describe('opening a series', () => {
  it('adds its row once', async () => {
    const { taxCode, ...rest } = await anOpenedSeries();
    const series = { ...rest, taxCode, series: '26TAB' };

    expect(await ledger.openSeries(series)).toBe('opened');
    expect(await ledger.openSeries({ ...series, nextNumber: 7 })).toBe('exists');
    expect((await ledger.readSeries(taxCode, 'EBL01')).map((row) => [row.series, row.nextNumber])).toEqual([
      ['26TAA', 1],
      ['26TAB', 1],
    ]);
  });

  it('says that the row exists when receipts were numbered from it since the caller looked', async () => {
    const series = await anOpenedSeries();
    await ledger.number(series, await receiptsFrom(series, 1));

    expect(await ledger.openSeries(series)).toBe('exists');
  });

  it('is refused when the register holds receipts but the row is gone', async () => {
    const series = await anOpenedSeries();
    await ledger.number(series, await receiptsFrom(series, 1));
    await table.client.send(new DeleteCommand({ TableName: table.name, Key: seriesKey(series) }));

    expect(await ledger.openSeries(series)).toBe('receipts-exist');
    expect(await rowOf(series)).toBeUndefined();
  });
});

describe('recording what became of a receipt', () => {
  const at = (instant: string) => instantSchema.parse(instant);
  const [now, later] = [at('2026-11-23T02:15:33.000Z'), at('2026-11-24T00:00:00.000Z')];
  const documents = (digit: string): SignedDocuments => {
    const document = (extension: string) =>
      archivedDocumentSchema.parse({ key: `a/b.${extension}`, sha256: digit.repeat(64), bytes: 10, archivedAt: now });
    return { xml: document('xml'), pdf: document('pdf') };
  };
  const [ones, others] = [documents('1'), documents('2')];

  it('makes it a signed one with both documents, and the same again changes nothing', async () => {
    const receipt = await oneReceipt();

    await ledger.recordSigned(receipt, ones, now);
    await ledger.recordSigned(receipt, ones, later);

    expect(await storedReceipt(receipt)).toEqual({ ...receipt, ...ones, state: 'signed', signedAt: now });
  });

  it('never replaces a document by another one', async () => {
    const receipt = await oneReceipt();
    await ledger.recordSigned(receipt, ones, now);

    await expect(ledger.recordSigned(receipt, others, now)).rejects.toThrow(/holds others \(1111/);
    await expect(ledger.recordSigned(receipt, { ...ones, pdf: others.pdf }, now)).rejects.toThrow(/holds others/);
    expect(await storedReceipt(receipt)).toMatchObject(ones);
  });

  it('does not make a receipt that does not exist', async () => {
    const receipt = { ...(await oneReceipt()), revision: 7 };

    await expect(ledger.recordSigned(receipt, ones, now)).rejects.toThrow(/their receipt is gone/);
    expect(await ledger.recordFault(receipt, 'no glyph', now)).toBe('changed');
    expect(await ledger.moveSigningTime(receipt, later)).toBe('changed');
    expect((await ledger.readRecord(receipt.paymentId))?.receipts).toHaveLength(1);
  });

  it('keeps when a fault was seen first, until another fault or the signature ends it', async () => {
    const receipt = await oneReceipt();
    const faultOf = async () => (await storedReceipt(receipt))?.fault;

    expect(await ledger.recordFault(receipt, 'no glyph', now)).toBe('recorded');
    expect(await ledger.recordFault(receipt, 'no glyph', at('2026-11-23T03:00:00.000Z'))).toBe('recorded');
    expect(await faultOf()).toEqual({ at: now, why: 'no glyph' });

    await ledger.recordFault(receipt, 'no page', at('2026-11-23T04:00:00.000Z'));
    expect(await faultOf()).toEqual({ at: '2026-11-23T04:00:00.000Z', why: 'no page' });

    await ledger.recordSigned(receipt, ones, later);
    expect(await faultOf()).toBeUndefined();
  });

  it('freezes another signing time once, and none of a receipt that is signed', async () => {
    const receipt = await oneReceipt();
    const moved = { ...receipt, content: { ...receipt.content, signingTime: later } };

    expect(await ledger.moveSigningTime(receipt, later)).toBe('moved');
    expect(await ledger.moveSigningTime(receipt, at('2026-11-25T00:00:00.000Z'))).toBe('changed');
    expect(await storedReceipt(receipt)).toEqual(moved);

    await expect(ledger.recordSigned(receipt, ones, later)).rejects.toThrow('changed while it was signed');
    expect(await ledger.recordFault(receipt, 'it is another document', now)).toBe('changed');
    await ledger.recordSigned(moved, ones, later);
    expect(await ledger.moveSigningTime(moved, now)).toBe('changed');
    expect(await ledger.recordFault(moved, 'it is another document', now)).toBe('changed');
    expect(await storedReceipt(receipt)).not.toHaveProperty('fault');
  });
});
