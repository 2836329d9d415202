/** Parses JSON; `undefined` for a text that is none, which a schema then refuses in its own words. */
export function jsonOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
