import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BusinessDate, businessDateSchema } from '#schemas/ids.ts';
import { type Engine, openEngine, quoted } from '#shared/reconciling/engine.ts';
import { type Classified, classify } from '#shared/reconciling/matching/classify.ts';
import { loadLedger } from '#shared/reconciling/matching/load-ledger.ts';
import { type ResultRow, readResult } from '#shared/reconciling/matching/read-result.ts';
import { forgetNeighbours, setAsideStatement } from '#shared/reconciling/matching/sides.ts';

/** One row of a statement; what is not said is a plain success of 28 000 đồng at nine in the morning. */
export interface StatementLine {
  readonly reference?: string | null;
  readonly transactionId?: string | null;
  /** Vietnam time. */
  readonly at?: string;
  readonly amount?: number;
  readonly kind?: 'payment' | 'refund';
  readonly status?: 'success' | 'failed' | 'pending';
  readonly account?: string | null;
}

/** One row of a ledger file; what is not said is paid as above, with a receipt. */
export interface LedgerLine {
  readonly reference?: string;
  readonly transactionId?: string;
  readonly amount?: number;
  readonly state?: string;
  readonly at?: string;
  readonly receipt?: string;
  readonly dossier?: string;
}

export interface SidesOfADay {
  readonly statement: readonly StatementLine[];
  readonly ledger: readonly LedgerLine[];
  readonly before?: readonly StatementLine[];
  readonly after?: readonly StatementLine[];
  readonly accounts?: readonly string[];
}

export const day = businessDateSchema.parse('2026-11-22');
const nine = '2026-11-22 09:00:00';

/** A database for the tests of a file, and a folder that goes with it. */
export async function openTestEngine(): Promise<{ readonly engine: Engine; readonly folder: string; close(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'bien-lai-reconciling-'));
  const engine = await openEngine({ memoryLimit: '300MB', tempFolder: join(folder, 'spill'), threads: 1 });
  return {
    engine,
    folder,
    close() {
      engine.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Reconciles a few rows of the 22nd. */
export async function reconcileSides(
  { engine, folder }: { readonly engine: Engine; readonly folder: string },
  { statement, ledger, before, after, accounts = [] }: SidesOfADay,
): Promise<{ readonly figures: Classified; readonly rows: readonly ResultRow[] }> {
  await forgetNeighbours(engine);
  for (const [lines, date] of [
    [before, 21],
    [after, 23],
  ] as const) {
    if (lines === undefined) continue;
    await layStatement(engine, lines);
    await setAsideStatement(engine, dayOfNovember(date));
  }
  await layStatement(engine, statement);
  const file = join(folder, 'ledger.csv');
  writeFileSync(file, ledgerText(ledger));
  const loading = await loadLedger(engine, file, { day });
  if (loading.kind === 'refused') throw new Error(loading.faults.map(({ says }) => says).join('; '));
  const figures = await classify(engine, { day, accounts });
  const rows: ResultRow[] = [];
  for await (const group of readResult(engine)) rows.push(...group);
  return { figures, rows };
}

/** What a loader of statements leaves, without its reading of files. */
export async function layStatement(engine: Engine, lines: readonly StatementLine[]): Promise<void> {
  const text = (value: string | null) => (value === null ? 'NULL' : quoted(value));
  const rows = lines.map(({ reference = 'R1', transactionId = 'T1', at = nine, amount = 28_000, ...line }, index) => {
    const time = `TIMESTAMP ${quoted(at)}`;
    const words = [line.kind ?? 'payment', line.status ?? 'success'].map(quoted);
    const ids = [text(reference), text(transactionId)];
    return `(${[index + 2, ...ids, `${time} - INTERVAL 7 HOUR`, `${time}::DATE`, amount, ...words, 'NULL', text(line.account ?? null)].join()})`;
  });
  await engine.run(`
    CREATE OR REPLACE TABLE statement_rows(line BIGINT, reference VARCHAR, transaction_id VARCHAR, paid_at TIMESTAMP,
      business_date DATE, amount BIGINT, kind VARCHAR, status VARCHAR, bank_code VARCHAR, account VARCHAR);
    CREATE OR REPLACE VIEW statement AS FROM statement_rows;
    ${rows.length === 0 ? '' : `INSERT INTO statement_rows VALUES ${rows.join()}`}`);
}

function ledgerText(lines: readonly LedgerLine[]): string {
  const rows = lines.map(({ reference = 'R1', transactionId = 'T1', amount = 28_000, state = 'paid', ...line }) =>
    [reference, transactionId, amount, state, line.at ?? nine, line.receipt ?? '1K26TAA-7', line.dossier ?? ''].join(),
  );
  return `${['reference,gatewayTxnId,amountVnd,state,paidAt,receipt,dossier', ...rows].join('\n')}\n`;
}

/** `22`, `21` … of the month, as days are told in tests. */
export const dayOfNovember = (date: number): BusinessDate => businessDateSchema.parse(`2026-11-${date}`);
