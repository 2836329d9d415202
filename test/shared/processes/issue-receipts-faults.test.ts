import { createHash } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type ReceiptDocuments, SigningRefused } from '#shared/domain/signing-ports.ts';
import { type Fault, type FaultKind, injectFault } from '#test/support/faults.ts';
import { documentKeysOf, type IssuingScene, issueUntilDone, makeIssuingScene } from '#test/support/issuing-scene.ts';
import { putPaidPayments } from '#test/support/paid-record.ts';
import { aPlainSigner, plainDocuments } from '#test/support/plain-documents.ts';

const scenes: IssuingScene[] = [];
let scene: IssuingScene;

beforeEach(async () => {
  scene = await makeIssuingScene();
  scenes.push(scene);
});
afterAll(() => Promise.all(scenes.map(({ engine }) => engine.stop())));

/** Three payments, each with one receipt in the series, in the archive and in the record, whatever happened before. */
async function expectThreeReceipts(): Promise<void> {
  const register = await scene.register('26TAA');
  expect(register.map(({ content }) => content.number)).toEqual([1, 2, 3]);
  expect(new Set(register.map(({ paymentId }) => paymentId)).size).toBe(3);
  expect(await scene.archivedKeys()).toEqual(documentKeysOf(register));
  for (const { content, xml } of register) {
    const [text] = Buffer.from(await scene.archivedBytes(xml?.key ?? ''))
      .toString()
      .split('\n');
    expect(text).toBe(JSON.stringify(content));
  }
  const [row] = await scene.needs.ledger.readSeries('5709990011', 'EBL01');
  expect(row).toMatchObject({ nextNumber: 4, lastDate: '2026-11-23' });
}

const writes: readonly (readonly [what: string, command: string, kinds: readonly FaultKind[]])[] = [
  ['opening the series', 'PutItemCommand', ['throttle', 'conflict', 'committed-then-timeout', 'never-sent']],
  [
    'numbering',
    'TransactWriteItemsCommand',
    ['throttle', 'conflict', 'conflict-reason', 'committed-then-timeout', 'never-sent'],
  ],
  ['archiving', 'PutObjectCommand', ['committed-then-timeout', 'never-sent']],
  ['recording the documents', 'UpdateItemCommand', ['throttle', 'conflict', 'committed-then-timeout', 'never-sent']],
];
const cases = writes.flatMap(([what, command, kinds]) =>
  kinds.flatMap((kind) => (['caller', 'sdk'] as const).map((seenBy) => [what, kind, seenBy, command] as const)),
);

describe('a fault while writing', () => {
  it.each(cases)('%s (%s, seen by the %s) changes nothing of the result', async (_what, kind, seenBy, command) => {
    const ids = await putPaidPayments(scene.table, 3);
    const client = command === 'PutObjectCommand' ? scene.engine.s3 : scene.table.client;
    const fault = injectFault(client, { command, kind, seenBy });

    await issueUntilDone(scene, ids);

    expect(fault.struck()).toBe(1);
    await expectThreeReceipts();
  });

  it.each(writes)('%s that lasts is answered for later, and healed by the next run', async (_what, command, kinds) => {
    const ids = await putPaidPayments(scene.table, 3);
    const client = command === 'PutObjectCommand' ? scene.engine.s3 : scene.table.client;
    const kind = kinds.includes('conflict') ? 'never-sent' : 'committed-then-timeout';
    const fault = injectFault(client, { command, kind, first: 1_000 });

    const answers = await scene.issue(ids);

    expect([...answers.values()].map((answer) => answer.kind)).toEqual(['later', 'later', 'later']);
    expect(scene.logged.filter(({ code }) => code === 'RECEIPT_DELAYED')).toHaveLength(3);
    fault.remove();
    await issueUntilDone(scene, ids);
    await expectThreeReceipts();
  });
});

describe('a fault while reading', () => {
  it('one payment delays that payment only', async () => {
    const ids = await putPaidPayments(scene.table, 3);
    const ofFirst: Fault['matching'] = (input) => JSON.stringify(input).includes(`PAY#${ids[0]}`);
    const fault = injectFault(scene.table.client, { command: 'QueryCommand', kind: 'throttle', matching: ofFirst });

    const answers = await scene.issue(ids);

    expect(fault.struck()).toBe(1);
    expect([...answers.values()].map(({ kind }) => kind)).toEqual(['later', 'done', 'done']);
  });

  it('the series delays what would be numbered from it', async () => {
    const ids = await putPaidPayments(scene.table, 2);
    const ofSeries: Fault['matching'] = (input) => JSON.stringify(input).includes('SERIES#');
    injectFault(scene.table.client, { command: 'QueryCommand', kind: 'never-sent', matching: ofSeries });

    expect([...(await scene.issue(ids)).values()].map(({ kind }) => kind)).toEqual(['later', 'later']);
    expect([...(await scene.issue(ids)).values()].map(({ kind }) => kind)).toEqual(['done', 'done']);
  });
});

describe('an archive that holds the keys already', () => {
  /** Somebody else came as far as the archive. */
  const archiveFirst = async () => {
    const ids = await putPaidPayments(scene.table, 1);
    const ledger = { ...scene.needs.ledger, recordSigned: () => Promise.reject(new Error('the process ended here')) };
    await scene.issue(ids, { ledger });
    return ids;
  };
  /** As S3 does, and the local engine does not. */
  const refuseTakenKeys = () =>
    injectFault(scene.engine.s3, { command: 'PutObjectCommand', kind: 'precondition-failed', first: 2 });
  /** Nothing can be seen in the archive before it is written to, as when two begin together. */
  const unseen = () => ({ ...scene.needs.archive, read: () => Promise.resolve(undefined) });
  const archived = async () => Promise.all((await scene.archivedKeys()).map((key) => scene.archivedBytes(key)));

  it('with the same bytes is adopted', async () => {
    const ids = await archiveFirst();
    refuseTakenKeys();

    expect([...(await scene.issue(ids, { archive: unseen() })).values()]).toEqual([{ kind: 'done' }]);

    expect(scene.logged.at(-1)).toMatchObject({ code: 'RECEIPT_SIGNED', facts: { xml: 'adopted', pdf: 'adopted' } });
    const [receipt] = await scene.register('26TAA');
    expect([receipt?.xml?.key, receipt?.pdf?.key].map((key) => key?.slice(-4))).toEqual(['.xml', '.pdf']);
  });

  it.each([
    ['when it is written to', unseen],
    ['when it is read', () => scene.needs.archive],
  ])('with the same receipt, signed by another certificate, is adopted %s', async (_, archiveAsSeen) => {
    const ids = await archiveFirst();
    const before = await archived();
    refuseTakenKeys();
    const keys = { signerOf: () => Promise.resolve(aPlainSigner('chứng thư mới')) };

    const answers = await scene.issue(ids, { archive: archiveAsSeen(), keys });

    expect([...answers.values()]).toEqual([{ kind: 'done' }]);
    expect(await archived()).toEqual(before);
    const [{ xml, pdf } = {}] = await scene.register('26TAA');
    expect([pdf?.sha256, xml?.sha256]).toEqual(before.map((bytes) => createHash('sha256').update(bytes).digest('hex')));
  });

  it('is recorded without a signer, when both documents lie there', async () => {
    const ids = await archiveFirst();
    const keys = { signerOf: () => Promise.reject(new SigningRefused('its certificate has expired')) };

    expect([...(await scene.issue(ids, { keys })).values()]).toEqual([{ kind: 'done' }]);
  });

  it('with another document is a fault for a person, and is never written over', async () => {
    const ids = await archiveFirst();
    const before = await archived();
    refuseTakenKeys();
    const documents: ReceiptDocuments = {
      ...plainDocuments,
      faultOfXml: () => Promise.resolve('it is the receipt of another payment'),
    };

    const answers = await scene.issue(ids, {
      archive: unseen(),
      documents,
      keys: { signerOf: () => Promise.resolve(aPlainSigner('chứng thư mới')) },
    });

    const why = expect.stringMatching(/holds other bytes under 5709990011.*\.xml .*receipt of another payment/);
    expect([...answers.values()]).toEqual([{ kind: 'fault', why }]);
    expect((await scene.register('26TAA'))[0]).toMatchObject({ state: 'awaiting-signature', fault: { why } });
    expect(await archived()).toEqual(before);
  });
});
