import type { QrPath } from './qr-path.ts';
import { drawSeparator } from './receipt-blocks.ts';
import { frame, lineHeightOf, type ReceiptSheet } from './receipt-sheet.ts';
import { hairline, separator, styles } from './receipt-styles.ts';
import type { ReceiptTexts } from './receipt-texts.ts';
import type { Box } from './signature-field.ts';

/** Side of the printed QR code: with its quiet zone about 26 mm, which any telephone reads. */
const qrSide = 66;
const gap = 10;
const signature = { x: frame.right - 138, width: 138, boxBelow: 26, padding: 4 } as const;

/** The last block as it will be drawn: long names of organisations make it higher. */
export interface ProofPlan {
  readonly stateLines: readonly string[];
  readonly boxHeight: number;
  /** With the separator before it. */
  readonly height: number;
}

export function planProof(sheet: ReceiptSheet, texts: ReceiptTexts): ProofPlan {
  const width = signature.width - 2 * signature.padding;
  const stateLines = texts.signature.state.flatMap((line) => sheet.wrap(line, styles.signed, width));
  const needed = stateLines.length * lineHeightOf(styles.signed) + 2 * signature.padding;
  const boxHeight = Math.max(qrSide - signature.boxBelow, needed);
  return { stateLines, boxHeight, height: separator.above + separator.below + 2 + signature.boxBelow + boxHeight };
}

/**
 * The way to check the receipt on the left, the collecting organisation's signature on the right; never parted.
 * @returns the box of the signature
 */
export function drawProof(sheet: ReceiptSheet, texts: ReceiptTexts, qr: QrPath, plan: ProofPlan): Box {
  drawSeparator(sheet);
  sheet.moveDown(2);
  const drawCode = () => sheet.path(qr.operators, frame.left, qrSide / qr.size);
  sheet.element('Figure', drawCode, { alt: `Mã QR: ${texts.lookup.url}` });
  drawLookup(sheet, texts);
  return drawSignature(sheet, texts, plan);
}

function drawLookup(sheet: ReceiptSheet, { lookup }: ReceiptTexts): void {
  const x = frame.left + qrSide + gap;
  const width = signature.x - gap - x;
  sheet.element('P', () => sheet.write(lookup.heading, styles.strong, { x }));
  sheet.element('P', () => sheet.write(`${lookup.code.label}: ${lookup.code.value}`, styles.value, { x, width }, 14));
  sheet.element('P', () => {
    for (const [index, line] of sheet.wrap(lookup.url, styles.small, width).entries()) {
      sheet.write(line, styles.small, { x, width }, 29 + index * lineHeightOf(styles.small));
    }
  });
}

function drawSignature(sheet: ReceiptSheet, texts: ReceiptTexts, { stateLines, boxHeight }: ProofPlan): Box {
  const { heading, note } = texts.signature;
  const centred = { x: signature.x, width: signature.width, align: 'center' } as const;
  const box = { x: signature.x, y: sheet.y + signature.boxBelow, width: signature.width, height: boxHeight };
  sheet.element('P', () => {
    sheet.write(heading, styles.strong, centred);
    sheet.write(note, styles.label, centred, 11.5);
  });
  sheet.outline(box, hairline);
  const step = lineHeightOf(styles.signed);
  const first = signature.boxBelow + (boxHeight - stateLines.length * step) / 2;
  sheet.element('P', () => {
    for (const [index, line] of stateLines.entries()) sheet.write(line, styles.signed, centred, first + index * step);
  });
  return box;
}
