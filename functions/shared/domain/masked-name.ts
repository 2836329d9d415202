/**
 * A payer's name as the public may see it: the first letter of each word stays (`N***** V** A**`, receipt rules §2.1), so
 * that who holds the receipt knows it again and nobody else learns the name. No word is ever shown whole.
 */
export function maskName(name: string): string {
  return name
    .normalize('NFC')
    .split(/\s+/)
    .filter((word) => word !== '')
    .map(maskWord)
    .join(' ');
}

function maskWord(word: string): string {
  const [first = '', ...rest] = word;
  return first + '*'.repeat(Math.max(1, rest.length));
}
