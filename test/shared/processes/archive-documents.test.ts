import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PaymentId } from '#schemas/ids.ts';
import { type ReceiptSigner, type SigningKeys, SigningUnavailable } from '#shared/domain/signing-ports.ts';
import { readRendererVersion } from '#shared/rendering/recover-content.ts';
import { readClaim } from '#shared/signing/receipt-claim.ts';
import { countRequests, injectFault } from '#test/support/faults.ts';
import { type IssuingScene, makeIssuingScene } from '#test/support/issuing-scene.ts';
import { putPaidPayments } from '#test/support/paid-record.ts';
import { makeRealSigning, type Signing } from '#test/support/real-signing.ts';

let scene: IssuingScene;
beforeAll(async () => {
  scene = await makeIssuingScene();
});
afterAll(() => scene.engine.stop());

describe('both documents of a receipt', () => {
  it('are asked to be kept once, checked and locked, the XML before its page', async () => {
    const [paymentId] = await putPaidPayments(scene.table, 1);
    if (paymentId === undefined) throw new Error('no payment');
    const requests = countRequests(scene.engine.s3);

    await scene.issue([paymentId]);

    const puts = requests.sent.filter(({ command }) => command === 'PutObjectCommand');
    expect(puts.map(({ input }) => input)).toMatchObject([
      { Key: '5709990011/EBL01/26TAA/00000001.xml', ContentType: 'application/xml' },
      { Key: '5709990011/EBL01/26TAA/00000001.pdf', ContentType: 'application/pdf' },
    ]);
    for (const { headers } of puts) {
      expect(headers).toMatchObject({
        'if-none-match': '*',
        'x-amz-checksum-sha256': expect.any(String),
        'x-amz-object-lock-mode': 'GOVERNANCE',
        'x-amz-object-lock-retain-until-date': '2026-11-24T02:15:32Z',
      });
    }
  });

  it('are never written again: issuing once more serves what is archived', async () => {
    const [paymentId] = await putPaidPayments(scene.table, 1);
    if (paymentId === undefined) throw new Error('no payment');
    await scene.issue([paymentId]);
    const [receipt] = await scene.receiptsOf(paymentId);
    const bytes = await scene.archivedBytes(receipt?.xml?.key ?? '');
    const requests = countRequests(scene.engine.s3);

    scene.setClock('2026-12-24T02:15:32.000Z');
    await scene.issue([paymentId]);

    expect(requests.of('PutObjectCommand')).toBe(0);
    expect(await scene.receiptsOf(paymentId)).toEqual([receipt]);
    expect(await scene.archivedBytes(receipt?.xml?.key ?? '')).toEqual(bytes);
  });
});

describe('the page of a receipt with the claim in its code', () => {
  let signing: Signing;
  beforeAll(() => {
    signing = makeRealSigning(scene.needs.clock);
  });

  async function onePaid(): Promise<PaymentId> {
    const [paymentId] = await putPaidPayments(scene.table, 1);
    if (paymentId === undefined) throw new Error('no payment');
    return paymentId;
  }

  /** Keys whose signer falls silent after so many signatures. */
  function silentAfter(signatures: number): SigningKeys {
    let left = signatures;
    const tire = (signer: ReceiptSigner): ReceiptSigner => ({
      ...signer,
      sign: (message) => {
        left -= 1;
        return left < 0 ? Promise.reject(new SigningUnavailable('no answer in 5 s')) : signer.sign(message);
      },
    });
    return {
      signerOf: async (...question) => {
        const signer = await signing.keys.signerOf(...question);
        return signer === undefined ? undefined : tire(signer);
      },
    };
  }

  const receiptOf = async (paymentId: PaymentId) => {
    const [receipt] = await scene.receiptsOf(paymentId);
    if (receipt === undefined) throw new Error('no receipt');
    return receipt;
  };

  function claimOf(page: Uint8Array) {
    const [, digits = ''] = /\/URI \([^)]*#(\d+)\)/.exec(Buffer.from(page).toString('latin1')) ?? [];
    return readClaim(digits)?.claim;
  }

  it.each([
    ['the claim', 1],
    ['the page', 2],
  ])(
    'waits with its number when the signer falls silent before %s, and carries the XML that was archived',
    async (_, signatures) => {
      const paymentId = await onePaid();

      const answer = (await scene.issue([paymentId], { ...signing, keys: silentAfter(signatures) })).get(paymentId);
      const waiting = await receiptOf(paymentId);
      expect(answer).toEqual({ kind: 'later', why: 'SigningUnavailable: no answer in 5 s' });
      expect(waiting).toMatchObject({ state: 'awaiting-signature' });
      expect(waiting).not.toHaveProperty('fault');

      expect((await scene.issue([paymentId], signing)).get(paymentId)).toEqual({ kind: 'done' });
      const { content, state, xml, pdf } = await receiptOf(paymentId);
      expect([content, state]).toEqual([waiting.content, 'signed']);
      expect(claimOf(await scene.archivedBytes(pdf?.key ?? ''))).toMatchObject({
        number: content.number,
        xmlSha256: xml?.sha256,
      });
    },
  );

  it('is known again in the archive by both of its signatures, when it was not recorded', async () => {
    const paymentId = await onePaid();
    const fault = injectFault(scene.table.client, { command: 'UpdateItemCommand', kind: 'never-sent', first: 1_000 });
    expect((await scene.issue([paymentId], signing)).get(paymentId)).toMatchObject({ kind: 'later' });
    fault.remove();
    const requests = countRequests(scene.engine.s3);

    expect((await scene.issue([paymentId], signing)).get(paymentId)).toEqual({ kind: 'done' });

    expect(requests.of('PutObjectCommand')).toBe(0);
    const signed = scene.logged.filter(
      ({ code, facts }) => code === 'RECEIPT_SIGNED' && facts['paymentId'] === paymentId,
    );
    expect(signed).toMatchObject([{ facts: { xml: 'adopted', pdf: 'adopted' } }]);
  });

  it('has none when the receipt was numbered by the version before, and is signed by this one', async () => {
    const paymentId = await onePaid();
    await scene.issue([paymentId], { ...signing, keys: silentAfter(0), rendererVersion: '2' });

    expect((await scene.issue([paymentId], signing)).get(paymentId)).toEqual({ kind: 'done' });

    const { content, pdf } = await receiptOf(paymentId);
    const page = await scene.archivedBytes(pdf?.key ?? '');
    expect([content.rendererVersion, readRendererVersion(page), claimOf(page)]).toEqual(['2', '2', undefined]);
    const requests = countRequests(scene.engine.s3);
    await scene.issue([paymentId], signing);
    expect(requests.of('PutObjectCommand')).toBe(0);
  });
});
