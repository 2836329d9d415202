import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { instantSchema } from '#schemas/ids.ts';
import { verifyReceiptXml } from '#shared/signing/verify-receipt-xml.ts';
import { opensslIsPresent } from '#test/support/certificates.ts';
import { checkMutations } from '#test/support/mutated-receipts.ts';
import { makeSigningScene } from '#test/support/signed-receipts.ts';

const withOpenssl = opensslIsPresent() ? describe : describe.skip;
const now = instantSchema.parse('2026-11-23T01:00:00.000Z');

withOpenssl('whatever a file is', () => {
  it('is answered and never believed when it is a receipt that was changed', async () => {
    const scene = makeSigningScene();
    const original = new TextEncoder().encode(await scene.sign());
    await checkMutations(original, (bytes) => verifyReceiptXml(bytes, { trust: scene.trust, now }), 300);
    expect((await verifyReceiptXml(original, { trust: scene.trust, now })).isGenuine).toBe(true);
  });

  it('is refused when it is any bytes', async () => {
    const trust = { anchors: [], revoked: [] };
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        return !(await verifyReceiptXml(bytes, { trust, now })).isGenuine;
      }),
      { numRuns: 300 },
    );
  });
});
