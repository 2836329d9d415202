import { qrPathOf } from './qr-path.ts';
import { drawSeparator } from './receipt-blocks.ts';
import { frame, lineHeightOf, type ReceiptSheet } from './receipt-sheet.ts';
import { hairline, separator, styles } from './receipt-styles.ts';
import type { ReceiptTexts } from './receipt-texts.ts';
import type { ProofLayout } from './renderer-editions.ts';
import type { Box } from './signature-field.ts';

const gap = 10;
const signature = { x: frame.right - 138, width: 138, boxBelow: 26, padding: 4 } as const;
/** Below the heading. */
const lookupBelow = { code: 14, nextLine: 11.5, url: 15 } as const;

/** The last block as it will be drawn: long names of organisations and long addresses make it higher. */
export interface ProofPlan {
  readonly layout: ProofLayout;
  readonly codeLines: readonly string[];
  readonly urlLines: readonly string[];
  readonly stateLines: readonly string[];
  readonly boxHeight: number;
  /** With the separator before it. */
  readonly height: number;
}

export function planProof(
  sheet: ReceiptSheet,
  { lookup, signature: texts }: ReceiptTexts,
  layout: ProofLayout,
): ProofPlan {
  const width = signature.width - 2 * signature.padding;
  const stateLines = texts.state.flatMap((line) => sheet.wrap(line, styles.signed, width));
  const needed = stateLines.length * lineHeightOf(styles.signed) + 2 * signature.padding;
  const { label, value } = lookup.code;
  const codeLines = layout.isNarrow ? [`${label}: `, value] : [`${label}: ${value}`];
  const urlLines = sheet.wrap(lookup.url, styles.small, lookupColumnOf(layout).width);
  const lookupHeight = urlBelowOf(codeLines) + urlLines.length * lineHeightOf(styles.small);
  const atLeast = layout.isNarrow ? Math.max(layout.qrSide, lookupHeight) : layout.qrSide;
  const boxHeight = Math.max(atLeast - signature.boxBelow, needed);
  const height = separator.above + separator.below + 2 + signature.boxBelow + boxHeight;
  return { layout, codeLines, urlLines, stateLines, boxHeight, height };
}

/**
 * The way to check the receipt on the left, the collecting organisation's signature on the right; never parted.
 * @returns the box of the signature
 */
export function drawProof(sheet: ReceiptSheet, texts: ReceiptTexts, qrText: string, plan: ProofPlan): Box {
  drawSeparator(sheet);
  sheet.moveDown(2);
  drawCode(sheet, texts, qrText, plan.layout);
  drawLookup(sheet, texts, plan);
  return drawSignature(sheet, texts, plan);
}

function drawCode(
  sheet: ReceiptSheet,
  { lookup }: ReceiptTexts,
  qrText: string,
  { qrSide, isLink }: ProofLayout,
): void {
  const qr = qrPathOf(qrText);
  const alt = `Mã QR: ${lookup.url}`;
  const draw = () => {
    sheet.element('Figure', () => sheet.path(qr.operators, frame.left, qrSide / qr.size), { alt });
  };
  if (!isLink) {
    draw();
    return;
  }
  sheet.group('Link', () => {
    draw();
    sheet.link({ x: frame.left, y: sheet.y, width: qrSide, height: qrSide }, qrText, alt);
  });
}

/** Between the QR code and the signature. */
function lookupColumnOf({ qrSide }: ProofLayout) {
  const x = frame.left + qrSide + gap;
  return { x, width: signature.x - gap - x };
}

function urlBelowOf(codeLines: readonly string[]): number {
  return lookupBelow.code + (codeLines.length - 1) * lookupBelow.nextLine + lookupBelow.url;
}

function drawLookup(sheet: ReceiptSheet, { lookup }: ReceiptTexts, { layout, codeLines, urlLines }: ProofPlan): void {
  const column = lookupColumnOf(layout);
  sheet.element('P', () => sheet.write(lookup.heading, styles.strong, { x: column.x }));
  sheet.element('P', () => {
    for (const [index, line] of codeLines.entries()) {
      sheet.write(line, styles.value, column, lookupBelow.code + index * lookupBelow.nextLine);
    }
  });
  const first = urlBelowOf(codeLines);
  sheet.element('P', () => {
    for (const [index, line] of urlLines.entries()) {
      sheet.write(line, styles.small, column, first + index * lineHeightOf(styles.small));
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
