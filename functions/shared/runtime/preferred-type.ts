/** Whether a caller would rather have JSON than a page (RFC 9110 §12.5.1). Who does not say, is a person with a browser. */
export function prefersJson(accept: string | undefined): boolean {
  return weightOf('application/json', accept) > weightOf('text/html', accept);
}

/** The weight of the narrowest range that holds the type. */
function weightOf(type: string, accept = '*/*'): number {
  const [family = ''] = type.split('/');
  for (const range of [type, `${family}/*`, '*/*']) {
    const found = accept
      .split(',')
      .map((part) => part.trim().toLowerCase())
      .find((part) => part.split(';', 1)[0]?.trim() === range);
    if (found !== undefined) return Number(/;\s*q=([01](?:\.\d{0,3})?)/.exec(found)?.[1] ?? 1);
  }
  return 0;
}
