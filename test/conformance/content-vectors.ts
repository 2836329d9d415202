import { encodeVietQr, vietQrSchema } from '#shared/gateways/vietqr-content.ts';
import type { RequestVector } from './vector-schemas.ts';
import { differencesOf } from './verdict.ts';

/** VietQR is no gateway: nobody is asked and nobody calls. Its vectors say what a code must hold. */
export const contentVectorsOf = 'vietqr';

export function checkContent(vector: RequestVector): readonly string[] {
  return differencesOf(vector.expected, { content: encodeVietQr(vietQrSchema.parse(vector.input)) });
}
