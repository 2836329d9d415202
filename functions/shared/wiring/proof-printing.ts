import type { DrawProofPage } from '#shared/domain/proof-page.ts';

/**
 * Wires the drawing of balance pages, without their signature: what answers the internet must not hold what signs
 * receipts. Fonts and what draws are loaded by the first page, since nearly every request at the desk draws none.
 * @param fontsFolder as for receipts
 */
export function wireProofDrawing(fontsFolder: string | undefined): DrawProofPage {
  let opening: Promise<DrawProofPage> | undefined;
  return async (facts) => {
    opening ??= openDrawing(fontsFolder);
    return (await opening)(facts);
  };
}

async function openDrawing(fontsFolder: string | undefined): Promise<DrawProofPage> {
  const [{ renderProofPage }, { loadReceiptFonts }] = await Promise.all([
    import('#shared/rendering/proof-page.ts'),
    import('#shared/rendering/receipt-fonts.ts'),
  ]);
  const fonts = loadReceiptFonts(fontsFolder);
  return (facts) => renderProofPage(facts, fonts);
}
