import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { instantSchema } from '#schemas/ids.ts';
import { readSigningCertificate } from '#shared/domain/signing-certificate.ts';
import { claimReceipt, readClaim } from '#shared/signing/receipt-claim.ts';
import { verifyClaim } from '#shared/signing/verify-claim.ts';
import { type CertifiedKey, opensslIsPresent } from '#test/support/certificates.ts';
import { aReceiptContent } from '#test/support/receipt-content.ts';
import { makeSigningScene, type SigningScene } from '#test/support/signed-receipts.ts';

const withOpenssl = opensslIsPresent() ? describe : describe.skip;
const xmlSha256 = 'c0ffee00'.repeat(8);
const now = instantSchema.parse('2026-11-23T02:15:41.000Z');

const chainOf = (key: CertifiedKey) => key.certificates.map(readSigningCertificate);

/** The digits with the byte at a place changed, as whoever alters a claim must do. */
function alterByte(text: string, place: number): string {
  const [link, digits = ''] = text.split('#');
  const hex = BigInt(digits).toString(16).padStart(2, '0');
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  bytes[place] = (bytes[place] ?? 0) ^ 1;
  return `${link}#${BigInt(`0x${bytes.toString('hex')}`)}`;
}

withOpenssl('the claim in a QR code', () => {
  let scene: SigningScene;
  let text: string;
  beforeAll(async () => {
    scene = makeSigningScene();
    text = await claimReceipt(aReceiptContent(), xmlSha256, scene.organisation.signer);
  });

  const verify = (claimed: string, change: object = {}) =>
    verifyClaim(claimed, { signers: [chainOf(scene.organisation)], trust: scene.trust, now, ...change });

  it('is the look-up address, with digits in its fragment that say what the receipt says', () => {
    expect(text).toMatch(/^https:\/\/bienlai\.example\.vn\/tra-cuu\/7KQ2M9XWPD4T#[1-9]\d+$/);
    expect(readClaim(text)?.claim).toEqual({
      template: 'EBL01',
      series: '26TAA',
      number: 123,
      issuedOn: '2026-11-22',
      signedAt: '2026-11-22T02:15:41.000Z',
      taxCode: '5709990011',
      amountVnd: 28_000,
      xmlSha256,
    });
  });

  it('is the same whenever it is made', async () => {
    expect(await claimReceipt(aReceiptContent(), xmlSha256, scene.organisation.signer)).toBe(text);
  });

  it('is believed by the certificate of the organisation and its authority alone', () => {
    expect(verify(text)).toMatchObject({ kind: 'genuine', claim: { number: 123 }, signer: { taxCode: '5709990011' } });
  });

  it('is believed when a scanner gives the digits alone, or a line end after them', () => {
    expect(verify(`${text.split('#')[1]}\n`)).toMatchObject({ kind: 'genuine' });
  });

  it('can be verified by openssl from the text that it signs', () => {
    const folder = mkdtempSync(join(tmpdir(), 'bien-lai-claim-'));
    const file = (name: string, content: string | Uint8Array) => {
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    };
    const { publicKey } = new X509Certificate(scene.organisation.certificatePem);
    const signed = `bienlai-qr-1|EBL01|26TAA|123|20261122|20261122091541|5709990011|28000|${xmlSha256}`;
    const key = file('key.pem', publicKey.export({ type: 'spki', format: 'pem' }));
    const signature = file('signature', readClaim(text)?.signature ?? '');
    const said = execFileSync(
      'openssl',
      ['dgst', '-sha256', '-verify', key, '-signature', signature, file('text', signed)],
      { encoding: 'utf8' },
    );
    expect(said).toContain('Verified OK');
  });

  it('is refused wherever a bit of it was turned over', () => {
    const length = BigInt(text.split('#')[1] ?? 0).toString(16).length / 2;
    for (let place = 0; place < length; place += 1) {
      expect(verify(alterByte(text, place)).kind).toMatch(/^(false|no-certificate)$/);
    }
  });

  it.each([
    '',
    'https://bienlai.example.vn/r/7KQ2M9XWPD4T',
    '#',
    '#12345',
    `#${'9'.repeat(800)}`,
    `#${'1'.repeat(100_000)}`,
    '#0x10',
  ])('is none in %#', (other) => {
    expect(verify(other)).toMatchObject({ kind: 'false', code: 'V1' });
  });

  it('is refused with digits cut off or added', () => {
    for (const other of [text.slice(0, -1), `${text}0`, text.replace('#', '#0')]) {
      expect(verify(other).kind).not.toBe('genuine');
    }
  });

  it('is refused when another organisation made it in this one’s name', async () => {
    const impostor = scene.authority.issueFor({ taxCode: '5700000002', name: 'Kẻ khác' });
    const forged = await claimReceipt(aReceiptContent(), xmlSha256, impostor.signer);

    expect(verify(forged, { signers: [chainOf(scene.organisation), chainOf(impostor)] })).toMatchObject({
      kind: 'false',
      code: 'V5',
    });
    expect(verify(forged, { signers: [chainOf(impostor)] })).toEqual({ kind: 'no-certificate', taxCode: '5709990011' });
  });

  it('is refused by who does not believe the authority', () => {
    expect(verify(text, { trust: { anchors: [], revoked: [] } })).toMatchObject({ kind: 'false', code: 'V6' });
  });

  it('is refused when the certificate was revoked before, and cautioned about when it was after', () => {
    const { serial } = scene.organisation;
    const revokedAt = (at: string) => ({ ...scene.trust, revoked: [{ serial, revokedAt: instantSchema.parse(at) }] });

    expect(verify(text, { trust: revokedAt('2026-11-21T00:00:00.000Z') })).toMatchObject({ kind: 'false', code: 'V6' });
    expect(verify(text, { trust: revokedAt('2026-11-22T09:00:00.000Z') })).toMatchObject({
      kind: 'genuine',
      caution: expect.stringContaining('thu hồi sau'),
    });
  });

  it.each([
    ['is of tomorrow', { issuedOn: '2026-11-24', signingTime: '2026-11-24T02:15:41.000Z' }],
    ['was made after it was signed', { issuedOn: '2026-11-23' }],
    ['has a series of another year', { series: '25TAA' }],
  ])('is refused for a receipt that %s, whoever signed it', async (_, change) => {
    const claimed = await claimReceipt(aReceiptContent(change), xmlSha256, scene.organisation.signer);

    expect(verify(claimed)).toMatchObject({ kind: 'false', code: 'V8' });
  });

  it('is no signature of anything else that the key signs', async () => {
    const messages: string[] = [];
    const recording = {
      certificates: scene.organisation.certificates,
      sign: async (message: Uint8Array) => {
        messages.push(new TextDecoder('latin1').decode(message));
        return scene.organisation.signer.sign(message);
      },
    };
    await claimReceipt(aReceiptContent(), xmlSha256, recording);
    expect(messages).toEqual([expect.stringMatching(/^bienlai-qr-1\|/)]);
  });
});
