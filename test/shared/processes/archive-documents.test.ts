import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { countRequests } from '#test/support/faults.ts';
import { type IssuingScene, makeIssuingScene } from '#test/support/issuing-scene.ts';
import { putPaidPayments } from '#test/support/paid-record.ts';

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
