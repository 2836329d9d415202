import type { BusinessDate } from '#schemas/ids.ts';
import { businessDateSql, midnightSql } from '../day-sql.ts';
import { quoted, wordSql } from '../engine.ts';
import { amountSql, idIsSoundSql, meaningSql, type TextTraits, textSql, trimmedSql } from './cell-sql.ts';
import type { ReadingPlan } from './reading-plan.ts';
import { timeOfDaySql } from './time-sql.ts';

/** Rows of a file as a relation of texts, one column for each role that the file has. */
export interface RowSource {
  readonly relation: string;
  readonly roles: ReadonlySet<string>;
  /** Number of the first row's line, where one row is one line; else the relation has a column `line`. */
  readonly firstLine: number | undefined;
  readonly traits: TextTraits;
}

/** What becomes of a row, as it stands in the column `verdict`. */
export const verdicts = { taken: 0, faulty: 1, passedOver: 2, trailer: 3 } as const;

const statusWords = ['success', 'failed', 'pending', 'refund'] as const;
const kindWords = ['payment', 'refund', 'ignored'] as const;
const statusSql = (word: (typeof statusWords)[number]) => wordSql(word, statusWords);
const kindSql = (word: (typeof kindWords)[number]) => wordSql(word, kindWords);

/** The columns of a statement, of what `judgedSql` reads. One whose role a file lacks is not kept: it is NULL. */
const statementColumns: readonly { readonly name: string; readonly sql: string; readonly role?: string }[] = [
  { name: 'reference', sql: 'reference_text' },
  { name: 'transaction_id', sql: 'transaction_text' },
  { name: 'paid_at', sql: 'paid_read' },
  { name: 'business_date', sql: 'date_read' },
  { name: 'amount', sql: 'abs(signed)' },
  { name: 'kind', sql: 'kind_read' },
  { name: 'status', sql: 'status_read' },
  { name: 'bank_code', sql: 'bank_text', role: 'bankCode' },
  { name: 'account', sql: 'account_text', role: 'account' },
];

/** What a table keeps of each row, and how a view shows all columns of it. */
export function columnsOf({ roles }: RowSource, unasked: ReadonlySet<string>) {
  const isKept = ({ role }: (typeof statementColumns)[number]) =>
    role === undefined || (roles.has(role) && !unasked.has(role));
  return {
    kept: statementColumns.filter(isKept).map(({ name, sql }) => `${sql} AS ${name}`),
    shown: statementColumns.map((column) => (isKept(column) ? column.name : `CAST(NULL AS VARCHAR) AS ${column.name}`)),
  };
}

/**
 * Every row of the source with its values and its verdict. The stages lie in each other because DuckDB computes a
 * column of an inner query once, and an expression that is repeated in a CASE each time.
 * @param asked which columns of that
 */
export function judgedSql(source: RowSource, plan: ReadingPlan, day: BusinessDate, asked: readonly string[]): string {
  const trimmed = trimmedSql(source.relation, source.roles, source.traits);
  const texts = `SELECT *, ${textsOf(source, plan).join(', ')} FROM ${trimmed}`;
  const casts =
    `SELECT *, ${['amount', 'out', 'paid'].map((name) => `try_cast(${name}_text AS BIGINT) AS ${name}_cast`).join(', ')} ` +
    `FROM (${texts})`;
  const values = `SELECT *, ${valuesOf(source, plan, day).join(', ')} FROM (${casts})`;
  const kinds = `SELECT *, ${kindsOf(source, plan, day).join(', ')} FROM (${values})`;
  return `SELECT ${asked.join(', ')}, ${verdictSql(source, plan, day)} AS verdict FROM (${kinds})`;
}

function textsOf({ roles, traits }: RowSource, plan: ReadingPlan): readonly string[] {
  const text = (role: string) => (roles.has(role) ? textSql(role, plan, traits) : 'CAST(NULL AS VARCHAR)');
  const paidAt = roles.has('paidTime') ? `(${text('paidAt')} || ' ' || ${text('paidTime')})` : text('paidAt');
  return [
    `${text('reference')} AS reference_text`,
    `${text('transactionId')} AS transaction_text`,
    `${paidAt} AS paid_text`,
    `${text('amount')} AS amount_text`,
    `${text('amountOut')} AS out_text`,
    `${text('bankCode')} AS bank_text`,
    `${text('account')} AS account_text`,
    `${text('partner')} AS partner_text`,
  ];
}

function valuesOf(source: RowSource, plan: ReadingPlan, day: BusinessDate): readonly string[] {
  return [
    `${timeOfDaySql('paid_text', 'paid_cast', plan.times, day)} AS paid_read`,
    `${signedSql(source, plan)} AS signed`,
    `${plan.statuses === undefined ? statusSql('success') : meaningSql('status', plan.statuses, statusWords)} AS status_word`,
    `${plan.kinds === undefined ? kindSql('payment') : meaningSql('kind', plan.kinds, kindWords)} AS kind_word`,
  ];
}

/** What came in above 0, what went out below; NULL where both columns say something, or neither. */
function signedSql({ roles }: RowSource, { amounts }: ReadingPlan): string {
  const came = amountSql('amount_text', 'amount_cast', amounts);
  if (!roles.has('amountOut')) return came;
  const went = amountSql('out_text', 'out_cast', amounts);
  return (
    `CASE WHEN out_text IS NULL OR (${went}) = 0 THEN (${came}) ` +
    `WHEN amount_text IS NULL OR (${came}) = 0 THEN -abs(${went}) END`
  );
}

function kindsOf({ roles }: RowSource, { negativeIsRefund }: ReadingPlan, day: BusinessDate): readonly string[] {
  const isRefund = ["status_word = 'refund'"];
  if (negativeIsRefund || roles.has('amountOut')) isRefund.push('signed < 0');
  return [
    `${businessDateSql('paid_read', day)} AS date_read`,
    `CASE WHEN status_word = 'refund' THEN ${statusSql('success')} ELSE status_word END AS status_read`,
    `CASE WHEN kind_word = 'payment' AND (${isRefund.join(' OR ')}) THEN ${kindSql('refund')} ELSE kind_word END AS kind_read`,
  ];
}

function verdictSql(source: RowSource, plan: ReadingPlan, day: BusinessDate): string {
  const { roles, traits } = source;
  const sound = [
    'status_read IS NOT NULL',
    'kind_read IS NOT NULL',
    // More would not be counted exactly, and no payment comes near.
    `abs(signed) BETWEEN 1 AND ${Number.MAX_SAFE_INTEGER}`,
    "(signed > 0 OR kind_read = 'refund')",
    isOfDaySql(day, plan.edgeSeconds),
    '(transaction_text IS NOT NULL OR reference_text IS NOT NULL)',
    idIsSoundSql('reference_text', plan, traits),
    idIsSoundSql('transaction_text', plan, traits),
    ...(roles.has('excess') ? ["coalesce(excess, '') = ''"] : []),
    // A field that is not there is NULL, one that is empty is not.
    ...(roles.has('mark') ? ["mark = 'DTL'", 'bankCode IS NOT NULL'] : []),
    ...(roles.has('partner') && plan.partnerCodes !== undefined ? [partnerSql(plan.partnerCodes)] : []),
  ];
  const trailer = roles.has('mark') ? `WHEN mark = 'TRL' THEN ${verdicts.trailer} ` : '';
  const ignored = plan.kinds === undefined ? '' : `WHEN kind_read = 'ignored' THEN ${verdicts.passedOver} `;
  return (
    `CAST(CASE ${ignored}WHEN ${sound.join(' AND ')} THEN ${verdicts.taken} ${trailer}ELSE ` +
    `${verdicts.faulty} END AS UTINYINT)`
  );
}

export function isOfDaySql(day: BusinessDate, edgeSeconds: number): string {
  const midnight = midnightSql(day);
  const edge = `INTERVAL ${edgeSeconds} SECOND`;
  return `(paid_read >= ${midnight} - ${edge} AND paid_read < ${midnight} + INTERVAL 1 DAY + ${edge})`;
}

export function partnerSql(codes: readonly string[]): string {
  return `partner_text IN (${codes.map(quoted).join(', ')})`;
}
