import { readAttemptRef } from '#shared/domain/attempt-ref.ts';

/** The text by which a transfer names an attempt. */
export function paymentCodeOf(attemptRef: string, prefix: string): string {
  return prefix + attemptRef;
}

/** The attempt reference inside a payment code, or nothing when it is none of ours. */
export function attemptRefOfCode(code: string, prefix: string): string | undefined {
  const attemptRef = code.startsWith(prefix) ? code.slice(prefix.length) : '';
  return readAttemptRef(attemptRef) === undefined ? undefined : attemptRef;
}

/**
 * The payment code of a transfer: ours, whether SePay recognised it or the payer's bank wrote other text around it or
 * changed its letter case; else what SePay recognised. Two codes of ours are none: a person must say which was meant.
 */
export function findPaymentCode(recognised: string, content: string, prefix: string): string | null {
  const [code, other] = new Set([...ourCodesIn(recognised, prefix), ...ourCodesIn(content, prefix)]);
  if (other !== undefined) return null;
  return code ?? (recognised === '' ? null : recognised);
}

function ourCodesIn(text: string, prefix: string): readonly string[] {
  return [...text.matchAll(new RegExp(`${prefix}\\d{16}(?!\\d)`, 'gi'))]
    .map(([code]) => code.toUpperCase())
    .filter((code) => attemptRefOfCode(code, prefix) !== undefined);
}
