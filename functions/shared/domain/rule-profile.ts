import type { BusinessDate } from '#schemas/ids.ts';
import type { RuleProfile } from '#schemas/receipt.ts';

/** What the law of a time says about a receipt's symbols and numbers. */
export interface ReceiptRules {
  readonly profile: RuleProfile;
  /** Ký hiệu mẫu biên lai. */
  readonly template: RegExp;
  /** Ký hiệu biên lai. */
  readonly series: RegExp;
  /** Digits of a printed number, zero-padded. */
  readonly numberWidth: number;
  readonly largestNumber: number;
}

/** The twenty capitals that a series may use: no F, I, J, O, W, Z (TT 303/2016, TT 91/2026). */
export const seriesLetters = 'ABCDEGHKLMNPQRSTUVXY';

const receiptRules: Readonly<Record<RuleProfile, ReceiptRules>> = {
  // NĐ 123/2020/NĐ-CP, TT 303/2016/TT-BTC and TT 78/2021/TT-BTC; the second form of series was printed by tax offices.
  P1: {
    profile: 'P1',
    template: /^0[12]BLP\d-\d{3}$/,
    series: new RegExp(`^(?:[${seriesLetters}]{2}-\\d{2}[ETP]|\\d{2}[${seriesLetters}]{2}-\\d{2}P)$`),
    numberWidth: 7,
    largestNumber: 9_999_999,
  },
  // NĐ 70/2025/NĐ-CP and TT 32/2025/TT-BTC.
  P2: {
    profile: 'P2',
    template: /^EBL0[12]$/,
    series: /^\d{2}T$/,
    numberWidth: 7,
    largestNumber: 9_999_999,
  },
  // NĐ 254/2026/NĐ-CP and TT 91/2026/TT-BTC.
  P3: {
    profile: 'P3',
    template: /^EBL0[12]$/,
    series: new RegExp(`^\\d{2}T[${seriesLetters}]{2}$`),
    numberWidth: 8,
    largestNumber: 99_999_999,
  },
};

/** The rules for a receipt made on a day. */
export function receiptRulesOn(date: BusinessDate): ReceiptRules {
  if (date >= '2026-07-01') return receiptRules.P3;
  return date >= '2025-06-01' ? receiptRules.P2 : receiptRules.P1;
}

/** A receipt's number as it is printed and shown: `00000123` in P3, seven digits before. */
export function formatReceiptNumber(number: number, profile: RuleProfile): string {
  const { largestNumber, numberWidth } = receiptRules[profile];
  if (!Number.isInteger(number) || number < 1 || number > largestNumber) {
    throw new RangeError(`${number} is no receipt number of profile ${profile}: it runs from 1 to ${largestNumber}`);
  }
  return String(number).padStart(numberWidth, '0');
}

/** The calendar year that a series names: leading digits in P2 and P3 (`26TAA`), after the hyphen in P1 (`AA-22E`). */
export function yearOfSeries(series: string): number | undefined {
  const digits = /^[^-]*-(\d{2})/.exec(series)?.[1] ?? /^(\d{2})T/.exec(series)?.[1];
  return digits === undefined ? undefined : 2000 + Number(digits);
}

/**
 * Why a receipt of this template and series must not be issued on a day; nothing when it may. Historic series that
 * break the rules are read everywhere, and issued nowhere.
 */
export function faultOfSymbols(template: string, series: string, date: BusinessDate): string | undefined {
  const rules = receiptRulesOn(date);
  if (!rules.template.test(template)) return `template ${template} does not fit profile ${rules.profile} of ${date}`;
  if (!rules.series.test(series)) return `series ${series} does not fit profile ${rules.profile} of ${date}`;
  const year = Number(date.slice(0, 4));
  return yearOfSeries(series) === year ? undefined : `series ${series} is not of the year ${year}`;
}
