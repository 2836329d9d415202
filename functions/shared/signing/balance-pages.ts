import type { BalancePages } from '#shared/domain/balance-page-ports.ts';
import { renderProofPage } from '#shared/rendering/proof-page.ts';
import type { ReceiptFonts } from '#shared/rendering/receipt-fonts.ts';
import type { Trust } from './check-certificates.ts';
import { type PdfSignature, readPdfSignature } from './read-signed-pdf.ts';
import { faultOfSigner, repeatSignatures, SignedAnother } from './repeated-signature.ts';
import { roomForSignature, signReceiptPdf } from './sign-receipt-pdf.ts';

export interface BalancePageNeeds {
  readonly fonts: ReceiptFonts;
  /** Whom the certificates of pages that are found in the archive must lead to. */
  readonly trust: Trust;
}

/**
 * The pages of closed days, signed as receipts are (ETSI.CAdES.detached). One that is found is recognised as a receipt is:
 * drawn anew with the signature that it bears, only the page of the very same close gives the very same bytes.
 */
export function makeBalancePages({ fonts, trust }: BalancePageNeeds): BalancePages {
  const sign: BalancePages['sign'] = async (facts, { name, taxCode }, signer) => {
    const page = await renderProofPage(facts, fonts, { name, taxCode, signatureBytes: roomForSignature(signer) });
    return signReceiptPdf(page, signer);
  };
  return {
    sign,
    signingTimeOf: (page) => findSignature(page)?.signedAt,
    async faultOf(page, facts, organisation) {
      const found = findSignature(page);
      if (found === undefined) return 'they bear no signature as ours';
      const { certificates, signature } = found.cms;
      const signatures = { certificates, signatures: [signature] };
      try {
        const drawnAnew = await sign(facts, organisation, repeatSignatures(signatures));
        if (Buffer.compare(drawnAnew, page) !== 0) return otherBytes;
        return faultOfSigner(signatures, { collector: organisation, signingTime: facts.madeAt }, trust);
      } catch (error) {
        if (error instanceof SignedAnother) return otherBytes;
        return `they cannot be compared with this close: ${error instanceof Error ? error.message : 'no error'}`;
      }
    },
  };
}

const otherBytes = 'with its own signature this close gives another page';

function findSignature(page: Uint8Array): PdfSignature | undefined {
  try {
    const signature = readPdfSignature(page);
    return 'code' in signature ? undefined : signature;
  } catch {
    return undefined;
  }
}
