/** The BOM is kept as a character: no gateway sends one, and signatures cover it where one does. */
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Decodes UTF-8; says nothing for bytes that are none, where a lenient decoder would invent characters. */
export function utf8Text(bytes: Uint8Array): string | undefined {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return undefined;
  }
}
