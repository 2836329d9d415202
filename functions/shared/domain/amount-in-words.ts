import { doReadNumber, ReadingConfig } from 'read-vietnamese-number';

/** The largest amount that the reading was compared on with other readers. */
const largestReadable = 999_999_999_999_999;

// Northern forms, as used in Quảng Ninh: linh (not lẻ), nghìn (not ngàn), tỷ.
const reading = new ReadingConfig();
reading.unit = ['đồng'];
reading.oddText = 'linh';
reading.units = [[], ['nghìn'], ['triệu'], ['tỷ']];

/**
 * An amount in Vietnamese words, as a receipt must print it (NĐ 254/2026 art. 23 đ): `28000` gives
 * `Hai mươi tám nghìn đồng`, in Unicode NFC.
 * @param options.even adds `chẵn` to whole thousands above 0
 * @throws RangeError when the amount is not a whole number from 0 to 999 999 999 999 999
 */
export function amountInWords(amountVnd: number, options: { readonly even?: boolean } = {}): string {
  if (!Number.isSafeInteger(amountVnd) || amountVnd < 0 || amountVnd > largestReadable) {
    throw new RangeError(
      `cannot read ${amountVnd} đồng in words: an amount is a whole number from 0 to ${largestReadable}; ` +
        'was it divided, or summed beyond its range?',
    );
  }
  const words = doReadNumber(BigInt(amountVnd), reading).normalize('NFC');
  const ending = options.even && amountVnd > 0 && amountVnd % 1_000 === 0 ? ' chẵn' : '';
  return words.charAt(0).toUpperCase() + words.slice(1) + ending;
}
