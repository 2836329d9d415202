import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { toBuffer } from 'qrcode';
import type { ReceiptContent } from '#schemas/receipt.ts';
import { type Field, type ReceiptTexts, textsOf } from '#shared/rendering/receipt-texts.ts';

/** A way to draw a receipt of A5 as a PDF. */
export interface Drawing {
  readonly name: string;
  readonly draw: (content: ReceiptContent) => Promise<Uint8Array>;
}

/** What every peer draws: the texts of the receipt and the picture of its QR code, made anew for each. */
export interface DrawnReceipt {
  readonly texts: ReceiptTexts;
  readonly sections: readonly (readonly Field[])[];
  readonly qrPng: () => Promise<Buffer>;
  readonly qrText: string;
}

export function drawnReceiptOf(content: ReceiptContent): DrawnReceipt {
  const texts = textsOf(content, { signed: true });
  const qrText = qrTextOf(content);
  return {
    texts,
    sections: [texts.collector, texts.payer],
    qrPng: () => toBuffer(qrText, { errorCorrectionLevel: 'M', margin: 0 }),
    qrText,
  };
}

/** As long as a claim of an RSA key of 2048 bits, and as irregular; what it says does not matter to who draws it. */
const claimDigits = BigInt(
  `0x${Array.from({ length: 6 }, (_, part) => createHash('sha512').update(`${part}`).digest('hex')).join('')}`,
)
  .toString()
  .slice(0, 880);

/** What the QR code of a page says. */
export function qrTextOf({ lookupUrl }: ReceiptContent): string {
  return `${lookupUrl}#${claimDigits}`;
}

const fontFile = createRequire(import.meta.url).resolve;

/** Side of the QR code on paper, in points. */
export const qrSide = 96;

/** The same fonts for all. */
export const fontFiles = {
  regular: fontFile('@expo-google-fonts/be-vietnam-pro/400Regular/BeVietnamPro_400Regular.ttf'),
  bold: fontFile('@expo-google-fonts/be-vietnam-pro/700Bold/BeVietnamPro_700Bold.ttf'),
} as const;

export const columnWidths = [22, 128, 46, 28, 62, 70] as const;
export const page = { width: 419.53, height: 595.28, margin: 32, labelWidth: 102 } as const;
