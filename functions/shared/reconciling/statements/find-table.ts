import type { StatementColumn } from '#shared/domain/statement-layout.ts';
import { foldTitle } from './fold-text.ts';
import type { TextRow } from './row-scanner.ts';

/** The columns that a layout asks for, by what they mean to us. */
export type AskedColumns = Readonly<Record<string, StatementColumn | undefined>>;

/** Where the table begins in a file, and in which column everything stands. */
export interface FoundTable {
  readonly header: TextRow;
  /** How many rows stand before the header. */
  readonly rowsBefore: number;
  /** Role to place, counted from 0. */
  readonly places: ReadonlyMap<string, number>;
  /** Roles that the layout asks for and the header lacks. */
  readonly missing: readonly string[];
  /** Roles whose title stands over more than one column: nobody can say which of them is meant. */
  readonly doubled: readonly string[];
}

/** Titles stand below a letterhead at most so long. */
const headRows = 60;

/** What a statement can do without. */
const optionalRoles: ReadonlySet<string> = new Set(['bankCode', 'account', 'content', 'bankReference']);

/**
 * The row among the first ones that holds most of the titles.
 * @returns nothing when no row holds as much as one
 */
export function findTable(rows: readonly TextRow[], asked: AskedColumns): FoundTable | undefined {
  let best: FoundTable | undefined;
  for (const [rowsBefore, header] of rows.slice(0, headRows).entries()) {
    const titles = header.cells.map(foldTitle);
    const places = placesIn(titles, asked);
    if (places.size <= (best?.places.size ?? 0)) continue;
    best = { header, rowsBefore, places, missing: missingIn(places, asked), doubled: doubledIn(places, titles) };
  }
  return best;
}

function placesIn(titles: readonly string[], asked: AskedColumns): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  for (const [role, column] of Object.entries(asked)) {
    const spellings = column?.titles.map(foldTitle) ?? [];
    const place = spellings.map((spelling) => titles.indexOf(spelling)).find((found) => found !== -1);
    if (place !== undefined) places.set(role, place);
  }
  return places;
}

function missingIn(places: ReadonlyMap<string, number>, asked: AskedColumns): readonly string[] {
  const roles = Object.keys(asked).filter((role) => asked[role] !== undefined);
  return roles.filter((role) => !places.has(role) && !optionalRoles.has(role));
}

function doubledIn(places: ReadonlyMap<string, number>, titles: readonly string[]): readonly string[] {
  return [...places].filter(([, place]) => titles.lastIndexOf(titles[place] ?? '') !== place).map(([role]) => role);
}
