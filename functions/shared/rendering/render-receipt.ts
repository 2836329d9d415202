import type { ReceiptContent } from '#schemas/receipt.ts';
import { BrokenInvariant } from '#shared/domain/failures.ts';
import { nameCharacter } from '#shared/domain/printable-text.ts';
import { qrPathOf } from './qr-path.ts';
import {
  drawFields,
  drawFooter,
  drawHeading,
  drawProof,
  drawSeparator,
  drawTable,
  proofHeight,
} from './receipt-blocks.ts';
import { findMissingGlyph, type ReceiptFonts } from './receipt-fonts.ts';
import { ReceiptSheet } from './receipt-sheet.ts';
import { type ReceiptTexts, textsOf } from './receipt-texts.ts';

/**
 * Stands in the frozen content of every receipt. Any change that moves a byte of an old receipt needs a new version,
 * and this renderer kept beside the new one.
 */
export const RENDERER_VERSION = '1';

/** The receipt names something that no repetition will print: it keeps its number and waits for a person. */
export class UnprintableReceipt extends Error {
  override readonly name = 'UnprintableReceipt';
}

/**
 * The page that a payer reads and prints: a rendering of the frozen content, with nothing of today in it. The same
 * content gives the same bytes for ever.
 * @returns a PDF of A5 pages
 * @throws UnprintableReceipt naming the character that the font lacks, and where it stands
 */
export async function renderReceipt(content: ReceiptContent, fonts: ReceiptFonts): Promise<Uint8Array> {
  if (content.rendererVersion !== RENDERER_VERSION) {
    throw new BrokenInvariant(
      `receipt ${content.series} ${content.number} was frozen for renderer ${content.rendererVersion}, and this is ` +
        `renderer ${RENDERER_VERSION}: rendering it here would give other bytes than its archived page`,
    );
  }
  refuseUnprintable(content, fonts);
  const texts = textsOf(content);
  const sheet = new ReceiptSheet(fonts, {
    title: texts.identity,
    author: content.collector.name,
    creator: `bien-lai ${RENDERER_VERSION}`,
    createdAt: new Date(content.signingTime),
  });
  drawReceipt(sheet, texts, content.lookupUrl);
  return sheet.finish((page, pages) => drawFooter(sheet, texts, page, pages));
}

function drawReceipt(sheet: ReceiptSheet, texts: ReceiptTexts, lookupUrl: string): void {
  drawHeading(sheet, texts);
  drawFields(sheet, texts.collector);
  drawSeparator(sheet);
  drawFields(sheet, texts.payer);
  drawTable(sheet, texts);
  drawFields(sheet, texts.totals);
  drawSeparator(sheet);
  drawFields(sheet, texts.payment, proofHeight);
  drawProof(sheet, texts, qrPathOf(lookupUrl));
}

/** A glyph that is silently missing would print another name than the payer's. */
function refuseUnprintable(content: ReceiptContent, fonts: ReceiptFonts): void {
  const { collector, payer, lines } = content;
  const texts: readonly (readonly [where: string, text: string | null | undefined])[] = [
    ['collector.name', collector.name],
    ['collector.address', collector.address],
    ['collector.phone', collector.phone],
    ['collector.account', collector.account],
    ['collector.bank', collector.bank],
    ['payer.name', payer.name],
    ['payer.address', payer.address],
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
