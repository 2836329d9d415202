import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ReceiptContent } from '#schemas/receipt.ts';
import { type IssuingProcess, startIssuing } from '#test/support/issuing-process.ts';
import { documentKeysOf, type IssuingScene, makeIssuingScene } from '#test/support/issuing-scene.ts';
import { putPaidPayments } from '#test/support/paid-record.ts';
import { makeRealSigning, type Signing } from '#test/support/real-signing.ts';

describe('a process that is killed while it issues receipts', () => {
  let scene: IssuingScene;
  let signing: Signing;
  beforeEach(async () => {
    scene = await makeIssuingScene();
    signing = makeRealSigning(scene.needs.clock);
  });
  afterEach(() => scene.engine.stop());

  /** Kills the process when it has said the word so many times. */
  async function killAt(child: IssuingProcess, word: string, times = 1): Promise<void> {
    const ended = once(child, 'exit');
    let heard = 0;
    for await (const line of createInterface(child.stdout)) {
      if (line === word && (heard += 1) === times) child.kill('SIGKILL');
    }
    expect(await ended).toEqual([null, 'SIGKILL']);
    expect(heard).toBeGreaterThanOrEqual(times);
  }

  /** What the archive holds, as text that can be compared. */
  async function bytesInArchive(): Promise<Record<string, string>> {
    const keys = await scene.archivedKeys();
    const documents = keys.map(
      async (key) => [key, Buffer.from(await scene.archivedBytes(key)).toString('hex')] as const,
    );
    return Object.fromEntries(await Promise.all(documents));
  }

  /** What the documents of a content are when nothing is killed. */
  async function signAnew(content: ReceiptContent): Promise<Record<string, string>> {
    const { documents, keys } = signing;
    const signer = await keys.signerOf(content.collector.taxCode, content.signingTime);
    if (signer === undefined) throw new Error('no signer');
    const xml = await documents.signXml(documents.writeXml(content), content, signer);
    const pdf = await documents.signPage(await documents.drawPage(content, xml, signer), signer);
    const key = '5709990011/EBL01/26TAA/00000001';
    return { [`${key}.pdf`]: Buffer.from(pdf).toString('hex'), [`${key}.xml`]: Buffer.from(xml).toString('hex') };
  }

  const signedFacts = {
    state: 'signed',
    xml: expect.anything(),
    pdf: expect.anything(),
    signedAt: '2026-11-23T02:15:32.000Z',
  };

  it.each(['signing', 'archiving xml', 'archiving pdf', 'recording'])(
    'before %s is finished by another with the same number and bytes',
    async (word) => {
      const [paymentId, ...none] = await putPaidPayments(scene.table, 1);
      if (paymentId === undefined || none.length > 0) throw new Error('one payment was wanted');
      await killAt(startIssuing(scene, [paymentId], word), word);
      const [numbered] = await scene.receiptsOf(paymentId);
      if (numbered === undefined) throw new Error('nothing was numbered before the kill');
      expect([numbered.content.number, numbered.state]).toEqual([1, 'awaiting-signature']);
      const left = await bytesInArchive();

      await scene.issue([paymentId], signing);

      const receipts = await scene.receiptsOf(paymentId);
      expect(receipts).toEqual([{ ...numbered, ...signedFacts }]);
      const documents = await bytesInArchive();
      expect(documents).toEqual(await signAnew(numbered.content));
      expect(documents).toMatchObject(left);
    },
  );

  it('again and again leaves no gap, no repeat and no receipt without its document', async () => {
    const ids = await putPaidPayments(scene.table, 40);
    for (const [word, times] of [
      ['archiving xml', 3],
      ['recording', 5],
      ['archiving pdf', 9],
    ] as const) {
      await killAt(startIssuing(scene, ids.slice(0, 10 * times)), word, times);
    }

    await scene.issue(ids, signing);

    const register = await scene.register('26TAA');
    expect(register.map(({ content }) => content.number)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
    expect(new Set(register.map(({ paymentId }) => paymentId)).size).toBe(40);
    expect(await scene.archivedKeys()).toEqual(documentKeysOf(register));
  }, 60_000);
});
