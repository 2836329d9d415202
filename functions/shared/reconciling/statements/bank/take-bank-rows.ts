import * as z from 'zod/mini';
import type { BusinessDate } from '#schemas/ids.ts';
import type { StatementFault } from '#shared/domain/statement.ts';
import type { BankTable } from '#shared/domain/statement-layout.ts';
import { formatDay } from '#shared/domain/vietnamese-format.ts';
import { movedSql, vietnamMinutes } from '../../day-sql.ts';
import { type Engine, quoted } from '../../engine.ts';
import { amountFault, dateFault, excessFault } from '../cell-faults.ts';
import { amountSql, textSql, trimmedSql } from '../cell-sql.ts';
import { FaultList, listedFaults, shown } from '../fault-list.ts';
import { foldWord } from '../fold-text.ts';
import type { Titles } from '../row-faults.ts';
import type { RowSource } from '../statement-sql.ts';
import { timeSql } from '../time-sql.ts';

export interface BankTaking {
  readonly source: RowSource;
  readonly plan: Pick<BankTable, 'amounts' | 'times' | 'summaryWords'>;
  readonly titles: Titles;
  readonly firstDay: BusinessDate;
  readonly lastDay: BusinessDate;
  /** Any account where none is named. */
  readonly accounts: readonly string[];
}

export interface BankSummary {
  readonly rows: number;
  /** What came in. */
  readonly creditedVnd: number;
  /** What went out, above 0. */
  readonly debitedVnd: number;
}

const totalsSchema = z.object({ rows: z.int(), creditedVnd: z.int(), debitedVnd: z.int() });

/** Reads bookings into the relation `bank`, which is right only when no fault was found. */
export async function takeBankRows(
  engine: Engine,
  taking: BankTaking,
): Promise<{ readonly summary: BankSummary; readonly faults: FaultList }> {
  await engine.run(`CREATE OR REPLACE TABLE bank_rows AS ${judgedSql(taking)}`);
  await engine.run(
    'CREATE OR REPLACE VIEW bank AS SELECT line, booked_on, signed AS amount, account, content, bank_reference ' +
      'FROM bank_rows WHERE is_taken',
  );
  const faults = new FaultList();
  await addFaultyRows(engine, taking, faults);
  await addRepeats(engine, faults);
  const summary = await engine.row(
    totalsSchema,
    `SELECT count(*) AS rows, CAST(coalesce(sum(amount) FILTER (amount > 0), 0) AS BIGINT) AS "creditedVnd",
      CAST(coalesce(-sum(amount) FILTER (amount < 0), 0) AS BIGINT) AS "debitedVnd" FROM bank`,
  );
  return { summary, faults };
}

function judgedSql({ source, plan, firstDay, lastDay, accounts }: BankTaking): string {
  const { relation, roles, traits, firstLine } = source;
  const dress = { isDressed: true, patterns: {} };
  const text = (role: string) => (roles.has(role) ? textSql(role, dress, traits) : 'CAST(NULL AS VARCHAR)');
  const line = firstLine === undefined ? 'line' : `row_number() OVER () - 1 + ${firstLine} AS line`;
  const content = `regexp_replace(${text('content')}, '[\\p{Cc}\\p{Co}]+', ' ', 'g')`;
  const texts = [
    line,
    'lead',
    `${text('bookedOn')} AS booked_text`,
    `${text('amount')} AS amount_text`,
    `${text('amountOut')} AS out_text`,
    `${text('account')} AS account`,
    `${content} AS content`,
    `${text('bankReference')} AS bank_reference`,
    `${roles.has('excess') ? "nullif(excess, '')" : 'NULL'} AS excess`,
  ];
  const casts =
    'SELECT *, try_cast(amount_text AS BIGINT) AS amount_cast, try_cast(out_text AS BIGINT) AS out_cast ' +
    `FROM (SELECT ${texts.join(', ')} FROM ${trimmedSql(relation, roles, traits)})`;
  const came = amountSql('amount_text', 'amount_cast', plan.amounts);
  const went = amountSql('out_text', 'out_cast', plan.amounts);
  const signed = roles.has('amountOut')
    ? `CASE WHEN out_text IS NULL OR (${went}) = 0 THEN (${came}) WHEN amount_text IS NULL OR (${came}) = 0 ` +
      `THEN -abs(${went}) END`
    : came;
  const values =
    `SELECT *, CAST(${movedSql(timeSql('booked_text', plan.times), vietnamMinutes)} AS DATE) AS booked_on, ` +
    `${signed} AS signed FROM (${casts})`;
  const isOurs = accounts.length === 0 ? 'true' : `coalesce(account IN (${accounts.map(quoted).join(', ')}), true)`;
  const isOfDays = `booked_on BETWEEN DATE ${quoted(firstDay)} AND DATE ${quoted(lastDay)}`;
  const sound = `abs(signed) BETWEEN 1 AND ${Number.MAX_SAFE_INTEGER} AND ${isOfDays} AND excess IS NULL AND ${isOurs}`;
  const flags = `${isOurs} AS is_ours, coalesce(${isOfDays}, false) AS is_of_days, coalesce(${sound}, false) AS is_taken`;
  return `SELECT *, ${flags} FROM (${values})`;
}

const textSchema = z.nullable(z.string());
const faultySchema = z.object({
  line: z.int(),
  lead: textSchema,
  booked: textSchema,
  bookedOn: textSchema,
  amount: textSchema,
  amountOut: textSchema,
  signed: textSchema,
  account: textSchema,
  excess: textSchema,
  isOurs: z.boolean(),
  isOfDays: z.boolean(),
  total: z.int(),
});

async function addFaultyRows(
  engine: Engine,
  { plan, titles, firstDay, lastDay }: BankTaking,
  faults: FaultList,
): Promise<void> {
  const rows = await engine.rows(
    faultySchema,
    `SELECT line, lead, booked_text AS booked, strftime(booked_on, '%d/%m/%Y') AS "bookedOn", amount_text AS amount,
      out_text AS "amountOut", CAST(signed AS VARCHAR) AS signed, account,
      CAST(excess AS VARCHAR) AS excess, is_ours AS "isOurs",
      is_of_days AS "isOfDays", count(*) OVER () AS total FROM bank_rows WHERE NOT is_taken ORDER BY line LIMIT ${listedFaults}`,
  );
  const days =
    firstDay === lastDay ? `ngày ${formatDay(firstDay)}` : `các ngày ${formatDay(firstDay)} đến ${formatDay(lastDay)}`;
  for (const row of rows) {
    const lead = foldWord(row.lead ?? '');
    if (lead === '' || plan.summaryWords.some((word) => lead.startsWith(foldWord(word)))) continue;
    for (const [role, fault] of faultsOfBooking(row, days)) {
      const column = titles.get(role);
      faults.add(column === undefined ? { line: row.line, ...fault } : { line: row.line, column, ...fault });
    }
  }
  faults.addUnlisted((rows[0]?.total ?? 0) - rows.length);
}

type RoleFault = readonly [role: string, fault: Pick<StatementFault, 'code' | 'says'>];

function faultsOfBooking(row: z.infer<typeof faultySchema>, days: string): readonly RoleFault[] {
  const found: RoleFault[] = [];
  if (row.excess !== null) return [['excess', excessFault(row.excess)]];
  if (row.bookedOn === null) found.push(['bookedOn', dateFault(row.booked)]);
  else if (!row.isOfDays) {
    found.push([
      'bookedOn',
      { code: 'wrong-day', says: `Bút toán ngày ${row.bookedOn} không thuộc ${days}. Hãy xin sao kê đúng ngày.` },
    ]);
  }
  const amount = amountFault({ ...row, mayBeNegative: true });
  if (amount !== undefined) found.push(['amount', amount]);
  if (!row.isOurs) {
    found.push([
      'account',
      {
        code: 'other-partner',
        says: `Tài khoản ${shown(row.account)} không phải tài khoản thu đang đối chiếu. Hãy chọn đúng sao kê.`,
      },
    ]);
  }
  return found;
}

/** Banks number their bookings; one number twice is one booking told twice. */
async function addRepeats(engine: Engine, faults: FaultList): Promise<void> {
  const repeats = await engine.rows(
    z.object({ line: z.int(), first: z.int(), id: z.string() }),
    `SELECT line, "first", bank_reference AS id FROM (SELECT line, bank_reference,
       min(line) OVER (PARTITION BY bank_reference, booked_on, amount, account, content) AS "first"
       FROM bank WHERE bank_reference IS NOT NULL)
     WHERE line > "first" ORDER BY line LIMIT ${listedFaults}`,
  );
  for (const { line, first, id } of repeats) {
    faults.add({
      line,
      code: 'repeated-row',
      says: `Bút toán ${shown(id)} đã có ở dòng ${first}. Tệp bị nối hai lần? Hãy xin ngân hàng xuất lại tệp.`,
    });
  }
}
