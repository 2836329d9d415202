import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Fault, type FaultKind, injectFault } from '#test/support/faults.ts';
import { type IssuingScene, issueUntilDone, makeIssuingScene, renderPlainly } from '#test/support/issuing-scene.ts';
import { putPaidPayments } from '#test/support/paid-record.ts';

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
  expect(await scene.archivedKeys()).toEqual(register.map(({ pdf }) => pdf?.key));
  for (const { content, pdf } of register) {
    expect(Buffer.from(await scene.archivedBytes(pdf?.key ?? ''))).toEqual(Buffer.from(await renderPlainly(content)));
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
  ['recording the document', 'UpdateItemCommand', ['throttle', 'conflict', 'committed-then-timeout', 'never-sent']],
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

describe('an archive that holds the key already', () => {
  const archiveFirst = async () => {
    const ids = await putPaidPayments(scene.table, 1);
    const ledger = { ...scene.needs.ledger, recordArchived: () => Promise.reject(new Error('the process ended here')) };
    await scene.issue(ids, { ledger });
    injectFault(scene.engine.s3, { command: 'PutObjectCommand', kind: 'precondition-failed' });
    return ids;
  };

  it('with the same bytes is adopted', async () => {
    const ids = await archiveFirst();

    expect([...(await scene.issue(ids)).values()]).toEqual([{ kind: 'done' }]);

    expect(scene.logged.at(-1)).toMatchObject({ code: 'RECEIPT_ARCHIVED', facts: { kind: 'adopted' } });
    expect((await scene.register('26TAA'))[0]?.pdf?.key).toBe('5709990011/EBL01/26TAA/00000001.pdf');
  });

  it('with other bytes is a fault for a person, and is never written over', async () => {
    const ids = await archiveFirst();
    const [key = ''] = await scene.archivedKeys();
    const before = await scene.archivedBytes(key);

    const answers = await scene.issue(ids, { render: () => Promise.resolve(Buffer.from('another page')) });

    expect([...answers.values()]).toEqual([{ kind: 'fault', why: expect.stringContaining('holds other bytes under') }]);
    expect((await scene.register('26TAA'))[0]).toMatchObject({ fault: { why: expect.stringContaining(key) } });
    expect(await scene.archivedBytes(key)).toEqual(before);
  });
});
