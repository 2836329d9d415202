import { instantSchema } from '#schemas/ids.ts';
import { bankFindingsOf } from '#shared/domain/bank-findings.ts';
import type { Compared, ComparisonFiles, DayComparison } from '#shared/domain/day-comparison.ts';
import { type Finding, nameFindings } from '#shared/domain/exception.ts';
import { findingOf } from '#shared/domain/found-exceptions.ts';
import { ledgerFiguresOf } from '#shared/domain/ledger-figures.ts';
import type { RunInputs } from '#shared/domain/reconciliation-run.ts';
import { addressOf, type DayAddress, type RunTicket, type StatementDay } from '#shared/domain/statement-day.ts';
import { dayAfter } from '#shared/domain/working-days.ts';
import type { HealableFinding } from '#shared/processes/heal-findings.ts';
import { recordRun, startRun } from '#shared/processes/record-reconciliation.ts';
import type { AcceptingNeeds } from './accept-statement.ts';
import { type Exported, type ExportingNeeds, exportDay } from './export-day.ts';
import { fetchBank } from './fetch-bank.ts';
import { fetchTaken } from './fetch-taken.ts';
import { digestOf, LedgerBook, type LedgerBookNeeds } from './ledger-book.ts';

export type RunningNeeds = AcceptingNeeds & LedgerBookNeeds & ExportingNeeds;

/** What a run found that counts. */
export interface DayRun {
  readonly ticket: RunTicket;
  readonly findings: readonly HealableFinding[];
  readonly exported: Exported;
}

/**
 * Compares a day once: the file that counts, those of its neighbours, and the ledger as it is after the run has begun. So
 * its result depends on files and ledger alone, and not on the order in which they came.
 * @returns nothing when there is no file, or when a later run or another file has come in between
 */
export async function runDay(address: DayAddress, needs: RunningNeeds): Promise<DayRun | undefined> {
  const run = await runOnce(address, needs);
  return run?.exported === 'overtaken' ? runDay(address, needs) : run;
}

async function runOnce(address: DayAddress, needs: RunningNeeds): Promise<DayRun | undefined> {
  const ticket = await startRun(address, needs.recording);
  if (ticket === undefined) return undefined;
  const comparison = await needs.openComparison(address);
  try {
    const inputs = await fetchFiles(ticket, comparison, needs);
    if (inputs === undefined) return giveWay(ticket, needs);
    const bank = await fetchBank(address, comparison.folder, needs);
    const book = new LedgerBook(address, needs);
    await book.gather();
    const compared = await compareConfirmed(book, { address, comparison, files: inputs.files });
    const ledger = book.rows();
    const onward = bank && (await comparison.compareOnward(address, bank.order, bank.files));
    const sums = bank === undefined || onward === undefined ? [] : bankFindingsOf(onward, bank.evidence);
    const found = findingsOf(compared, sums);
    const answer = await recordRun(
      ticket,
      {
        inputs: { ...inputs.digests, ledger: digestOf(ledger), ...(bank && { bank: bank.digests }) },
        figures: { ...compared.figures, ledger: ledgerFiguresOf(ledger, address.day), ...onward },
        findings: found.map(({ finding }) => finding),
      },
      needs.recording,
    );
    if (answer.kind === 'superseded') return giveWay(ticket, needs);
    const exported = await exportDay(answer.run, { comparison, rows: ledger }, needs);
    return { ticket, findings: named(address, found), exported };
  } finally {
    await comparison.close();
  }
}

function giveWay(ticket: RunTicket, { logNews }: RunningNeeds): DayRun | undefined {
  logNews('RUN_SUPERSEDED', { ...addressOf(ticket), fence: ticket.fence });
  return undefined;
}

interface FetchedFiles {
  readonly files: ComparisonFiles;
  readonly digests: Omit<RunInputs, 'statement' | 'ledger'>;
}

async function fetchFiles(
  ticket: RunTicket,
  comparison: DayComparison,
  needs: RunningNeeds,
): Promise<FetchedFiles | undefined> {
  const fetch = (day: StatementDay | undefined) => fetchTaken(day, comparison.folder, needs);
  const readDay = (days: number) =>
    needs.recording.ledger.readDay({ ...addressOf(ticket), day: dayAfter(ticket.day, days) });
  const own = await fetch(await readDay(0));
  if (own?.digest !== ticket.statement) return undefined;
  const [before, after] = [await fetch(await readDay(-1)), await fetch(await readDay(1))];
  return {
    files: { statement: own.file, neighbours: [before, after].filter((file) => file !== undefined) },
    digests: {
      ...(before === undefined ? {} : { before: before.digest }),
      ...(after === undefined ? {} : { after: after.digest }),
    },
  };
}

/** No row accuses anybody before the payment that it names was read by itself (DESIGN §4.9). */
async function compareConfirmed(
  book: LedgerBook,
  run: { readonly address: DayAddress; readonly comparison: DayComparison; readonly files: ComparisonFiles },
): Promise<Compared> {
  const compare = () => run.comparison.compare(run.address, run.files, book.rows());
  const suspected = await compare();
  return (await book.confirm(suspected.rows)) ? compare() : suspected;
}

type Found = Pick<HealableFinding, 'finding' | 'paidAt'>;

/** Rows first, then the sums that did not go on as they should. */
function findingsOf({ rows }: Compared, sums: readonly Finding[]): readonly Found[] {
  const ofRows = rows.flatMap((row) => {
    const finding = findingOf(row);
    return finding === undefined ? [] : [{ finding, paidAt: instantSchema.safeParse(row.paidAt).data ?? null }];
  });
  return [...ofRows, ...sums.map((finding) => ({ finding, paidAt: null }))];
}

function named(address: DayAddress, found: readonly Found[]): readonly HealableFinding[] {
  const paidAtOf = new Map(found.map(({ finding, paidAt }) => [finding, paidAt]));
  const findings = found.map(({ finding }) => finding);
  return nameFindings(address, findings).map((one) => ({ ...one, paidAt: paidAtOf.get(one.finding) ?? null }));
}
