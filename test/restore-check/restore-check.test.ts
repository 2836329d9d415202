import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { differs, isLeftToPeople, type SeriesReport } from '#functions/restore-check/check-restore.ts';
import { receiptKey } from '#shared/adapters/payment-items.ts';
import { owedConfirmations } from '#shared/domain/owed-confirmations.ts';
import type { Receipt } from '#shared/domain/receipt.ts';
import { injectFault } from '#test/support/faults.ts';
import { aFee, aPaidRecord, putPaidPayments, putRecord } from '#test/support/paid-record.ts';
import { makeRestoreScene, type RestoreScene } from '#test/support/restore-scene.ts';

const scenes: RestoreScene[] = [];
let scene: RestoreScene;

beforeEach(async () => {
  scene = await makeRestoreScene();
  scenes.push(scene);
});
afterAll(() => Promise.all(scenes.map(({ engine }) => engine.stop())));

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const numbersOf = async (series: string) => (await scene.register(series)).map(({ content }) => content.number);

/** The only series of which anything is known. */
function only(reports: readonly SeriesReport[]): SeriesReport {
  const [report] = reports;
  if (report === undefined || reports.length > 1) throw new Error(`${reports.length} series`);
  return report;
}

/** A receipt but for the times of our own records, of which the archive knows its own. */
function identity({ xml, pdf, signedAt: _at, ...receipt }: Receipt) {
  return { ...receipt, xml: { ...xml, archivedAt: '' }, pdf: { ...pdf, archivedAt: '' } };
}

const remove = (Key: Record<string, string>) =>
  scene.table.client.send(new DeleteCommand({ TableName: scene.table.name, Key }));

describe('a table that was set back by 50 receipts', () => {
  it('goes on without a repeat or a gap after the check was applied', async () => {
    const ids = await putPaidPayments(scene.table, 80);
    await scene.issue(ids.slice(0, 10));
    const copy = await scene.copyTable();
    await scene.issue(ids.slice(10, 60));
    const before = await scene.register('26TAA');
    await scene.restoreTable(copy);

    const dry = only(await scene.check());
    expect(await scene.copyTable()).toHaveLength(copy.length);
    expect(dry).toMatchObject({
      nextNumber: 11,
      raising: { to: { nextNumber: 61, lastDate: '2026-11-23' }, outcome: 'planned' },
      refused: [],
    });
    expect(dry.rebuilt.map(({ number }) => number)).toEqual(upTo(60).slice(10));
    expect(dry.rebuilt.every(({ unknown }) => unknown.length === 0)).toBe(true);
    expect(differs(dry)).toBe(true);

    const applied = only(await scene.check(true));
    expect(applied.raising?.outcome).toBe('raised');
    expect(isLeftToPeople(applied)).toBe(false);
    expect(differs(only(await scene.check(true)))).toBe(false);

    await scene.issue(ids);
    const after = await scene.register('26TAA');
    expect(after.map(({ content }) => content.number)).toEqual(upTo(80));
    expect(new Set(after.map(({ paymentId }) => paymentId)).size).toBe(80);
    expect(after.slice(0, 60).map(identity)).toEqual(before.map(identity));
  }, 60_000);

  it('and has lost the row of its series goes on above what the archive holds', async () => {
    const ids = await putPaidPayments(scene.table, 3);
    const copy = await scene.copyTable();
    await scene.issue(ids.slice(0, 2));
    await scene.restoreTable(copy);

    const report = only(await scene.check(true));
    expect(report).toMatchObject({ nextNumber: undefined, raising: { outcome: 'raised' } });
    await scene.issue(ids);

    expect(await numbersOf('26TAA')).toEqual([1, 2, 3]);
    expect(await scene.needs.ledger.readSeries('5709990011', 'EBL01')).toMatchObject([
      { nextNumber: 4, rangeEnd: 99_999_999, status: 'open', registration: 'accepted' },
    ]);
  });
});

describe('what the archive alone cannot tell', () => {
  it('is named: a receipt of a payment that is lost gets its row back, and people are told', async () => {
    const record = aPaidRecord([{ feeLines: [aFee(), aFee({ kind: 'phi' })] }]);
    const copy = await scene.copyTable();
    await putRecord(scene.table, record);
    await scene.issue([record.payment.paymentId]);
    await scene.restoreTable(copy);

    const { rebuilt, refused } = only(await scene.check(true));

    expect(refused).toEqual([]);
    expect(rebuilt).toEqual([
      { number: 1, unknown: ['payment', 'charge'] },
      { number: 2, unknown: ['payment', 'charge'] },
    ]);
    expect(await numbersOf('26TAA')).toEqual([1, 2]);
    expect(differs(only(await scene.check()))).toBe(false);
  });

  it('is the money of a payment that is open again: its receipt waits beside it, and no second one is made', async () => {
    const paid = aPaidRecord();
    const { settlement: _lost, ...before } = paid.payment;
    const record = { ...paid, payment: { ...before, state: 'open' as const } };
    await putRecord(scene.table, record);
    const copy = await scene.copyTable();
    await putRecord(scene.table, paid);
    await scene.issue([paid.payment.paymentId]);
    await scene.restoreTable(copy);

    const { rebuilt } = only(await scene.check(true));
    expect(rebuilt).toEqual([{ number: 1, unknown: [] }]);
    const restored = await scene.needs.ledger.readRecord(paid.payment.paymentId);
    if (restored === undefined) throw new Error('no record');
    expect(owedConfirmations(restored)).toEqual([]);

    await putRecord(scene.table, { ...paid, payment: { ...paid.payment, dueAt: undefined } });
    await scene.issue([paid.payment.paymentId]);
    expect(await numbersOf('26TAA')).toEqual([1]);
  });

  it('is a number that neither has: it is named, and the series is not whole', async () => {
    const ids = await putPaidPayments(scene.table, 4);
    await scene.issue(ids);
    const receipts = await scene.register('26TAA');
    for (const receipt of receipts.slice(1, 3)) {
      await remove(receiptKey(receipt));
      await removeDocuments(receipt);
    }

    const report = only(await scene.check(true));

    expect(report.survey.missing).toEqual([{ from: 2, to: 3 }]);
    expect(isLeftToPeople(report)).toBe(true);
  });
});

describe('a replacement', () => {
  it('gets its row back as the next revision, and what it replaces is marked with it', async () => {
    await scene.issue(await putPaidPayments(scene.table, 1));
    const [old] = await scene.register('26TAA');
    if (old === undefined) throw new Error('no receipt');
    const { template, series, number, issuedOn } = old.content;
    const replaces = { template, series, number, issuedOn, reason: 'Sai mã số thuế người nộp' };
    const lookupCode = scene.needs.drawLookupCode();
    const lookupUrl = scene.needs.lookupUrlOf(lookupCode);
    const content = { ...old.content, number: 2, replaces, lookupCode, lookupUrl };
    await scene.archiveXml(content);

    expect(only(await scene.check(true)).rebuilt).toEqual([{ number: 2, unknown: [] }]);

    const [replaced, replacement] = await scene.register('26TAA');
    expect(replaced).toMatchObject({ state: 'replaced', replacedBy: { series, number: 2, issuedOn } });
    expect(replacement).toMatchObject({ revision: 1, state: 'awaiting-signature', content });
    await scene.issue([old.paymentId]);
    expect((await scene.register('26TAA')).map(({ state }) => state)).toEqual(['replaced', 'signed']);
    expect(differs(only(await scene.check()))).toBe(false);
  });
});

describe('what a person must judge', () => {
  it('is a number that was given twice, before the check was run', async () => {
    const [first, second] = await putPaidPayments(scene.table, 2);
    if (first === undefined || second === undefined) throw new Error('no payments');
    const copy = await scene.copyTable();
    await scene.issue([first]);
    await scene.restoreTable(copy);
    // The local S3 would take another document under the same key, as S3 does not.
    injectFault(scene.engine.s3, { command: 'PutObjectCommand', kind: 'precondition-failed' });
    await scene.issue([second]);

    const report = only(await scene.check(true));

    expect(report.survey.odd).toEqual([{ number: 1, why: expect.stringContaining('the number was given twice') }]);
    expect(isLeftToPeople(report)).toBe(true);
    expect(await numbersOf('26TAA')).toEqual([1]);
  });

  it('is a document that is not what its signature says: its row is not written', async () => {
    const ids = await putPaidPayments(scene.table, 2);
    const copy = await scene.copyTable();
    await scene.issue(ids);
    const [, receipt] = await scene.register('26TAA');
    const Key = receipt?.xml?.key ?? '';
    const altered = Buffer.from(await scene.archivedBytes(Key))
      .toString()
      .replace('<TTien>28000<', '<TTien>82000<');
    await scene.engine.s3.send(new PutObjectCommand({ Bucket: scene.engine.bucketName, Key, Body: altered }));
    await scene.restoreTable(copy);

    const report = only(await scene.check(true));

    expect(report.rebuilt.map(({ number }) => number)).toEqual([1]);
    expect(report.refused).toEqual([{ number: 2, why: expect.stringContaining('fails check V4') }]);
    // Its number is gone for ever all the same.
    expect(report.raising).toMatchObject({ to: { nextNumber: 3 }, outcome: 'raised' });
  });

  it('is a series that nobody declared, since the end of its range is not known', async () => {
    const ids = await putPaidPayments(scene.table, 1);
    const copy = await scene.copyTable();
    await scene.issue(ids);
    await scene.restoreTable(copy);

    const report = only(await scene.check(true, { declaredSeries: [] }));

    expect(report.raising?.outcome).toBe('undeclared');
    expect(isLeftToPeople(report)).toBe(true);
  });

  it('is a document that the ledger records and the archive lacks', async () => {
    const ids = await putPaidPayments(scene.table, 1);
    await scene.issue(ids);
    const [receipt] = await scene.register('26TAA');
    if (receipt === undefined) throw new Error('no receipt');
    await removeDocuments(receipt);

    expect(only(await scene.check()).survey.odd).toEqual([
      { number: 1, why: expect.stringContaining('the archive lacks a document') },
    ]);
  });
});

describe('what the sweep finishes by itself', () => {
  it('is a receipt that is numbered and not archived, and one without its page', async () => {
    const ids = await putPaidPayments(scene.table, 2);
    const copy = await scene.copyTable();
    await scene.issue(ids);
    const [first, second] = await scene.register('26TAA');
    if (first?.pdf === undefined || second === undefined) throw new Error('no receipts');
    await removeObject(first.pdf.key);
    await removeDocuments(second);
    await scene.restoreTable(copy);

    expect(only(await scene.check(true)).rebuilt).toEqual([{ number: 1, unknown: [] }]);
    await scene.issue(ids);

    const [finished, another] = await scene.register('26TAA');
    expect(finished).toMatchObject({ state: 'signed', content: first.content, xml: { sha256: first.xml?.sha256 } });
    expect(finished?.pdf?.sha256).toBe(first.pdf.sha256);
    // Nothing in archive or table tells that number 2 was ever taken: it is taken now.
    expect(another).toMatchObject({ content: { number: 2 } });
  });
});

const removeObject = (Key: string) =>
  scene.engine.s3.send(new DeleteObjectCommand({ Bucket: scene.engine.bucketName, Key }));

async function removeDocuments({ xml, pdf }: Receipt): Promise<void> {
  for (const document of [xml, pdf]) await removeObject(document?.key ?? '');
}
