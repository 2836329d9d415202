import { describe, expect, it } from '@jest/globals';
import { instantSchema } from '#schemas/ids.ts';
import { verifyReceiptXml } from '#shared/signing/verify-receipt-xml.ts';
import { opensslIsPresent } from '#test/support/certificates.ts';
import { checkMutations } from '#test/support/mutated-receipts.ts';
import { makeSigningScene } from '#test/support/signed-receipts.ts';

const withOpenssl = opensslIsPresent() ? describe : describe.skip;
const now = instantSchema.parse('2026-11-23T01:00:00.000Z');

withOpenssl('a receipt that was changed in 20 000 ways', () => {
  it('is never believed, and the verifier answers each time without growing', async () => {
    const scene = makeSigningScene();
    const original = new TextEncoder().encode(await scene.sign());
    const verify = async (bytes: Uint8Array) => verifyReceiptXml(bytes, { trust: scene.trust, now });
    await checkMutations(original, verify, 2_000);
    const before = process.memoryUsage.rss();
    await checkMutations(original, verify, 18_000);
    expect(process.memoryUsage.rss() - before).toBeLessThan(200 * 1024 * 1024);
    expect((await verify(original)).isGenuine).toBe(true);
  }, 900_000);
});
