import * as z from 'zod/mini';

/**
 * Control characters, line separators, lone surrogates and invisible marks, such as those that turn the writing
 * direction: no Vietnamese name has them, and they can forge a line or make two names look the same.
 */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** One line of text for people, in Unicode NFC, without control characters or invisible marks. */
export function lineOfText(longest: number) {
  return z.string().check(
    z.trim(),
    z.normalize('NFC'),
    z.minLength(1, 'must not be empty'),
    z.maxLength(longest, `must be at most ${longest} characters`),
    z.refine((text) => !unprintable.test(text), 'must not contain control characters or invisible marks'),
  );
}
