import { type Engine, quoted } from '../engine.ts';
import { type RowMatching, rowMatchings } from './match-rules.ts';
import { ledgerOrder, statementOrder } from './sides.ts';

/** Matches what is left by one rule after the other, into `pairing(s, l, matched_by)`: each row at most once. */
export async function matchByRules(engine: Engine): Promise<void> {
  await engine.run('CREATE OR REPLACE TEMP TABLE pairing(s BIGINT, l BIGINT, matched_by VARCHAR)');
  await engine.run(rowMatchings.map(pairingSql).join(';\n'));
}

/** Rows that are alike are numbered by time on each side, and those of the same number are a pair. */
function pairingSql({ name, keys, onlyStatement, onlyLedger }: RowMatching): string {
  const free = (side: 's' | 'l', table: string, order: string, only: string | undefined) => `
      SELECT row, ${keys.join(', ')}, row_number() OVER (PARTITION BY ${keys.join(', ')} ORDER BY ${order}) AS place
      FROM ${table} ANTI JOIN pairing ON pairing.${side} = ${table}.row
      WHERE ${[...keys.map((key) => `${key} IS NOT NULL`), ...(only === undefined ? [] : [only])].join(' AND ')}`;
  return `
    INSERT INTO pairing
      SELECT s.row, l.row, ${quoted(name)}
      FROM (${free('s', 'left_statement', statementOrder(), onlyStatement)}) s
      JOIN (${free('l', 'left_ledger', ledgerOrder, onlyLedger)}) l USING (${keys.join(', ')}, place)`;
}
