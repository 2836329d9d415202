import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { instantSchema, type PaymentId } from '#schemas/ids.ts';
import { readSigningCertificate } from '#shared/domain/signing-certificate.ts';
import { verifyReceiptFile } from '#shared/signing/verify-receipt-file.ts';
import { setHandlerEnvironment } from '#test/support/handler-environment.ts';
import { releaseHostClock, stopHostClock } from '#test/support/host-clock.ts';
import { type IssuingScene, makeIssuingScene } from '#test/support/issuing-scene.ts';
import { putPaidPayments } from '#test/support/paid-record.ts';
import { opensslSays, pdfsigSays, signatureToolsArePresent } from '#test/support/signature-tools.ts';
import { readSigningFiles } from '#test/support/signing-files.ts';
import { xmlsecAccepts, xmlsecIsPresent } from '#test/support/xml-tools.ts';

/** What the stream says when a payment goes from one state to another. */
function changed(paymentId: PaymentId, before: string, after: string): DynamoDBStreamEvent['Records'][number] {
  const image = (state: string) => ({ entity: { S: 'payment' }, paymentId: { S: paymentId }, state: { S: state } });
  return {
    eventName: 'MODIFY',
    dynamodb: { SequenceNumber: `1${paymentId}`, OldImage: image(before), NewImage: image(after) },
  };
}

const rootPem = readFileSync(readSigningFiles().SIGNING_TRUST_ANCHORS_FILE, 'utf8');
const trust = { anchors: [readSigningCertificate(rootPem)], revoked: [] };
const now = instantSchema.parse('2026-11-23T02:15:32.000Z');

describe('the function that issues receipts', () => {
  let scene: IssuingScene;
  let handler: (event: DynamoDBStreamEvent) => Promise<unknown>;

  beforeAll(async () => {
    stopHostClock(now);
    scene = await makeIssuingScene();
    setHandlerEnvironment(scene);
    ({ handler } = await import('#functions/issue-receipt/handler.ts'));
  });
  afterAll(async () => {
    releaseHostClock();
    await scene.engine.stop();
  });

  it('makes a signed receipt of every payment that was paid, and of no other change', async () => {
    const [first, second, unchanged] = await putPaidPayments(scene.table, 3);
    if (first === undefined || second === undefined || unchanged === undefined) throw new Error('three were wanted');

    const answer = await handler({
      Records: [changed(first, 'open', 'paid'), changed(unchanged, 'paid', 'paid'), changed(second, 'expired', 'paid')],
    });

    expect(answer).toEqual({ batchItemFailures: [] });
    const register = await scene.register('26TAA');
    expect(register.map(({ paymentId }) => paymentId)).toEqual([first, second]);
    for (const { content, state, xml, pdf } of register) {
      expect(content.lookupUrl).toBe(`https://edge.example.vn/r/${content.lookupCode}`);
      expect(state).toBe('signed');
      const lookUp = () => Promise.resolve({ sha256: xml?.sha256, state });
      for (const document of [xml, pdf]) {
        const bytes = await scene.archivedBytes(document?.key ?? '');
        const { checks } = await verifyReceiptFile(bytes, { trust, now, lookUp });
        expect(checks.filter(({ outcome }) => outcome !== 'passed')).toEqual([]);
      }
    }
  });

  it('makes receipts that other readers accept', async () => {
    const [paymentId] = await putPaidPayments(scene.table, 1);
    if (paymentId === undefined) throw new Error('one was wanted');
    await handler({ Records: [changed(paymentId, 'open', 'paid')] });
    const [receipt] = await scene.receiptsOf(paymentId);
    const [xml, pdf] = await Promise.all(
      [receipt?.xml, receipt?.pdf].map((document) => scene.archivedBytes(document?.key ?? '')),
    );
    if (xml === undefined || pdf === undefined) throw new Error('no documents');

    if (xmlsecIsPresent()) expect(xmlsecAccepts(xml, rootPem)).toBe(true);
    if (signatureToolsArePresent()) {
      expect(pdfsigSays(pdf)).toContain('Signature is Valid');
      expect(opensslSays(pdf, rootPem)).toBe('CAdES Verification successful');
    }
  });

  it('answers a record whose receipt could not be issued as failed', async () => {
    const [paymentId] = await putPaidPayments(scene.table, 1);
    if (paymentId === undefined) throw new Error('one was wanted');
    jest.setSystemTime(Date.parse('2026-11-22T02:15:32.000Z'));

    expect(await handler({ Records: [changed(paymentId, 'open', 'paid')] })).toEqual({
      batchItemFailures: [{ itemIdentifier: `1${paymentId}` }],
    });
  });
});
