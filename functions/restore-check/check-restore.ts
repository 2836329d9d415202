import type { BusinessDate, TaxCode } from '#schemas/ids.ts';
import { type DeclaredSeries, openingOf } from '#shared/domain/declared-series.ts';
import type { Receipt } from '#shared/domain/receipt.ts';
import type { SeriesName } from '#shared/domain/receipt-register.ts';
import type { ReceiptRecovery, RecoveredReceipt, RestoreLedger, SeriesPosition } from '#shared/domain/restore-ports.ts';
import type { Series } from '#shared/domain/series.ts';
import { type Rebuilding, rebuildReceipt, type Unknown } from './rebuild-receipt.ts';
import { type OddNumber, type SeriesSurvey, type SurveyNeeds, surveySeries } from './survey-series.ts';

export interface RestoreCheckNeeds extends SurveyNeeds {
  readonly declaredSeries: readonly DeclaredSeries[];
}

/** A series of archive or ledger, what differs, and what became of it. */
export interface SeriesReport {
  readonly name: SeriesName;
  readonly survey: SeriesSurvey;
  /** As it was found; nothing when the ledger has no row of it. */
  readonly nextNumber: number | undefined;
  readonly raising: Raising | undefined;
  readonly rebuilt: readonly RebuiltNumber[];
  /** Archived receipts whose rows cannot be written, or not be written yet. */
  readonly refused: readonly OddNumber[];
}

export interface Raising {
  readonly to: SeriesPosition;
  /** `undeclared`: without its declaration nobody knows the end of its range. */
  readonly outcome: 'planned' | 'raised' | 'undeclared' | 'changed';
}

export interface RebuiltNumber {
  readonly number: number;
  readonly unknown: readonly Unknown[];
}

/**
 * Compares the ledger with the archive, which no restore sets back, series by series: raises what would give a number
 * again, then writes the rows that are lost. Every write has its condition, so that it may be repeated at any time.
 * @param apply false: nothing is written, and the report says what would be
 */
export async function checkRestore(apply: boolean, needs: RestoreCheckNeeds): Promise<readonly SeriesReport[]> {
  const reports: SeriesReport[] = [];
  for (const name of await allSeries(needs)) {
    const row = await readRow(name, needs);
    const declared = needs.declaredSeries.find((one) => isSame(one, name));
    const given = { from: declared?.firstNumber ?? 1, to: (row?.nextNumber ?? 1) - 1 };
    const survey = await surveySeries(name, given, needs);
    const raising = await raise({ row, declared }, survey, apply, needs);
    const rows = await rebuildRows(survey, apply, needs);
    reports.push({ name, survey, nextNumber: row?.nextNumber, raising, ...rows });
  }
  return reports;
}

/** Whether anything differs that the sweep does not finish by itself. */
export function differs({ survey, raising, rebuilt, refused }: SeriesReport): boolean {
  return raising !== undefined || rebuilt.length > 0 || refused.length > 0 || isOdd(survey);
}

/** Whether something is left for a person when all that can be mended has been. */
export function isLeftToPeople({ survey, raising, refused }: SeriesReport): boolean {
  const isStuck = raising?.outcome === 'undeclared' || raising?.outcome === 'changed';
  return isStuck || refused.length > 0 || isOdd(survey);
}

const isOdd = ({ odd, missing }: SeriesSurvey) => odd.length + missing.length > 0;

const isSame = (one: SeriesName, other: SeriesName) =>
  one.taxCode === other.taxCode && one.template === other.template && one.series === other.series;

/** Those of the archive and those of the ledger, which may not have archived anything yet. */
async function allSeries({ archive, ledger, declaredSeries }: RestoreCheckNeeds): Promise<readonly SeriesName[]> {
  const found: SeriesName[] = [...(await archive.listSeries())];
  const books = new Map<string, { readonly taxCode: TaxCode; readonly template: string }>();
  for (const { taxCode, template } of [...found, ...declaredSeries]) {
    books.set(`${taxCode}/${template}`, { taxCode, template });
  }
  for (const { taxCode, template } of books.values()) {
    const rows = await ledger.readSeries(taxCode, template);
    found.push(...rows.filter((row) => !found.some((known) => isSame(known, row))));
  }
  return found;
}

async function readRow(name: SeriesName, { ledger }: RestoreCheckNeeds): Promise<Series | undefined> {
  return (await ledger.readSeries(name.taxCode, name.template)).find((row) => isSame(row, name));
}

interface RaisedSeries {
  readonly row: Series | undefined;
  readonly declared: DeclaredSeries | undefined;
}

/** Raises a series whose next number the archive holds already, or gives it its row back. */
async function raise(
  { row, declared }: RaisedSeries,
  survey: SeriesSurvey,
  apply: boolean,
  needs: RestoreCheckNeeds,
): Promise<Raising | undefined> {
  const { highest } = survey;
  if (highest === undefined || (row !== undefined && row.nextNumber > highest.number)) return undefined;
  const date = await dateOfHighest(highest, survey, needs.recovery);
  const lastDate = row?.lastDate !== undefined && row.lastDate > date ? row.lastDate : date;
  const to = { nextNumber: highest.number + 1, lastDate };
  if (row === undefined && declared === undefined) return { to, outcome: 'undeclared' };
  return { to, outcome: apply ? await writePosition({ row, declared }, to, needs.ledger) : 'planned' };
}

/** A receipt may be archived days after its date, which only its XML says. */
async function dateOfHighest(
  { number, date }: NonNullable<SeriesSurvey['highest']>,
  { unregistered }: SeriesSurvey,
  recovery: ReceiptRecovery,
): Promise<BusinessDate> {
  const last = unregistered.at(-1);
  if (last?.number !== number) return date;
  const found = await recovery.recover(last.xml, undefined);
  return found.kind === 'recovered' ? found.receipt.content.issuedOn : date;
}

async function writePosition(
  { row, declared }: RaisedSeries,
  to: SeriesPosition,
  ledger: RestoreLedger,
): Promise<Raising['outcome']> {
  if (row !== undefined) return ledger.raiseSeries(row, to);
  if (declared === undefined) return 'undeclared';
  // It has given numbers, so its registration was accepted; what the registry says of it now is asked at each numbering.
  const added = await ledger.addSeries({ ...openingOf(declared), ...to, registration: 'accepted' });
  return added === 'written' ? 'raised' : 'changed';
}

async function rebuildRows(
  { unregistered }: SeriesSurvey,
  apply: boolean,
  needs: RestoreCheckNeeds,
): Promise<Pick<SeriesReport, 'rebuilt' | 'refused'>> {
  const rebuilt: RebuiltNumber[] = [];
  const refused: OddNumber[] = [];
  const planned: Receipt[] = [];
  for (const { number, xml, pdf } of unregistered) {
    const found = await needs.recovery.recover(xml, pdf);
    const outcome = found.kind === 'refused' ? found : await rebuildRow(found.receipt, planned, needs.ledger);
    if (outcome.kind === 'refused') refused.push({ number, why: outcome.why });
    if (outcome.kind !== 'rebuilt') continue;
    const { receipt, replaced, unknown } = outcome;
    if (!apply) planned.push(receipt);
    else if ((await needs.ledger.addReceipt(receipt, replaced)) === 'exists') {
      refused.push({ number, why: 'its row was written or changed meanwhile: run the check again' });
      continue;
    }
    rebuilt.push({ number, unknown });
    needs.tellProgress(1);
  }
  return { rebuilt, refused };
}

/** @param planned rows that a run without `apply` has not written, but would have */
async function rebuildRow(
  recovered: RecoveredReceipt,
  planned: readonly Receipt[],
  ledger: RestoreLedger,
): Promise<Rebuilding> {
  const { paymentId } = recovered.content;
  const remains = await ledger.readRemains(paymentId);
  const before = planned.filter((receipt) => receipt.paymentId === paymentId);
  return rebuildReceipt(recovered, { ...remains, receipts: [...remains.receipts, ...before] });
}
