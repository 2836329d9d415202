import type { Engine } from '../engine.ts';

/** Shorter texts are found everywhere. */
const shortestCode = 8;

/**
 * Lays money that found no row of ours beside a row of ours that found no money: the same amount, and a text of the
 * transfer that is its reference or dossier code but for spaces, dots and hyphens. It matches nothing: a person confirms
 * it. Where several rows may be meant, nothing is said.
 */
export async function addSuggestions(engine: Engine): Promise<void> {
  await engine.run(`
    UPDATE result SET suggestion = hint.reference
    FROM (
      SELECT s.statement_line, any_value(l.reference) AS reference
      FROM (
        SELECT statement_line, statement_amount AS amount, unnest(${codesSql('reference')}) AS code
        FROM result WHERE ledger_line IS NULL AND class IN ('THIEU_NOI_BO', 'TRUNG', 'SAI_TAI_KHOAN')
      ) s
      JOIN (
        SELECT row, reference, amount, unnest([${compactSql('reference')}, ${compactSql('dossier')}]) AS code
        FROM left_ledger WHERE kind = 'payment' AND row NOT IN (SELECT l FROM pairing)
      ) l USING (amount, code)
      WHERE strlen(code) >= ${shortestCode}
      GROUP BY s.statement_line HAVING count(DISTINCT l.row) = 1
    ) hint
    WHERE hint.statement_line = result.statement_line`);
}

/** The whole text and each of its words, compact. */
function codesSql(column: string): string {
  return `list_distinct([${compactSql(column)}] || list_transform(string_split(${column}, ' '), lambda word: ${compactSql('word')}))`;
}

/** Letters and digits only, as `compactOf` makes a dossier's code. */
function compactSql(text: string): string {
  return `upper(regexp_replace(${text}, '[^0-9A-Za-z]', '', 'g'))`;
}
