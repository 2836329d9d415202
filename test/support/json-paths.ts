/** Steps from the root of a JSON document to one of its parts. */
export type JsonPath = readonly (string | number)[];

export function valueAt(document: unknown, [step, ...rest]: JsonPath): unknown {
  if (step === undefined) return document;
  return isObject(document) ? valueAt(Reflect.get(document, step), rest) : undefined;
}

/** A copy of the document with another value at one place. */
export function withValueAt(document: unknown, [step, ...rest]: JsonPath, value: unknown): unknown {
  if (step === undefined) return value;
  if (!isObject(document)) throw new Error(`the document has no place ${step}`);
  const inner = withValueAt(Reflect.get(document, step), rest, value);
  return Array.isArray(document)
    ? document.map((part: unknown, index) => (index === step ? inner : part))
    : { ...document, [step]: inner };
}

/** Paths to all parts of a document, itself included, for which `isWanted` holds. */
export function pathsTo(document: unknown, isWanted: (part: unknown) => boolean, path: JsonPath = []): JsonPath[] {
  const inner = stepsInto(document).flatMap((step) => pathsTo(valueAt(document, [step]), isWanted, [...path, step]));
  return isWanted(document) ? [path, ...inner] : inner;
}

export function isPlainObject(part: unknown): part is object {
  return isObject(part) && !Array.isArray(part);
}

function stepsInto(document: unknown): JsonPath {
  if (Array.isArray(document)) return document.map((_part, index) => index);
  return isObject(document) ? Object.keys(document) : [];
}

function isObject(part: unknown): part is object {
  return typeof part === 'object' && part !== null;
}
