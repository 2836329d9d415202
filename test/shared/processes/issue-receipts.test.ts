import { createHash } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { PaymentId } from '#schemas/ids.ts';
import { type IssuingScene, issueUntilDone, makeIssuingScene, renderPlainly } from '#test/support/issuing-scene.ts';
import { aFee, aPaidRecord, putPaidPayments, putRecord } from '#test/support/paid-record.ts';

const scenes: IssuingScene[] = [];
let scene: IssuingScene;

beforeEach(async () => {
  scene = await makeIssuingScene();
  scenes.push(scene);
});
afterAll(() => Promise.all(scenes.map(({ engine }) => engine.stop())));

const numbersOf = async (series: string) => (await scene.register(series)).map(({ content }) => content.number);
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

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

describe('issuing the receipts of paid payments', () => {
  it('numbers, archives and records the receipt of a payment', async () => {
    const paymentId = await paid();

    expect(await scene.issue([paymentId])).toEqual(new Map([[paymentId, { kind: 'done' }]]));

    const receipt = await onlyReceiptOf(paymentId);
    const key = '5709990011/EBL01/26TAA/00000001.pdf';
    const bytes = await scene.archivedBytes(key);
    expect(receipt).toMatchObject({
      state: 'awaiting-signature',
      content: { series: '26TAA', number: 1, issuedOn: '2026-11-23', signingTime: '2026-11-23T02:15:32.000Z' },
      pdf: { key, sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length },
    });
    expect(bytes).toEqual(new Uint8Array(await renderPlainly(receipt.content)));
    expect(scene.logged.map(({ code }) => code)).toEqual(['RECEIPTS_NUMBERED', 'RECEIPT_ARCHIVED']);
  });

  it('gives each collecting unit its own series, and each charge and kind its own receipt', async () => {
    const feeLines = [aFee(), aFee({ kind: 'phi' }), aFee({ unitCode: 'hong-gai' })];
    const paymentId = await paid([{ feeLines }, {}]);

    await scene.issue([paymentId]);

    const receipts = await scene.receiptsOf(paymentId);
    expect(receipts.map(({ content }) => `${content.series} ${content.number}`).toSorted()).toEqual([
      '26TAA 1',
      '26TAA 2',
      '26TAA 3',
      '26TAC 1',
    ]);
    expect(receipts.every(({ pdf }) => pdf !== undefined)).toBe(true);
  });

  it('gives the payments of a batch their numbers in the order in which they are asked for', async () => {
    const ids = await putPaidPayments(scene.table, 5);

    await scene.issue(ids);

    expect((await scene.register('26TAA')).map(({ paymentId }) => paymentId)).toEqual(ids);
  });

  it('does nothing for a payment that is not paid, whatever the caller heard', async () => {
    const paymentId = await paid([{}], { state: 'expired' });

    expect((await scene.issue([paymentId])).get(paymentId)).toEqual({ kind: 'done' });
    expect(await scene.receiptsOf(paymentId)).toEqual([]);
  });

  it('issues nothing again', async () => {
    const paymentId = await paid();
    await scene.issue([paymentId]);
    const first = await onlyReceiptOf(paymentId);

    await scene.issue([paymentId, paymentId]);

    expect(await onlyReceiptOf(paymentId)).toEqual(first);
    expect(await scene.archivedKeys()).toHaveLength(1);
  });
});

describe('many at once', () => {
  it('50 parallel runs for one payment make one receipt', async () => {
    const paymentId = await paid();

    const answers = await Promise.all(upTo(50).map(() => issueUntilDone(scene, [paymentId])));

    expect(answers.map((answer) => answer.get(paymentId)?.kind)).toEqual(upTo(50).map(() => 'done'));
    expect((await onlyReceiptOf(paymentId)).content.number).toBe(1);
    expect(await numbersOf('26TAA')).toEqual([1]);
  });

  it('30 payments, each with a run of its own, get exactly the numbers 1 to 30', async () => {
    const ids = await putPaidPayments(scene.table, 30);

    await Promise.all(ids.map((paymentId) => issueUntilDone(scene, [paymentId])));

    expect(await numbersOf('26TAA')).toEqual(upTo(30));
  });

  it('200 payments on one series get exactly the numbers 1 to 200, from eight overlapping runs', async () => {
    const ids = await putPaidPayments(scene.table, 200);
    const runs = upTo(8).map((run) => ids.slice((run - 1) * 25, (run + 1) * 25));

    await Promise.all(runs.map((run) => issueUntilDone(scene, run)));

    expect(await numbersOf('26TAA')).toEqual(upTo(200));
    expect(await scene.archivedKeys()).toHaveLength(200);
  });
});

describe('a run that ends between numbering and archiving', () => {
  it('is finished by the next one with the same number and the same bytes', async () => {
    const paymentId = await paid();
    const archive = { store: () => Promise.reject(new Error('the process ended here')) };
    expect((await scene.issue([paymentId], { archive })).get(paymentId)).toMatchObject({ kind: 'later' });
    const numbered = await onlyReceiptOf(paymentId);
    expect(numbered.pdf).toBeUndefined();

    scene.setClock('2026-11-24T08:00:00.000Z');
    await scene.issue([paymentId]);

    const finished = await onlyReceiptOf(paymentId);
    expect(finished.content).toEqual(numbered.content);
    expect(Buffer.from(await scene.archivedBytes(finished.pdf?.key ?? ''))).toEqual(
      Buffer.from(await renderPlainly(numbered.content)),
    );
    expect(await numbersOf('26TAA')).toEqual([1]);
  });

  it('or between archiving and recording, likewise', async () => {
    const paymentId = await paid();
    const ledger = { ...scene.needs.ledger, recordArchived: () => Promise.reject(new Error('the process ended here')) };
    await scene.issue([paymentId], { ledger });
    const [key = ''] = await scene.archivedKeys();
    const bytes = await scene.archivedBytes(key);

    await scene.issue([paymentId]);

    expect((await onlyReceiptOf(paymentId)).pdf?.key).toBe(key);
    expect(await scene.archivedBytes(key)).toEqual(bytes);
  });
});

describe('the turn of the year', () => {
  it('dates and numbers a receipt by the moment of its numbering in Vietnam', async () => {
    const [before, after] = [await paid(), await paid()];

    scene.setClock('2026-12-31T16:59:59.000Z');
    await scene.issue([before]);
    scene.setClock('2026-12-31T17:00:00.000Z');
    await scene.issue([after]);

    expect((await onlyReceiptOf(before)).content).toMatchObject({ series: '26TAA', number: 1, issuedOn: '2026-12-31' });
    expect((await onlyReceiptOf(after)).content).toMatchObject({ series: '27TAA', number: 1, issuedOn: '2027-01-01' });
  });

  it('is seen in the midst of a run, since each turn takes the time anew', async () => {
    const ids = await putPaidPayments(scene.table, 3);
    scene.setClock('2026-12-31T16:59:59.999Z');
    const ledger = {
      ...scene.needs.ledger,
      number: (...args: Parameters<typeof scene.needs.ledger.number>) => {
        // Midnight passes while the first transaction is on its way, and another writer comes first.
        scene.setClock('2026-12-31T17:00:00.001Z');
        return args[0].year === 2026
          ? Promise.resolve({ kind: 'series-moved' } as const)
          : scene.needs.ledger.number(...args);
      },
    };

    await scene.issue(ids, { ledger });

    expect(await numbersOf('26TAA')).toEqual([]);
    expect((await scene.register('27TAA')).map(({ content }) => content.issuedOn)).toEqual(
      upTo(3).map(() => '2027-01-01'),
    );
  });
});
