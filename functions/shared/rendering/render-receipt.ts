import type { ReceiptContent } from '#schemas/receipt.ts';
import { nameCharacter } from '#shared/domain/printable-text.ts';
import { drawFields, drawFooter, drawHeading, drawSeparator, drawTable } from './receipt-blocks.ts';
import { findMissingGlyph, type ReceiptFonts } from './receipt-fonts.ts';
import { drawProof, planProof } from './receipt-proof.ts';
import { ReceiptSheet } from './receipt-sheet.ts';
import { type ReceiptTexts, textsOf } from './receipt-texts.ts';
import { type Edition, editionOf } from './renderer-editions.ts';
import type { Box } from './signature-field.ts';

/** The receipt names something that no repetition will print: it keeps its number and waits for a person. */
export class UnprintableReceipt extends Error {
  override readonly name = 'UnprintableReceipt';
}

/** What makes a page a signed one: it carries the original and a hole for its own signature. */
export interface PageSealing {
  /** The receipt's XML with its signature, the original that the page renders. */
  readonly signedXml: Uint8Array;
  /** Room for the page's signature: `roomForSignature` of the signer. */
  readonly signatureBytes: number;
  /** What the QR code says: `claimReceipt` over this XML, or the look-up address where the edition prints no claim. */
  readonly qrText: string;
}

/**
 * The page that a payer reads and prints: a rendering of the frozen content, with nothing of today in it. The same
 * content and sealing give the same bytes for ever.
 * @param sealing what the page is signed with; without it the page says that it is not signed, and its QR code is the look-up
 *   address alone
 * @returns a PDF/A-3b of A5 pages, to be signed by `signReceiptPdf`
 * @throws UnprintableReceipt naming the character that the font lacks, and where it stands
 */
export async function renderReceipt(
  content: ReceiptContent,
  fonts: ReceiptFonts,
  sealing?: PageSealing,
): Promise<Uint8Array> {
  const edition = editionOf(content);
  refuseUnprintable(content, fonts);
  const texts = textsOf(content, { signed: sealing !== undefined });
  const signedAt = new Date(content.signingTime);
  const sheet = new ReceiptSheet(fonts, {
    title: texts.identity,
    author: content.collector.name,
    creator: `bien-lai ${content.rendererVersion}`,
    createdAt: signedAt,
  });
  const signatureBox = drawReceipt(sheet, texts, sealing?.qrText ?? content.lookupUrl, edition);
  if (sealing !== undefined) {
    sheet.signatureField(signatureBox, { name: content.collector.name, signedAt, bytes: sealing.signatureBytes });
    sheet.attach(sealing.signedXml, originalName);
  }
  return sheet.finish((page, pages) => drawFooter(sheet, texts, page, pages));
}

/** Under this name the original lies in the page's file. */
export const originalName = 'bien-lai.xml';

/** @returns where the signature stands */
function drawReceipt(sheet: ReceiptSheet, texts: ReceiptTexts, qrText: string, { proof }: Edition): Box {
  drawHeading(sheet, texts);
  if (texts.replacement.length > 0) {
    drawFields(sheet, texts.replacement);
    drawSeparator(sheet);
  }
  drawFields(sheet, texts.collector);
  drawSeparator(sheet);
  drawFields(sheet, texts.payer);
  drawTable(sheet, texts);
  drawFields(sheet, texts.totals);
  drawSeparator(sheet);
  const plan = planProof(sheet, texts, proof);
  drawFields(sheet, texts.payment, plan.height);
  return drawProof(sheet, texts, qrText, plan);
}

/** A glyph that is silently missing would print another name than the payer's. */
function refuseUnprintable(content: ReceiptContent, fonts: ReceiptFonts): void {
  const { collector, payer, lines } = content;
  const texts: readonly (readonly [where: string, text: string | null | undefined])[] = [
    ['collector.delegator.name', collector.delegator?.name],
    ['collector.name', collector.name],
    ['collector.address', collector.address],
    ['collector.phone', collector.phone],
    ['collector.account', collector.account],
    ['collector.bank', collector.bank],
    ['payer.name', payer.name],
    ['payer.address', payer.address],
    ['replaces.reason', content.replaces?.reason],
    ['totalInWords', content.totalInWords],
    ['gateway', content.gateway],
    ['transactionId', content.transactionId],
    ...lines.flatMap(({ name, unit }, index) => [
      [`lines[${index}].name`, name] as const,
      [`lines[${index}].unit`, unit] as const,
    ]),
  ];
  for (const [where, text] of texts) {
    const missing = findMissingGlyph(fonts.regular, text ?? '') ?? findMissingGlyph(fonts.bold, text ?? '');
    if (missing !== undefined) {
      throw new UnprintableReceipt(
        `receipt ${content.series} ${content.number} cannot be printed: the font has no glyph for ${nameCharacter(missing)} ` +
          `in ${where}. A person must correct that text by a replacement receipt.`,
      );
    }
  }
}
