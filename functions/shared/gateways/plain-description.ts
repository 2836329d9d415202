/**
 * A description in plain ASCII: Vietnamese letters lose their marks, any other character becomes a space. Banks
 * behind the gateways cut or garble what is not ASCII.
 */
export function asciiDescription(text: string, longest: number): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    .replaceAll('đ', 'd')
    .replaceAll('Đ', 'D')
    .replaceAll(/[^\x20-\x7e]+/g, ' ')
    .replaceAll(/ {2,}/g, ' ')
    .trim()
    .slice(0, longest);
}

/** The same without special characters; dots and hyphens stay, since dossier codes are made of them. */
export function bareDescription(text: string, longest: number): string {
  return asciiDescription(text.replaceAll(/[^\p{L}\p{M}\p{N} .-]/gu, ' '), longest);
}
