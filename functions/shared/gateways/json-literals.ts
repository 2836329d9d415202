import * as z from 'zod/mini';
import { hasRepeatedKey } from '#shared/domain/repeated-keys.ts';
import { utf8Text } from './utf8-text.ts';

/** A JSON number as it was written: ids beyond 2^53 and signed texts live by their literal digits. */
export class NumberLiteral {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** A string, or the literal digits of a number: what enters a signed text. */
export const literalTextSchema = z.union([
  z.string(),
  z.pipe(
    z.instanceof(NumberLiteral),
    z.transform((literal) => literal.text),
  ),
]);

/** The same where a message may leave the field out or say null: both count as empty. */
export const optionalTextSchema = z.pipe(
  z.nullish(literalTextSchema),
  z.transform((text) => text ?? ''),
);

export type JsonReading = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly why: string };

/**
 * Reads JSON with every number as a `NumberLiteral`, refusing repeated keys (gateway specification §0 rules 4, 6).
 * It stands on the engine's own parser. `lossless-json` would keep the literals too, but it lets a repeated key
 * pass when both values are equal, and it reads strings character by character.
 */
export function readJson(text: string): JsonReading {
  try {
    const value: unknown = JSON.parse(text, keepNumberLiteral);
    return hasRepeatedKey(text) ? { ok: false, why: 'a JSON key is repeated' } : { ok: true, value };
  } catch {
    return { ok: false, why: 'the text is not JSON, or is nested too deeply' };
  }
}

/** Reads a received body as JSON in UTF-8. */
export function readJsonBody(body: Uint8Array): JsonReading {
  const text = utf8Text(body);
  return text === undefined ? { ok: false, why: 'the body is not UTF-8' } : readJson(text);
}

function keepNumberLiteral(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  return typeof value === 'number' && context?.source !== undefined ? new NumberLiteral(context.source) : value;
}
