import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventTypes } from '#schemas/dossier-confirmation.ts';
import type { Instant, PaymentId } from '#schemas/ids.ts';
import { instantAfter } from '#shared/domain/calendar.ts';
import { type SigningKeys, SigningRefused, SigningUnavailable } from '#shared/domain/signing-ports.ts';
import { type ChaseScene, makeChaseScene, sceneStart } from '#test/support/chase-scene.ts';
import { documentKeysOf } from '#test/support/issuing-scene.ts';
import { aFee, aPaidRecord } from '#test/support/paid-record.ts';
import { aPlainSigner } from '#test/support/plain-documents.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const after = (milliseconds: number): Instant => instantAfter(sceneStart, milliseconds);

/** Keys as they are over the time of a test, which stands still in between. */
class PlayedKeys implements SigningKeys {
  asked = 0;
  answer: SigningKeys['signerOf'] = () => Promise.resolve(aPlainSigner());

  signerOf(...question: Parameters<SigningKeys['signerOf']>) {
    this.asked += 1;
    return this.answer(...question);
  }

  fail(error: Error): void {
    this.answer = () => Promise.reject(error);
  }

  recover(): void {
    this.answer = () => Promise.resolve(aPlainSigner());
  }
}

describe('receipts whose signer fails', () => {
  const scenes: ChaseScene[] = [];
  let scene: ChaseScene;
  let keys: PlayedKeys;
  beforeEach(async () => {
    scene = await makeChaseScene();
    scenes.push(scene);
    keys = new PlayedKeys();
  });
  afterAll(() => Promise.all(scenes.map(({ engine }) => engine.stop())));

  const issue = (paymentIds: readonly PaymentId[]) => scene.issue(paymentIds, { keys });
  const pay = (at: Instant) => scene.put(aPaidRecord([{}], { dueAt: at }));
  /** Sweeps every minute of a while. */
  const sweepFor = async (from: number, until: number) => {
    for (let passed = from; passed <= until; passed += minute) {
      scene.setClock(after(passed));
      await scene.sweep({ issueReceipts: issue });
    }
  };
  const receiptOf = async (paymentId: PaymentId) => {
    const [receipt, ...more] = await scene.receiptsOf(paymentId);
    if (receipt === undefined || more.length > 0) throw new Error(`${more.length + 1} receipts`);
    return receipt;
  };
  const told = async () => (await scene.drainQueue()).map(({ type, data }) => `${type} ${data.paymentId}`);
  const exceptionsOf = (kind: string) =>
    scene.logged.filter(({ code, facts }) => code === 'PAYMENT_EXCEPTION' && facts['kinds'] === kind);

  it('for an hour are delayed, keep their numbers, and are all signed when it is back', async () => {
    keys.fail(new SigningUnavailable('the signing service gave no answer in 5 s'));
    const paid: PaymentId[] = [];
    for (let passed = 0; passed < hour; passed += 12 * minute) {
      scene.setClock(after(passed));
      const paymentId = await pay(after(passed));
      expect((await issue([paymentId])).get(paymentId)).toMatchObject({ kind: 'later' });
      paid.push(paymentId);
      await sweepFor(passed, passed + 11 * minute);
    }
    const waiting = await scene.register('26TAA');
    expect(waiting.map(({ content, paymentId }) => [content.number, paymentId])).toEqual(
      paid.map((paymentId, index) => [index + 1, paymentId]),
    );
    expect(waiting.map(({ state, fault }) => [state, fault])).toEqual(
      paid.map(() => ['awaiting-signature', undefined]),
    );
    expect(await scene.archivedKeys()).toEqual([]);
    expect(await told()).toEqual(paid.map((paymentId) => `${eventTypes.paymentPaid} ${paymentId}`));

    keys.recover();
    await sweepFor(hour, 2 * hour);

    const register = await scene.register('26TAA');
    expect(register.map(({ content }) => content)).toEqual(waiting.map(({ content }) => content));
    expect(register.map(({ state }) => state)).toEqual(paid.map(() => 'signed'));
    expect(await scene.archivedKeys()).toEqual(documentKeysOf(register));
    expect((await told()).toSorted()).toEqual(
      paid.map((paymentId) => `${eventTypes.receiptIssued} ${paymentId}`).toSorted(),
    );
    for (const paymentId of paid) expect(await scene.dueAtOf(paymentId)).toBeUndefined();
    expect(exceptionsOf('signature')).toEqual([]);
  });

  it('for longer than an hour are told to people, and asked about every hour all the same', async () => {
    keys.fail(new SigningUnavailable('throttled'));
    const paymentId = await pay(sceneStart);

    await sweepFor(minute, hour - minute);
    expect(exceptionsOf('signature')).toEqual([]);
    await sweepFor(hour, 5 * hour);

    expect(exceptionsOf('signature').map(({ facts }) => facts['paymentId'])).toEqual(Array(4).fill(paymentId));
    keys.recover();
    await sweepFor(5 * hour, 6 * hour);
    expect(await receiptOf(paymentId)).toMatchObject({ state: 'signed', content: { number: 1 } });
  });

  it('in one run are asked about once, and the receipts of others are signed meanwhile', async () => {
    const own = await Promise.all(Array.from({ length: 20 }, () => pay(sceneStart)));
    const others = await scene.put(aPaidRecord([{ feeLines: [aFee({ unitCode: 'hong-gai' })] }]));
    keys.answer = (taxCode) =>
      taxCode === '5709990011' ? Promise.reject(new SigningUnavailable('timed out')) : Promise.resolve(aPlainSigner());

    const answers = await issue([...own, others]);

    expect(answers.get(others)).toEqual({ kind: 'done' });
    expect([...answers.values()].filter(({ kind }) => kind === 'later')).toHaveLength(20);
    // Four are worked on at once; after them nobody waits for the same time-out again.
    expect(keys.asked).toBeLessThan(10);
  });

  it.each([
    ['a certificate that a person must renew', () => Promise.reject(new SigningRefused('certificate 4F: it expired'))],
    ['no key at all', () => Promise.resolve(undefined)],
  ] as const)('for %s wait with the reason, and are healed within a day of the mending', async (_, answer) => {
    keys.answer = answer;
    const paymentId = await pay(sceneStart);

    await sweepFor(minute, 30 * minute);

    const why = expect.stringMatching(/^(certificate 4F: it expired|no key is configured for tax code 5709990011)/);
    expect(await receiptOf(paymentId)).toMatchObject({ state: 'awaiting-signature', fault: { why } });
    expect(await scene.dueAtOf(paymentId)).toBe(instantAfter(after(minute), day));
    expect(scene.logged).toContainEqual({ code: 'RECEIPT_FAULT', facts: { paymentId, why } });
    const { content } = await receiptOf(paymentId);

    keys.recover();
    scene.setClock(after(day + minute));
    await scene.sweep({ issueReceipts: issue });

    const signed = await receiptOf(paymentId);
    expect(signed).toMatchObject({ state: 'signed', content });
    expect(signed.fault).toBeUndefined();
    expect(await scene.dueAtOf(paymentId)).toBeUndefined();
  });

  describe('because their certificate ended and the next began later', () => {
    const renewedAt = after(3 * day);
    /** Nobody covers the time in between. */
    const renewed: SigningKeys['signerOf'] = (_taxCode, signingTime = renewedAt) =>
      signingTime < renewedAt ? Promise.reject(new SigningRefused('it had expired')) : Promise.resolve(aPlainSigner());

    it('are signed with the time of their signature, which is frozen anew once', async () => {
      keys.fail(new SigningRefused('it expired'));
      const [first, second] = [await pay(sceneStart), await pay(sceneStart)];
      await issue([first, second]);
      const { content } = await receiptOf(first);
      keys.answer = renewed;
      scene.setClock(renewedAt);

      const store = () => Promise.reject(new Error('the process ended here'));
      await scene.issue([first], { keys, archive: { ...scene.needs.archive, store } });
      const moved = await receiptOf(first);
      expect(moved).toMatchObject({ state: 'awaiting-signature', content: { ...content, signingTime: renewedAt } });
      scene.setClock(instantAfter(renewedAt, hour));
      await issue([first]);

      expect(await receiptOf(first)).toMatchObject({ state: 'signed', content: moved.content });
      expect((await receiptOf(second)).content.signingTime).toBe(sceneStart);
      expect(scene.logged.filter(({ code }) => code === 'SIGNING_TIME_MOVED').map(({ facts }) => facts)).toEqual([
        { paymentId: first, series: '26TAA', number: 1, from: sceneStart, to: renewedAt },
      ]);
    });

    it('keep the time of an original that lies in the archive already', async () => {
      const paymentId = await pay(sceneStart);
      const archive = scene.needs.archive;
      const onlyXml: typeof archive.store = (key, ...rest) =>
        key.endsWith('.xml') ? archive.store(key, ...rest) : Promise.reject(new Error('the process ended here'));
      await scene.issue([paymentId], { archive: { ...archive, store: onlyXml } });
      keys.answer = renewed;
      scene.setClock(renewedAt);

      expect((await issue([paymentId])).get(paymentId)).toMatchObject({ kind: 'fault', why: 'it had expired' });

      expect((await receiptOf(paymentId)).content.signingTime).toBe(sceneStart);
    });

    it('are not given another time by two runs at once', async () => {
      keys.fail(new SigningRefused('it expired'));
      const paymentId = await pay(sceneStart);
      await issue([paymentId]);
      keys.answer = renewed;
      scene.setClock(renewedAt);

      const answers = await Promise.all(Array.from({ length: 10 }, () => issue([paymentId])));

      expect(answers.every((answer) => answer.get(paymentId)?.kind !== 'fault')).toBe(true);
      await issue([paymentId]);
      expect(await receiptOf(paymentId)).toMatchObject({ state: 'signed', content: { signingTime: renewedAt } });
      expect(scene.logged.filter(({ code }) => code === 'SIGNING_TIME_MOVED')).toHaveLength(1);
    });
  });
});
