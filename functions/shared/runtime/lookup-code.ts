import { randomInt } from 'node:crypto';
import { type LookupCode, lookupCodeSchema } from '#schemas/ids.ts';

/** The characters of `lookupCodeSchema`: 32, so that each holds five random bits. */
const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** A look-up code from the system's secure randomness: nobody finds a receipt by guessing. */
export function drawLookupCode(): LookupCode {
  const characters = Array.from({ length: 12 }, () => alphabet.charAt(randomInt(alphabet.length)));
  return lookupCodeSchema.parse(characters.join(''));
}
