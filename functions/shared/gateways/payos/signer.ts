import { hmacHex, verifyHmacHex } from '../hex-signature.ts';
import { NumberLiteral } from '../json-literals.ts';
import type { SigningSecret } from './settings.ts';

/** The values of a message's `data` as the texts that are signed. */
export type SignedValues = Readonly<Record<string, string>>;

/**
 * Every value of `data` as its signed text (§5.1), names that payOS may add one day too. Nothing when there is no such
 * text: for a nested object, which it would not cover, and where a name or value could pass for another pair. Values
 * are signed raw, so `&reference=` inside one would let one text stand for two messages: banks let no such text
 * through, and whoever sends it is not believed.
 */
export function signedValuesOf(data: unknown): SignedValues | undefined {
  if (!isRecord(data)) return undefined;
  const values = new Map<string, string>();
  for (const [name, value] of Object.entries(data)) {
    if (value === undefined) continue;
    const text = signedTextOfValue(value);
    if (text === undefined || !/^\w+$/.test(name) || hidesPair(text)) return undefined;
    values.set(name, text);
  }
  return Object.fromEntries(values);
}

/** `name=value` pairs sorted by name, values raw and empty ones kept. */
export function signedTextOf(values: SignedValues): string {
  return sortedByName(values)
    .map(([name, text]) => `${name}=${text}`)
    .join('&');
}

export function signValues(values: SignedValues, { checksumKey }: SigningSecret): string {
  return hmacHex('sha256', checksumKey, signedTextOf(values));
}

/** The signed values of a message's `data`, or nothing when no live key signed them. */
export function verifyMessage(
  { data, signature }: { readonly data?: unknown; readonly signature: string },
  secrets: readonly SigningSecret[],
): SignedValues | undefined {
  const values = signedValuesOf(data);
  if (values === undefined) return undefined;
  const text = signedTextOf(values);
  const isSigned = secrets.some(({ checksumKey }) => verifyHmacHex('sha256', checksumKey, text, signature));
  return isSigned ? values : undefined;
}

/** A genuine message, as payOS calls it back and answers: what a simulator and tests need. */
export function signMessage(data: Readonly<Record<string, unknown>>, secret: SigningSecret): string {
  const values = signedValuesOf(data);
  if (values === undefined)
    throw new TypeError('payOS signs neither nested objects nor texts that read as another value');
  return JSON.stringify({ code: '00', desc: 'success', success: true, data, signature: signValues(values, secret) });
}

/** Whether a value reads as two; the address of a page, in the answer to create, has parameters of its own. */
function hidesPair(text: string): boolean {
  return /&\w+=/.test(text) && !text.startsWith('https://');
}

function signedTextOfValue(value: unknown): string | undefined {
  if (value === null || value === 'null' || value === 'undefined') return '';
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? jsonOfList(value) : jsonOfScalar(value);
}

/** Arrays enter as JSON of objects whose names are sorted; payOS has none of greater depth. */
function jsonOfList(elements: readonly unknown[]): string | undefined {
  const texts = elements.map((element) => (isRecord(element) ? jsonOfRecord(element) : jsonOfScalar(element)));
  return texts.includes(undefined) ? undefined : `[${texts.join(',')}]`;
}

function jsonOfRecord(record: Readonly<Record<string, unknown>>): string | undefined {
  const texts = sortedByName(record).map(([name, value]) => [JSON.stringify(name), jsonOfScalar(value)] as const);
  return texts.some(([, text]) => text === undefined)
    ? undefined
    : `{${texts.map(([name, text]) => `${name}:${text}`).join(',')}}`;
}

function jsonOfScalar(value: unknown): string | undefined {
  if (value instanceof NumberLiteral) return value.text;
  return typeof value === 'object' && value !== null ? undefined : JSON.stringify(value);
}

function sortedByName<Value>(record: Readonly<Record<string, Value>>): [string, Value][] {
  return Object.entries(record).toSorted(([one], [other]) => (one < other ? -1 : 1));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof NumberLiteral);
}
