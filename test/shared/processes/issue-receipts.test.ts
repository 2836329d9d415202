import { createHash } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { PaymentId } from '#schemas/ids.ts';
import { documentKeysOf, type IssuingScene, issueUntilDone, makeIssuingScene } from '#test/support/issuing-scene.ts';
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
  it('numbers, signs, archives and records the receipt of a payment', async () => {
    const paymentId = await paid();

    expect(await scene.issue([paymentId])).toEqual(new Map([[paymentId, { kind: 'done' }]]));

    const receipt = await onlyReceiptOf(paymentId);
    const archivedAs = async (key: string) => {
      const bytes = await scene.archivedBytes(key);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      return { key, sha256, bytes: bytes.length, archivedAt: '2026-11-23T02:15:32.000Z' };
    };
    expect(receipt).toMatchObject({
      state: 'signed',
      signedAt: '2026-11-23T02:15:32.000Z',
      content: { series: '26TAA', number: 1, issuedOn: '2026-11-23', signingTime: '2026-11-23T02:15:32.000Z' },
      xml: await archivedAs('5709990011/EBL01/26TAA/00000001.xml'),
      pdf: await archivedAs('5709990011/EBL01/26TAA/00000001.pdf'),
    });
    const original = Buffer.from(await scene.archivedBytes(receipt.xml?.key ?? '')).toString();
    expect(original.split('\n')[0]).toBe(JSON.stringify(receipt.content));
    expect(scene.logged.map(({ code }) => code)).toEqual(['RECEIPTS_NUMBERED', 'RECEIPT_SIGNED']);
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
    expect(receipts.every(({ state }) => state === 'signed')).toBe(true);
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
    expect(await scene.archivedKeys()).toEqual(documentKeysOf([first]));
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
    expect(await scene.archivedKeys()).toHaveLength(400);
  });
});

describe('a run that ends', () => {
  const ended = () => Promise.reject(new Error('the process ended here'));
  /** Lets so many documents into the archive. */
  const archiveFor = (documents: number) => {
    let left = documents;
    const store: typeof scene.needs.archive.store = (...args) =>
      (left -= 1) < 0 ? ended() : scene.needs.archive.store(...args);
    return { archive: { ...scene.needs.archive, store } };
  };
  const recordingNothing = () => ({ ledger: { ...scene.needs.ledger, recordSigned: ended } });
  const bytesInArchive = async (): Promise<Record<string, Uint8Array>> => {
    const keys = await scene.archivedKeys();
    const documents = keys.map(async (key) => [key, await scene.archivedBytes(key)] as const);
    return Object.fromEntries(await Promise.all(documents));
  };

  it.each([
    ['between numbering and archiving', () => archiveFor(0), 0],
    ['between the XML and the page', () => archiveFor(1), 1],
    ['between archiving and recording', recordingNothing, 2],
  ])('%s is finished by the next one, a day later, with the same number and bytes', async (_, ending, documents) => {
    const [paymentId, unharmed] = [await paid(), await paid()];
    expect((await scene.issue([paymentId], ending())).get(paymentId)).toMatchObject({ kind: 'later' });
    const [numbered, left] = [await onlyReceiptOf(paymentId), await bytesInArchive()];
    expect(numbered).toMatchObject({ state: 'awaiting-signature', content: { number: 1 } });
    expect(Object.keys(left)).toHaveLength(documents);

    scene.setClock('2026-11-24T08:00:00.000Z');
    await scene.issue([paymentId, unharmed]);

    const finished = await onlyReceiptOf(paymentId);
    expect(finished.content).toEqual(numbered.content);
    expect(finished).toMatchObject({ state: 'signed', signedAt: '2026-11-24T08:00:00.000Z' });
    expect(await bytesInArchive()).toMatchObject(left);
    expect(await numbersOf('26TAA')).toEqual([1, 2]);
    expect(await scene.archivedKeys()).toEqual(documentKeysOf(await scene.register('26TAA')));
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
