import type { GatewayTable } from '#shared/domain/statement-layout.ts';
import { quoted, wordSql } from '../engine.ts';
import { foldedSql, foldWord } from './fold-text.ts';
import type { ReadingPlan } from './reading-plan.ts';

/** What the survey of a file makes unnecessary to look for in each of its cells. */
export interface TextTraits {
  readonly isAscii: boolean;
  readonly hasControls: boolean;
  readonly hasSpaces: boolean;
  /** Whether some cell may be dressed up for a spreadsheet, `="0123"` or `'0123`, or rounded by one, `4.86E+15`. */
  readonly mayBeDressed: boolean;
}

/** Of a file that was not surveyed. */
export const anyTraits: TextTraits = { isAscii: false, hasControls: true, hasSpaces: true, mayBeDressed: true };

type CellDress = Pick<ReadingPlan, 'isDressed' | 'patterns'>;

/** Roles that hold names and ids; the others are read, and a second spelling of a word is folded away. */
const keptRoles: ReadonlySet<string> = new Set([
  'reference',
  'transactionId',
  'bankCode',
  'account',
  'partner',
  'content',
]);

/** The rows with cells freed of spaces at their ends and of second spellings, once for all that is made of them. */
export function trimmedSql(relation: string, roles: ReadonlySet<string>, { hasSpaces, isAscii }: TextTraits): string {
  if (!hasSpaces && isAscii) return relation;
  const inOneSpelling = (role: string) => (isAscii || !keptRoles.has(role) ? role : `nfc_normalize(${role})`);
  // Asking whether there is anything to trim costs a third of trimming.
  const trimmed = [...roles]
    .filter((role) => role !== 'excess')
    .map((role) => [role, inOneSpelling(role)] as const)
    .map(
      ([role, text]) =>
        `CASE WHEN starts_with(${role}, ' ') OR ends_with(${role}, ' ') THEN trim(${text}) ELSE ${text} END AS ${role}`,
    );
  return `(SELECT * REPLACE (${trimmed.join(', ')}) FROM ${relation})`;
}

/** A trimmed cell as a text: without the dress for spreadsheets, NULL where it is empty. */
export function textSql(role: string, { isDressed, patterns }: CellDress, { mayBeDressed }: TextTraits): string {
  const pattern = patterns[role];
  let text = role;
  if (isDressed && mayBeDressed) {
    text =
      `CASE WHEN starts_with(${text}, '="') THEN regexp_replace(${text}, '^="(.*)"$', '\\1') ` +
      `WHEN starts_with(${text}, '''') THEN regexp_replace(${text}, '^''([-=+@0-9])', '\\1') ELSE ${text} END`;
  }
  if (pattern !== undefined) text = `regexp_extract(${text}, ${quoted(pattern)}, 1)`;
  return `nullif(${text}, '')`;
}

/** Whether an id can be kept, shown and searched for: no formula, no hidden signs, not rounded by a spreadsheet. */
export function idIsSoundSql(text: string, { isDressed }: CellDress, traits: TextTraits): string {
  // A comparison costs a tenth of a look at the first character: digits, letters and what lies above them.
  const checks = [`strlen(${text}) <= 128`, `((${text} >= '0' AND ${text} < ':') OR ${text} >= 'A')`];
  const hasNoHidden = `NOT regexp_matches(${text}, '[\\p{C}\\p{Zl}\\p{Zp}]')`;
  if (traits.hasControls) checks.push(hasNoHidden);
  else if (!traits.isAscii) checks.push(`(strlen(${text}) = length(${text}) OR ${hasNoHidden})`);
  if (isDressed && traits.mayBeDressed) {
    checks.push(`NOT regexp_matches(${text}, '^[0-9][.,]?[0-9]*[eE][+][0-9]+$')`);
  }
  return `(${text} IS NULL OR (${checks.join(' AND ')}))`;
}

/**
 * Đồng as BIGINT with its sign; NULL for what is no whole amount in the layout's way of writing.
 * @param cast the text's `try_cast` to BIGINT, made once
 */
export function amountSql(text: string, cast: string, amounts: GatewayTable['amounts']): string {
  const { thousands, times } = amounts;
  const pattern = quoted(amountPattern(amounts));
  const digits = `regexp_replace(regexp_extract(${text}, ${pattern}, 2), '[^0-9]', '', 'g')`;
  const cases = [
    // A cast alone would round 5.5 and take 1e3; a text that the number gives back is exactly that number.
    `WHEN CAST(${cast} AS VARCHAR) = ${text} THEN ${cast}`,
    `WHEN regexp_full_match(${text}, ${pattern}) THEN try_cast(regexp_extract(${text}, ${pattern}, 1) || ` +
      `${digits} AS BIGINT)`,
  ];
  if (thousands === ',' || thousands === '.') {
    // Nearly all amounts of such a file, without the three expressions that the others take.
    const isGrouped = `regexp_full_match(${text}, '-?[0-9]{1,3}([${thousands}][0-9]{3})+')`;
    cases.splice(1, 0, `WHEN ${isGrouped} THEN try_cast(replace(${text}, '${thousands}', '') AS BIGINT)`);
  }
  const value = `CASE ${cases.join(' ')} END`;
  return times === 1 ? value : `CASE WHEN (${value}) % 100 = 0 THEN (${value}) // 100 END`;
}

const thousandsMark = { '': '', ',': ',', '.': '[.]', ' ': '[ \\x{00A0}\\x{202F}]' } as const;
const decimalsMark = { '': '[.,]', ',': '[.]', '.': ',', ' ': '[.,]' } as const;

/** First group the sign, second the digits with what stands between them. */
function amountPattern({ thousands, currency }: GatewayTable['amounts']): string {
  const signs = currency.map((sign) => sign.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).join('|');
  const sign = signs === '' ? '' : `(?:${signs})?`;
  const grouped = thousands === '' ? '' : `[0-9]{1,3}(?:${thousandsMark[thousands]}[0-9]{3})+|`;
  return `(?i)${sign} *(-?)[+]? *(${grouped}[0-9]+)(?:${decimalsMark[thousands]}0{1,2})? *${sign}`;
}

/**
 * The meaning of a word; NULL for a word that the layout does not know. Words as the layout writes them are compared as
 * they are; only what is none of them is folded.
 * @param all every meaning that there is
 */
export function meaningSql(
  role: string,
  meanings: Readonly<Record<string, readonly string[]>>,
  all: readonly string[],
): string {
  const words = Object.entries(meanings).flatMap(([meaning, spellings]) =>
    spellings.map((word) => [word, wordSql(meaning, all)] as const),
  );
  if (words.length === 0) return 'CAST(NULL AS VARCHAR)';
  const exact = words.map(([word, meaning]) => `WHEN ${quoted(word)} THEN ${meaning}`);
  const folded = new Map(words.map(([word, meaning]) => [foldWord(word), meaning]));
  const entries = [...folded].map(([word, meaning]) => `${quoted(word)}: ${meaning}`);
  return `coalesce(CASE ${role} ${exact.join(' ')} END, MAP {${entries.join(', ')}}[${foldedSql(role)}])`;
}
