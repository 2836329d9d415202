/**
 * A title as it is compared: accents, capitals, spaces and signs do not matter, since each edition of an export spells
 * its titles anew.
 */
export function foldTitle(text: string): string {
  return foldWord(text)
    .replaceAll('đ', 'd')
    .replaceAll(/[^a-z0-9#]+/g, '');
}

/** A word as it is compared with a cell that DuckDB folds by `foldedSql`. */
export function foldWord(text: string): string {
  return text.trim().toLowerCase().normalize('NFD').replaceAll(/\p{M}/gu, '');
}

export function foldedSql(expression: string): string {
  return `strip_accents(lower(trim(${expression})))`;
}
