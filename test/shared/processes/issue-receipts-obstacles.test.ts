import { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type PaymentId, paymentIdSchema } from '#schemas/ids.ts';
import { chargeItem, paymentItem, seriesKey } from '#shared/adapters/payment-items.ts';
import { paymentIdFrom } from '#shared/domain/attempt-ref.ts';
import type { DeclaredSeries } from '#shared/domain/declared-series.ts';
import { type IssuingScene, makeIssuingScene } from '#test/support/issuing-scene.ts';
import { aFee, aPaidRecord, putPaidPayments, putRecord } from '#test/support/paid-record.ts';
import { plainDocuments } from '#test/support/plain-documents.ts';

const scenes: IssuingScene[] = [];
let scene: IssuingScene;

beforeEach(async () => {
  scene = await makeIssuingScene();
  scenes.push(scene);
});
afterAll(() => Promise.all(scenes.map(({ engine }) => engine.stop())));

const numbersOf = async (series: string) => (await scene.register(series)).map(({ content }) => content.number);

async function paid(...args: Parameters<typeof aPaidRecord>): Promise<PaymentId> {
  const record = aPaidRecord(...args);
  await putRecord(scene.table, record);
  return record.payment.paymentId;
}

async function onlyReceiptOf(paymentId: PaymentId) {
  const receipts = await scene.receiptsOf(paymentId);
  const [receipt] = receipts;
  if (receipt === undefined || receipts.length > 1) throw new Error(`${receipts.length} receipts`);
  return receipt;
}

/** The land office's two series of a year, short enough to end. */
function shortSeries(lastNumber: number): DeclaredSeries[] {
  const [first] = scene.needs.declaredSeries;
  if (first === undefined) throw new Error('no series');
  return [
    { ...first, lastNumber },
    { ...first, series: '26TAD' },
  ];
}

describe('the series', () => {
  it('at the end of its range gives way to the next one, within one run', async () => {
    const ids = await putPaidPayments(scene.table, 5);

    await scene.issue(ids, { declaredSeries: shortSeries(3) });

    expect(await numbersOf('26TAA')).toEqual([1, 2, 3]);
    expect(await numbersOf('26TAD')).toEqual([1, 2]);
    const warned = scene.logged.filter(({ code }) => code === 'SERIES_NEARLY_USED');
    expect(warned.map(({ facts }) => facts)).toEqual([{ taxCode: '5709990011', series: '26TAA', lastNumber: 3 }]);
  });

  it('that is used up with none to follow is a fault, and a further one heals it', async () => {
    const [first, second] = [await paid(), await paid()];
    const declaredSeries = shortSeries(1);

    const answers = await scene.issue([first, second], { declaredSeries: declaredSeries.slice(0, 1) });
    expect([...answers.values()]).toEqual([
      { kind: 'done' },
      { kind: 'fault', why: expect.stringContaining('26TAA is used up at 1') },
    ]);

    expect((await scene.issue([second], { declaredSeries })).get(second)).toEqual({ kind: 'done' });
    expect((await onlyReceiptOf(second)).content).toMatchObject({ series: '26TAD', number: 1 });
  });

  it('whose registration is not accepted is neither opened nor issued from', async () => {
    const paymentId = await paid();
    const declaredSeries = scene.needs.declaredSeries.map((one) => ({ ...one, registration: 'pending' as const }));

    const answer = (await scene.issue([paymentId], { declaredSeries })).get(paymentId);

    expect(answer).toEqual({ kind: 'fault', why: expect.stringContaining('26TAA has the registration state pending') });
    expect(await scene.needs.ledger.readSeries('5709990011', 'EBL01')).toEqual([]);
    expect((await scene.issue([paymentId])).get(paymentId)).toEqual({ kind: 'done' });
  });

  it('whose last receipt is of a later day than the clock says waits until the clock is right', async () => {
    const [first, second] = [await paid(), await paid()];
    await scene.issue([first]);

    scene.setClock('2026-11-22T16:59:59.999Z');
    const early = (await scene.issue([second])).get(second);
    scene.setClock('2026-11-22T17:00:00.000Z');
    const inTime = (await scene.issue([second])).get(second);

    expect(early).toEqual({ kind: 'later', why: expect.stringContaining('is the clock of this host behind?') });
    expect(inTime).toEqual({ kind: 'done' });
    expect(await numbersOf('26TAA')).toEqual([1, 2]);
  });

  it('whose row was lost is not begun again: nothing is numbered and a person is called', async () => {
    const [first, second] = [await paid(), await paid()];
    await scene.issue([first]);
    const [row] = await scene.needs.ledger.readSeries('5709990011', 'EBL01');
    if (row === undefined) throw new Error('no row');
    await scene.table.client.send(new DeleteCommand({ TableName: scene.table.name, Key: seriesKey(row) }));

    const answer = (await scene.issue([second])).get(second);

    expect(answer).toEqual({ kind: 'fault', why: expect.stringContaining('has lost its row') });
    expect(scene.logged.at(-1)).toMatchObject({ code: 'RECEIPT_FAULT', facts: { paymentId: second } });
    expect(await numbersOf('26TAA')).toEqual([1]);
  });

  it('that is closed meanwhile is not issued from', async () => {
    const [first, second] = [await paid(), await paid()];
    await scene.issue([first]);
    const [row] = await scene.needs.ledger.readSeries('5709990011', 'EBL01');
    if (row === undefined) throw new Error('no row');
    await scene.table.client.send(
      new UpdateCommand({
        TableName: scene.table.name,
        Key: seriesKey(row),
        UpdateExpression: 'SET #status = :closed',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ':closed': 'closed' },
      }),
    );

    await scene.issue([second], { declaredSeries: shortSeries(10) });

    expect((await onlyReceiptOf(second)).content.series).toBe('26TAD');
  });
});

describe('one bad payment among good ones', () => {
  const answersTo = async (bad: PaymentId, change = {}) => {
    const good = await putPaidPayments(scene.table, 2);
    const answers = await scene.issue([...good.slice(0, 1), bad, ...good.slice(1)], change);
    expect(good.map((paymentId) => answers.get(paymentId)?.kind)).toEqual(['done', 'done']);
    return answers.get(bad);
  };

  it('of a unit that the registry does not know', async () => {
    const answer = await answersTo(await paid([{ feeLines: [aFee({ unitCode: 'so-xay-dung' })] }]));

    expect(answer).toEqual({
      kind: 'fault',
      why: expect.stringContaining('no collecting unit so-xay-dung on 2026-11-23'),
    });
    expect(await numbersOf('26TAA')).toEqual([1, 2]);
  });

  it('with a text that no receipt can hold, which takes no number', async () => {
    const bad = await paid([{ feeLines: [aFee({ name: 'x'.repeat(501) })] }]);

    expect(await answersTo(bad)).toEqual({ kind: 'fault', why: expect.stringContaining('the receipt cannot be made') });
    expect(await scene.receiptsOf(bad)).toEqual([]);
    expect(await numbersOf('26TAA')).toEqual([1, 2]);
  });

  it('with a letter that cannot be printed, which keeps its number and tells why', async () => {
    const bad = await paid([{ payer: { name: 'Nguyễn ☃' } }]);
    const drawPage: typeof plainDocuments.drawPage = (content, ...rest) =>
      content.payer.name.includes('☃')
        ? Promise.reject(new Error('no glyph for U+2603'))
        : plainDocuments.drawPage(content, ...rest);

    expect(await answersTo(bad, { documents: { ...plainDocuments, drawPage } })).toMatchObject({ kind: 'fault' });

    const receipt = await onlyReceiptOf(bad);
    expect(receipt.fault).toEqual({
      at: '2026-11-23T02:15:32.000Z',
      why: expect.stringContaining('no glyph for U+2603'),
    });
    expect(await numbersOf('26TAA')).toEqual([1, 2, 3]);

    expect((await scene.issue([bad])).get(bad)).toEqual({ kind: 'done' });
    const { fault, ...mended } = receipt;
    expect(await onlyReceiptOf(bad)).toMatchObject({ ...mended, state: 'signed' });
    expect(await onlyReceiptOf(bad)).not.toHaveProperty('fault');
  });

  it('that does not exist', async () => {
    expect(await answersTo(paymentIdFrom(1))).toEqual({ kind: 'fault', why: 'there is no such payment' });
  });

  it('whose item somebody changed by hand', async () => {
    const { payment, charges } = aPaidRecord();
    const items = [{ ...paymentItem(payment), amountVnd: '28000' }, ...charges.map(chargeItem)];
    for (const item of items) {
      await scene.table.client.send(new PutCommand({ TableName: scene.table.name, Item: item }));
    }

    expect(await answersTo(paymentIdSchema.parse(payment.paymentId))).toEqual({
      kind: 'fault',
      why: expect.stringMatching(/^amountVnd: /),
    });
  });

  it('that is paid but has no settlement', async () => {
    const answer = await answersTo(await paid([{}], { settlement: undefined }));

    expect(answer).toEqual({ kind: 'fault', why: expect.stringContaining('has no settlement') });
  });
});
