/**
 * Node's or the SDK's own word for what broke, such as ECONNRESET or TimeoutError; addresses and contents stay out of it.
 */
export function faultOfConnection(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error ? String(error.code) : error.name;
}
