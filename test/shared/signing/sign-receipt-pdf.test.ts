import { describe, expect, it } from '@jest/globals';
import { BrokenInvariant } from '#shared/domain/failures.ts';
import { type ReceiptSigner, SigningUnavailable } from '#shared/domain/signing-ports.ts';
import { roomForSignature, signReceiptPdf } from '#shared/signing/sign-receipt-pdf.ts';
import { makeAuthority, opensslIsPresent } from '#test/support/certificates.ts';
import { faultsOfPdf, pdfToolsArePresent } from '#test/support/pdf-tools.ts';
import { aReceiptContent } from '#test/support/receipt-content.ts';
import { opensslSays, pdfsigSays, signatureToolsArePresent, splitSignedPdf } from '#test/support/signature-tools.ts';
import { flipBit, makePage, makeSignedPage } from '#test/support/signed-pages.ts';

const { taxCode, name } = aReceiptContent().collector;
const withKeys = opensslIsPresent() ? describe : describe.skip;
const withTools = pdfToolsArePresent() && signatureToolsArePresent() ? it : it.skip;

withKeys('a signed page', () => {
  const root = makeAuthority();
  const { signer } = root.issueFor({ taxCode, name });

  withTools('is valid for pdfsig as a whole, with the frozen time, and names the organisation', async () => {
    const said = pdfsigSays(await makeSignedPage(signer));
    expect(said).toContain(`Signer Certificate Common Name: ${name}`);
    expect(said).toContain('Signature Type: ETSI.CAdES.detached');
    expect(said).toContain('Signing Hash Algorithm: SHA-256');
    expect(said).toMatch(/Signing Time: Nov 22 2026 0?9:15:41|Signing Time: Nov 22 2026 02:15:41/);
    expect(said).toContain('Total document signed');
    expect(said).toContain('Signature is Valid.');
  });

  withTools('is a CAdES signature for openssl down to the root, and a sound file for qpdf', async () => {
    const pdf = await makeSignedPage(signer);
    expect(opensslSays(pdf, root.rootPem)).toBe('CAdES Verification successful');
    expect(opensslSays(pdf, makeAuthority('Một CA khác').rootPem)).toMatch(
      /certificate verify error|verification failure/i,
    );
    expect(faultsOfPdf(pdf)).toBe('');
  });

  withTools('verifies with the certificates of an authority between', async () => {
    const below = root.certifyAuthority('CA cấp dưới').issueFor({ taxCode, name });
    const pdf = await makeSignedPage(below.signer);
    expect(opensslSays(pdf, root.rootPem)).toBe('CAdES Verification successful');
    expect(pdfsigSays(pdf)).toContain('Signature is Valid.');
  });

  withTools('is refused by both when a byte is altered, before the signature or behind it', async () => {
    const pdf = await makeSignedPage(signer);
    for (const at of [1_000, pdf.length - 4_000, pdf.length - 20]) {
      const altered = flipBit(pdf, at);
      expect(pdfsigSays(altered)).not.toContain('Signature is Valid.');
      expect(opensslSays(altered, root.rootPem)).toMatch(/verification failure/i);
    }
  });

  withTools('is no longer wholly signed when something is appended', async () => {
    const longer = Buffer.concat([await makeSignedPage(signer), Buffer.from('\n% thêm\n')]);
    expect(pdfsigSays(longer)).toContain('Not total document signed');
  });

  it('has the same bytes however often it is made, and no room to spare', async () => {
    const pdf = await makeSignedPage(signer);
    expect(Buffer.compare(await makeSignedPage(signer), pdf)).toBe(0);
    expect(splitSignedPdf(pdf).cms).toHaveLength(roomForSignature(signer));
    expect(roomForSignature(signer)).toBeLessThan(2_048);
  });

  it('needs more room for more certificates and longer keys', () => {
    const below = root.certifyAuthority('CA cấp dưới').issueFor({ taxCode, name });
    const longer = root.issueFor({ taxCode, name, bits: 3_072 });
    expect(roomForSignature(below.signer)).toBeGreaterThan(roomForSignature(signer) + 500);
    expect(roomForSignature(longer.signer)).toBeGreaterThan(roomForSignature(signer) + 200);
  });

  it('is not made of a page that left less room, was signed before, or has no place for it', async () => {
    const page = await makePage(signer);
    const longer = root.issueFor({ taxCode, name, bits: 3_072 });
    await expect(signReceiptPdf(page, longer.signer)).rejects.toThrow(/rendered for another signer/);
    await expect(signReceiptPdf(await signReceiptPdf(page, signer), signer)).rejects.toThrow(BrokenInvariant);
    await expect(signReceiptPdf(Buffer.from('%PDF-1.7'), signer)).rejects.toThrow(/exactly one empty place/);
    await expect(signReceiptPdf(Buffer.concat([page, page]), signer)).rejects.toThrow(/exactly one empty place/);
  });

  it('waits for a signer that cannot sign now, and leaves the page as it was', async () => {
    const page = await makePage(signer);
    const before = Uint8Array.from(page);
    const silent: ReceiptSigner = { ...signer, sign: () => Promise.reject(new SigningUnavailable('KMS is throttled')) };
    await expect(signReceiptPdf(page, silent)).rejects.toThrow(SigningUnavailable);
    expect(Buffer.compare(page, before)).toBe(0);
  });
});
