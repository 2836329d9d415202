import * as z from 'zod';

/** Control characters and the marks that turn the writing direction: never part of a name, and able to forge a line. */
const unprintable = /[\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** One line of text for people, in Unicode NFC, without control or direction marks. */
export function lineOfText(longest: number) {
  return z
    .string()
    .trim()
    .normalize('NFC')
    .min(1, 'must not be empty')
    .max(longest, `must be at most ${longest} characters`)
    .refine((text) => !unprintable.test(text), 'must not contain control characters or direction marks');
}
