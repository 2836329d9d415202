import type { PrintProofPage } from '#shared/domain/proof-page.ts';
import { type SigningKeys, SigningRefused } from '#shared/domain/signing-ports.ts';
import { renderProofPage } from '#shared/rendering/proof-page.ts';
import type { ReceiptFonts } from '#shared/rendering/receipt-fonts.ts';
import { roomForSignature, signReceiptPdf } from './sign-receipt-pdf.ts';

/** Prints the page of a day's balance and signs it as receipts are signed (ETSI.CAdES.detached). */
export function makeProofPrinter(fonts: ReceiptFonts, keys: SigningKeys): PrintProofPage {
  return async (facts, organisation) => {
    if (organisation === undefined) return renderProofPage(facts, fonts);
    const { name, taxCode } = organisation;
    const signer = await keys.signerOf(taxCode, facts.madeAt);
    if (signer === undefined) throw new SigningRefused(`no key is configured for tax code ${taxCode}`);
    const page = await renderProofPage(facts, fonts, { name, taxCode, signatureBytes: roomForSignature(signer) });
    return signReceiptPdf(page, signer);
  };
}
