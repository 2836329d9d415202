import type { BusinessDate, TaxCode } from '#schemas/ids.ts';
import type { CollectingUnit } from '#shared/domain/collecting-unit.ts';
import type { DeclaredSeries } from '#shared/domain/declared-series.ts';
import type { ReportScope } from './walk-organisation.ts';

/** Whose receipts a report is made of. */
export type ReportedOrganisation = Pick<ReportScope, 'taxCode' | 'template' | 'series'> & {
  /** Its name as it is on the last day of the report. */
  readonly collector: string;
};

/** What names an organisation: its tax code, or series that only it has. */
export interface OrganisationQuestion extends Pick<ReportScope, 'template' | 'series'> {
  readonly taxCode?: TaxCode | undefined;
}

export type OrganisationFinding =
  | { readonly kind: 'found'; readonly organisation: ReportedOrganisation }
  /** The series do not say whose they are. */
  | { readonly kind: 'tax-code-needed' }
  | { readonly kind: 'unknown'; readonly taxCode: TaxCode };

export function findOrganisation(
  question: OrganisationQuestion,
  on: BusinessDate,
  {
    units,
    declaredSeries,
  }: { readonly units: readonly CollectingUnit[]; readonly declaredSeries: readonly DeclaredSeries[] },
): OrganisationFinding {
  const { template, series } = question;
  const taxCode = question.taxCode ?? ownerOf(series ?? [], declaredSeries);
  if (taxCode === undefined) return { kind: 'tax-code-needed' };
  const ofOrganisation = units.filter((unit) => unit.taxCode === taxCode);
  const unit = ofOrganisation.findLast(({ validFrom }) => validFrom <= on) ?? ofOrganisation[0];
  if (unit === undefined) return { kind: 'unknown', taxCode };
  return { kind: 'found', organisation: { taxCode, template, series, collector: unit.name } };
}

function ownerOf(series: readonly string[], declaredSeries: readonly DeclaredSeries[]): TaxCode | undefined {
  const owners = new Set(declaredSeries.filter((one) => series.includes(one.series)).map(({ taxCode }) => taxCode));
  const [owner] = owners;
  return owners.size === 1 ? owner : undefined;
}
