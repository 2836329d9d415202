import type { BusinessDate, TaxCode } from '#schemas/ids.ts';
import type { DeclaredSeries } from '#shared/domain/declared-series.ts';
import { BrokenInvariant } from '#shared/domain/failures.ts';
import type { Receipt } from '#shared/domain/receipt.ts';
import type { ReceiptRegister } from '#shared/domain/receipt-register.ts';
import { startRegisterTotals, type Tally } from '#shared/domain/register-report.ts';
import type { Series } from '#shared/domain/series.ts';
import type { SeriesProof } from '#shared/domain/series-proof.ts';
import { type WalkNeeds, walkSeries } from './walk-series.ts';

export interface ReportNeeds extends WalkNeeds {
  /** Says with which number a series begins. */
  readonly declaredSeries: readonly DeclaredSeries[];
}

/** Which receipts of a collecting organisation a report is made of; what is absent narrows nothing. */
export interface ReportScope {
  readonly taxCode: TaxCode;
  readonly template: string;
  readonly series?: readonly string[] | undefined;
  readonly from?: BusinessDate | undefined;
  readonly to?: BusinessDate | undefined;
}

/** A series was asked for that the organisation does not have. */
export class UnknownSeries extends Error {
  override readonly name = 'UnknownSeries';
}

/** A series in the scope: its numbers proven, its money added up. */
export interface SeriesFinding {
  readonly proof: SeriesProof;
  readonly standing: Tally;
  readonly replaced: Tally;
}

/**
 * Visits the receipts of an organisation, series by series.
 * @throws UnknownSeries when the organisation does not have a series that was asked for
 * @throws BrokenInvariant when a series has receipts but lost its counter
 */
export async function walkOrganisation(
  scope: ReportScope,
  visit: (receipt: Receipt) => Promise<void> | void,
  needs: ReportNeeds,
): Promise<readonly SeriesFinding[]> {
  const findings: SeriesFinding[] = [];
  for (const series of await seriesIn(scope, needs)) {
    const totals = startRegisterTotals();
    const add = async (receipt: Receipt) => {
      totals.add(receipt);
      await visit(receipt);
    };
    const firstNumber = declarationOf(series, needs)?.firstNumber ?? 1;
    const proof = await walkSeries({ series, firstNumber, from: scope.from, to: scope.to }, add, needs);
    const { standing, replaced } = totals.conclude();
    findings.push({ proof, standing, replaced });
  }
  return findings;
}

async function seriesIn(scope: ReportScope, needs: ReportNeeds): Promise<readonly Series[]> {
  const { taxCode, template } = scope;
  const rows = await needs.register.readSeries(taxCode, template);
  const declared = needs.declaredSeries.filter((one) => one.taxCode === taxCode && one.template === template);
  const known = new Set([...rows, ...declared].map(({ series }) => series));
  const wanted = scope.series ?? [...known];
  const strange = wanted.filter((series) => !known.has(series));
  if (strange.length > 0) {
    throw new UnknownSeries(
      `${taxCode} không có ký hiệu ${strange.join(', ')} của mẫu ${template}; có: ${[...known].join(', ') || 'không có'} ` +
        '(no such series: is it of another organisation or template?)',
    );
  }
  await refuseLostCounters(scope, wanted, rows, needs.register);
  return rows
    .filter(({ series }) => wanted.includes(series))
    .toSorted((one, other) => (one.series < other.series ? -1 : 1));
}

/** A series that was declared but never opened has no row and no receipts; with receipts it has lost its row. */
async function refuseLostCounters(
  { taxCode, template }: ReportScope,
  wanted: readonly string[],
  rows: readonly Series[],
  register: ReceiptRegister,
): Promise<void> {
  for (const series of wanted) {
    if (rows.some((row) => row.series === series)) continue;
    if ((await register.findFrom({ taxCode, template, series }, 1)) === undefined) continue;
    throw new BrokenInvariant(
      `series ${series} of ${taxCode} has receipts but no counter: was the table restored? Raise it above the archive before any receipt is issued.`,
    );
  }
}

const declarationOf = ({ taxCode, template, series }: Series, { declaredSeries }: ReportNeeds) =>
  declaredSeries.find((one) => one.taxCode === taxCode && one.template === template && one.series === series);
