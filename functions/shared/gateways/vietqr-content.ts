import * as z from 'zod/mini';

/** What a VietQR code says: whom to pay, and for a dynamic code how much and what for (gateway specification §5.4). */
export const vietQrSchema = z.strictObject({
  /** The bank, by its 6 digits at NAPAS. */
  bankBin: z.string().check(z.regex(/^\d{6}$/, 'must be the 6 digits of a bank at NAPAS')),
  /** Account or card number. */
  accountNumber: z.string().check(z.regex(/^[0-9A-Za-z]{1,19}$/, 'must be 1 to 19 letters or digits')),
  target: z._default(z.enum(['account', 'card']), 'account'),
  /** Without an amount the code is static: the payer types it. */
  amountVnd: z.optional(z.int().check(z.minimum(1), z.maximum(9_999_999_999_999, 'must fit into 13 digits'))),
  /** Transfer content. Banks cut or strip what is not plain, so nothing else gets in. */
  purpose: z.optional(z.string().check(z.regex(/^[\x20-\x7e]{1,25}$/, 'must be 1 to 25 characters of ASCII'))),
});
export type VietQr = z.input<typeof vietQrSchema>;

/** NAPAS as scheme, and its two services. */
const napas = 'A000000727';
const services = { account: 'QRIBFTTA', card: 'QRIBFTTC' } as const;

/** The text to draw as a QR code: EMVCo tags with a CRC at the end. It proves no payment. */
export function encodeVietQr(code: VietQr): string {
  const { bankBin, accountNumber, target, amountVnd, purpose } = vietQrSchema.parse(code);
  const beneficiary = tag('00', bankBin) + tag('01', accountNumber);
  const content = [
    tag('00', '01'),
    tag('01', amountVnd === undefined ? '11' : '12'),
    tag('38', tag('00', napas) + tag('01', beneficiary) + tag('02', services[target])),
    tag('53', '704'),
    amountVnd === undefined ? '' : tag('54', String(amountVnd)),
    tag('58', 'VN'),
    purpose === undefined ? '' : tag('62', tag('08', purpose)),
    // The CRC covers its own tag and length too.
    '6304',
  ].join('');
  return content + crc16(content);
}

/** Tag, length in two digits, value. Every value here is ASCII, so characters are bytes. */
function tag(id: string, value: string): string {
  return id + String(value.length).padStart(2, '0') + value;
}

/** CRC-16/CCITT-FALSE: polynomial 1021, start FFFF, nothing reflected; four capital hex digits. */
function crc16(text: string): string {
  let crc = 0xffff;
  for (const byte of Buffer.from(text, 'ascii')) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) {
      crc = (crc & 0x8000) === 0 ? crc << 1 : (crc << 1) ^ 0x1021;
    }
    crc &= 0xffff;
  }
  return crc.toString(16).toUpperCase().padStart(4, '0');
}
