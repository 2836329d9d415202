import type { DayFigures } from '#schemas/balance-proof.ts';
import { amountVndSchema, largestAmountVnd } from '#schemas/money.ts';
import type { FileDigest } from '#schemas/reconciliation.ts';
import type { Exception, Finding } from './exception.ts';

/** The files that show where a day's money went. */
export interface BankEvidence {
  /** Of the day of booking. */
  readonly bank: FileDigest;
  /** Of the day of the pay-in. */
  readonly treasury: FileDigest;
}

/** One finding for each level on which other than expected went on; the whole sum is the exception, since no row is one payment. */
export function bankFindingsOf(
  { bank, treasury }: Pick<DayFigures, 'bank' | 'treasury'>,
  evidence: BankEvidence,
): readonly Finding[] {
  return [
    ...(bank === undefined
      ? []
      : findingOfSum('LECH_NGAN_HANG', bank.creditedVnd, bank.differenceVnd ?? 0, evidence.bank)),
    ...(treasury === undefined
      ? []
      : findingOfSum('LECH_KHO_BAC', treasury.paidInVnd, treasury.differenceVnd ?? 0, evidence.treasury)),
  ];
}

function findingOfSum(
  name: OnwardClass,
  foundVnd: number,
  differenceVnd: number,
  file: FileDigest,
): readonly Finding[] {
  if (differenceVnd === 0) return [];
  const expectedVnd = foundVnd - differenceVnd;
  // A bank that books more than any amount can be is wrong enough as it is.
  const amountOf = (vnd: number) => amountVndSchema.parse(Math.min(Math.abs(vnd), largestAmountVnd));
  return [
    {
      class: name,
      reference: null,
      transactionId: null,
      suggestion: null,
      receipt: null,
      statement: { amountVnd: amountOf(foundVnd), status: foundVnd < 0 ? outFound : 'found' },
      ledger: { amountVnd: amountOf(expectedVnd), state: expectedVnd < 0 ? outExpected : 'expected' },
      line: null,
      file,
    },
  ];
}

/** Amounts are above 0: on a day of refunds alone money goes the other way. */
const outFound = 'found-out';
const outExpected = 'expected-out';

type OnwardClass = Extract<Finding['class'], 'LECH_NGAN_HANG' | 'LECH_KHO_BAC'>;
type Sides = Pick<Exception, 'class' | 'statement' | 'ledger'>;

/** Who stands on the two sides, for people; nothing where they are gateway and ledger. */
export const onwardSides: Readonly<Partial<Record<Exception['class'], readonly [found: string, expected: string]>>> = {
  LECH_NGAN_HANG: ['Ngân hàng ghi có', 'Phải ghi có'],
  LECH_KHO_BAC: ['Đã nộp ngân sách', 'Phải nộp'],
};

/** What went on more than expected; nothing of a difference between gateway and ledger. */
export function onwardDifferenceOf({ class: name, statement, ledger }: Sides): number | undefined {
  if (onwardSides[name] === undefined) return undefined;
  const found = (statement?.amountVnd ?? 0) * (statement?.status === outFound ? -1 : 1);
  return found - (ledger?.amountVnd ?? 0) * (ledger?.state === outExpected ? -1 : 1);
}
