import * as z from 'zod/mini';
import { type BusinessDate, businessDateSchema, type TaxCode } from '#schemas/ids.ts';
import type { Tally } from './register-report.ts';
import { receiptRulesOn } from './rule-profile.ts';
import type { SeriesProof } from './series-proof.ts';

/** A quarter of a year, `2026-Q2`. */
export const quarterSchema = z
  .string()
  .check(z.regex(/^20\d\d-Q[1-4]$/, 'must be a quarter like 2026-Q2'))
  .brand<'Quarter'>();
export type Quarter = z.infer<typeof quarterSchema>;

/** Days of a period, both included. */
export interface Period {
  readonly from: BusinessDate;
  readonly to: BusinessDate;
}

const lastDays = ['03-31', '06-30', '09-30', '12-31'] as const;

export function periodOf(quarter: Quarter): Period {
  const [year = '', ordinal] = quarter.split('-Q');
  const index = Number(ordinal) - 1;
  const firstMonth = String(index * 3 + 1).padStart(2, '0');
  return {
    from: businessDateSchema.parse(`${year}-${firstMonth}-01`),
    to: businessDateSchema.parse(`${year}-${lastDays[index]}`),
  };
}

/** Why BC26/BLĐT is not made for a quarter; nothing when it is. */
export function faultOfQuarter(quarter: Quarter): string | undefined {
  if (receiptRulesOn(periodOf(quarter).from).profile !== 'P3') return undefined;
  return `BC26/BLĐT không còn từ quý 3/2026 (TT 91/2026/TT-BTC): hãy lập bảng tổng hợp ngày 01/TH-BLĐT bằng lệnh \`day\` (BC26 ends with the second quarter of 2026; use \`day\`)`;
}

/** Head of BC26/BLĐT. */
export interface UsageHead {
  readonly quarter: Quarter;
  readonly collector: string;
  readonly taxCode: TaxCode;
  /** Day on which the report is made. */
  readonly madeOn: BusinessDate;
}

/** A row of BC26/BLĐT: what was used of a series in the quarter. */
export interface UsageRow {
  /** TLoai: 1 without face value, 2 with face value. */
  readonly typeCode: '1' | '2';
  readonly template: string;
  readonly series: string;
  readonly firstNumber: number;
  readonly lastNumber: number;
  /** Numbers that were used; a replaced receipt used its number too. */
  readonly used: number;
  /** Money of the receipts that stand. */
  readonly amountVnd: number;
}

/** Series without a receipt in the quarter have no row. */
export function usageRowsOf(
  series: readonly { readonly proof: SeriesProof; readonly standing: Tally }[],
): readonly UsageRow[] {
  return series.flatMap(({ proof, standing }) => {
    if (proof.first === undefined || proof.last === undefined) return [];
    return [
      {
        typeCode: hasFaceValue(proof.series.template) ? '2' : '1',
        template: proof.series.template,
        series: proof.series.series,
        firstNumber: proof.first.number,
        lastNumber: proof.last.number,
        used: proof.count,
        amountVnd: standing.amountVnd,
      },
    ];
  });
}

/** `EBL02` and, before June 2025, `02BLP…` carry a fixed face value. */
export function hasFaceValue(template: string): boolean {
  return /^(?:EBL02|02BLP)/.test(template);
}
