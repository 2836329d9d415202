/** One parameter of a query string: decoded, and as it stood on the wire. */
export interface FormField {
  readonly name: string;
  readonly value: string;
  /** `name=value` without any decoding: some signatures cover exactly these characters. */
  readonly wire: string;
}

export type FormReading =
  | { readonly ok: true; readonly fields: readonly FormField[] }
  | { readonly ok: false; readonly why: string };

/**
 * Reads a raw query string as form data: `+` is a space, escapes are UTF-8. A repeated parameter is refused
 * rather than settled by first or last (gateway specification §0 rule 6); names are compared after decoding, so
 * that `vnp%5FAmount` does not pass for another one.
 */
export function readForm(rawQuery: string): FormReading {
  if (!rawQuery.isWellFormed()) return { ok: false, why: 'the query string is not Unicode text' };
  const fields = new Map<string, FormField>();
  for (const wire of rawQuery.split('&')) {
    if (wire === '') continue;
    const field = decodeField(wire);
    if (field === undefined) return { ok: false, why: 'the query string is not UTF-8 form data: broken escape' };
    if (fields.has(field.name)) return { ok: false, why: 'a query parameter is repeated' };
    fields.set(field.name, field);
  }
  return { ok: true, fields: [...fields.values()] };
}

export type FormValues =
  | { readonly ok: true; readonly value: Readonly<Record<string, string>> }
  | { readonly ok: false; readonly why: string };

/** Reads a raw query string as decoded values by name. */
export function readFormValues(rawQuery: string): FormValues {
  const form = readForm(rawQuery);
  if (!form.ok) return form;
  return { ok: true, value: Object.fromEntries(form.fields.map(({ name, value }) => [name, value])) };
}

/** What a signature over a form covers: the fields that it signs by name, without empty ones, sorted by name. */
export function selectSigned<Field extends Pick<FormField, 'name' | 'value'>>(
  fields: readonly Field[],
  isSigned: (name: string) => boolean,
): Field[] {
  return fields
    .filter(({ name, value }) => isSigned(name) && value !== '')
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** Form URL-encoding: letters, digits and `* - . _` stay, a space becomes `+`, other bytes `%XX` in capitals. */
export function encodeForm(fields: readonly Pick<FormField, 'name' | 'value'>[]): string {
  return new URLSearchParams(fields.map(({ name, value }): [string, string] => [name, value])).toString();
}

function decodeField(wire: string): FormField | undefined {
  const cut = wire.indexOf('=');
  const name = decodeText(cut === -1 ? wire : wire.slice(0, cut));
  const value = cut === -1 ? '' : decodeText(wire.slice(cut + 1));
  return name === undefined || value === undefined ? undefined : { name, value, wire };
}

function decodeText(encoded: string): string | undefined {
  try {
    return decodeURIComponent(encoded.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
