import { create } from 'qrcode';

/** A QR code as one PDF path of unit squares, y growing downwards: no image, sharp at any size. */
export interface QrPath {
  /** Squares along one side, without the quiet zone. */
  readonly size: number;
  readonly operators: string;
}

/**
 * The QR code of a text, with medium error correction (15 %). The mask is fixed: choosing the best of eight takes
 * most of the time and gains nothing for a printed code of this size.
 */
export function qrPathOf(text: string): QrPath {
  const { modules } = create(text, { errorCorrectionLevel: 'M', maskPattern: 2 });
  const { size } = modules;
  const operators: string[] = [];
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const start = column;
      while (column < size && modules.get(row, column)) column += 1;
      if (column > start) operators.push(`${start} ${row} ${column - start} 1 re`);
    }
  }
  return { size, operators: `${operators.join(' ')} f` };
}
