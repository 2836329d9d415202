import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import type { ReceiptVerdict } from '#shared/signing/verify-receipt-xml.ts';

/** One change of a file by somebody who means harm, or by a broken disk. */
type Mutation = (bytes: Uint8Array) => Uint8Array;

const marks =
  '< > & " - 0 9 &#x0; &lt; \u0000 \u202e xmlns="urn:x" <?x?> <!-- --> Id="data" <![CDATA[ <!DOCTYPE>'.split(' ');
const textBytes = (text: string) => new TextEncoder().encode(text);
const piece = fc.oneof(fc.uint8Array({ minLength: 1, maxLength: 8 }), fc.constantFrom(...marks).map(textBytes));

/** Share of the file, evenly spread: fast-check's own bias would crowd at its beginning. */
const share = fc.noBias(fc.integer({ min: 0, max: 999_999 })).map((millionth) => millionth / 1_000_000);

function splice(bytes: Uint8Array, from: number, removed: number, inserted: Uint8Array): Uint8Array {
  const at = Math.floor(from * bytes.length);
  return Buffer.concat([bytes.subarray(0, at), inserted, bytes.subarray(at + removed)]);
}

const inserted = fc.tuple(share, piece).map(
  ([at, some]): Mutation =>
    (bytes) =>
      splice(bytes, at, 0, some),
);
const overwritten = fc.tuple(share, piece).map(
  ([at, some]): Mutation =>
    (bytes) =>
      splice(bytes, at, some.length, some),
);
const removed = fc.tuple(share, fc.integer({ min: 1, max: 400 })).map(
  ([at, length]): Mutation =>
    (bytes) =>
      splice(bytes, at, length, new Uint8Array()),
);
const copied = fc.tuple(share, share, fc.integer({ min: 1, max: 2_000 })).map(
  ([from, to, length]): Mutation =>
    (bytes) => {
      const start = Math.floor(from * bytes.length);
      return splice(bytes, to, 0, bytes.slice(start, start + length));
    },
);
const cutOff = share.map(
  (at): Mutation =>
    (bytes) =>
      bytes.slice(0, Math.floor(at * bytes.length)),
);

/** What a forger does: the file stays well-formed, and one letter or digit is another. */
const rewritten = fc.tuple(share, fc.constantFrom('0', '1', '9', 'A', 'a', 'x')).map(
  ([at, letter]): Mutation =>
    (bytes) => {
      const from = Math.floor(at * bytes.length);
      const index = bytes.findIndex((byte, each) => each >= from && /[0-9A-Za-z]/.test(String.fromCodePoint(byte)));
      return index < 0 ? bytes : bytes.with(index, letter.charCodeAt(0));
    },
);

/** Or the texts of two elements change places. */
const exchanged = fc.tuple(share, share).map(
  ([one, other]): Mutation =>
    (bytes) => {
      const parts = new TextDecoder().decode(bytes).split(/(?<=>)([^<]+)(?=<)/);
      const indexOf = (part: number) => 2 * Math.floor((part * (parts.length - 1)) / 2) + 1;
      const [first, second] = [indexOf(one), indexOf(other)];
      return textBytes(
        parts
          .with(first, parts[second] ?? '')
          .with(second, parts[first] ?? '')
          .join(''),
      );
    },
);

/** Up to three changes, one after the other. */
const mutations: fc.Arbitrary<Mutation> = fc
  .oneof(
    fc.array(fc.oneof(inserted, overwritten, removed, copied, cutOff), { minLength: 1, maxLength: 2 }),
    fc.array(fc.oneof(rewritten, exchanged), { minLength: 1, maxLength: 3 }),
  )
  .map((each) => (bytes) => each.reduce((soFar, mutate) => mutate(soFar), bytes));

/**
 * Changes a receipt in so many ways; no change may make the verifier throw, or make it believe other facts.
 * The address of the look-up page stands outside the signed part, so it may change and is no fact.
 */
export async function checkMutations(
  original: Uint8Array,
  verify: (bytes: Uint8Array) => Promise<ReceiptVerdict>,
  runs: number,
): Promise<void> {
  const { facts } = await verify(original);
  await fc.assert(
    fc.asyncProperty(mutations, async (mutate) => {
      const verdict = await verify(mutate(original));
      if (!verdict.isGenuine)
        return verdict.facts === undefined && verdict.checks.some(({ outcome }) => outcome === 'failed');
      return isDeepStrictEqual({ ...verdict.facts, lookupUrl: '' }, { ...facts, lookupUrl: '' });
    }),
    { numRuns: runs },
  );
}
