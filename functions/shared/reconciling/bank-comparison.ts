import type { BankOrder, TreasuryOrder } from '#shared/domain/bank-days.ts';
import type { BankFigures, BankFiles, StatementReading } from '#shared/domain/day-comparison.ts';
import type { DayAddress } from '#shared/domain/statement-day.ts';
import type { StatementSettings } from '#shared/domain/statement-layout.ts';
import type { Engine } from './engine.ts';
import { type ExpectedCredits, expectCredits, readCredits, readPayIns } from './matching/compare-totals.ts';
import { loadBank } from './statements/bank/load-bank.ts';

/** What a bank's statement tells of one day, as far as it is this gateway's money. */
interface BookedDay {
  readonly creditedVnd: number;
  readonly paidInVnd: number;
}

/** Reads a bank's statement of a day into the relation `bank`, whole or not at all. */
export async function readBankStatement(
  engine: Engine,
  file: string,
  { merchant: account, day }: DayAddress,
  settings: StatementSettings,
): Promise<StatementReading> {
  const loaded = await loadBank(engine, file, { firstDay: day, lastDay: day, accounts: [account], settings });
  if (loaded.kind === 'refused') return loaded;
  const { digest, rows, creditedVnd, debitedVnd } = loaded;
  const sums = { successCount: rows, successSumVnd: creditedVnd - debitedVnd };
  return { kind: 'loaded', summary: { digest, rows, ...sums, firstPaidAt: undefined, lastPaidAt: undefined } };
}

/**
 * Follows the money of the table `statement` to the bank, and from there to the treasury.
 * @param asking.expectOf what an earlier day leads to expect; the day's own tables stay as they are
 * @param asking.loadBank reads a bank's statement into the relation `bank`
 */
export async function compareOnward(
  engine: Engine,
  order: BankOrder,
  files: BankFiles,
  asking: {
    readonly expectOf: (file: BankFiles['earlier'][number]) => Promise<ExpectedCredits>;
    readonly loadBank: (file: BankFiles['bank'][number]) => Promise<void>;
  },
): Promise<BankFigures> {
  const { expectedVnd, keptVnd: feeVnd, elsewhereVnd } = await expectCredits(engine, order);
  let earlierVnd = 0;
  for (const file of files.earlier) earlierVnd += (await asking.expectOf(file)).expectedVnd;
  const booked = new Map<string, BookedDay>();
  for (const file of files.bank) {
    await asking.loadBank(file);
    const before = booked.get(file.day) ?? { creditedVnd: 0, paidInVnd: 0 };
    booked.set(file.day, await addBooked(engine, before, order, file.day));
  }
  const creditedVnd = creditedOn(booked, [order.bookedOn]);
  const differenceVnd = creditedVnd - expectedVnd - earlierVnd;
  return {
    bank: { creditedVnd, feeVnd, elsewhereVnd, earlierVnd, differenceVnd },
    ...(order.treasury === undefined ? {} : { treasury: treasuryFigures(booked, creditedVnd, order.treasury) }),
  };
}

async function addBooked(
  engine: Engine,
  before: BookedDay,
  order: BankOrder,
  day: BankOrder['bookedOn'],
): Promise<BookedDay> {
  const { vnd } = await readCredits(engine, { ...order, bookedOn: day });
  const { treasury } = order;
  const paidIn = treasury?.paidInOn === day ? await readPayIns(engine, treasury) : 0;
  return { creditedVnd: before.creditedVnd + vnd, paidInVnd: before.paidInVnd + paidIn };
}

function treasuryFigures(
  booked: ReadonlyMap<string, BookedDay>,
  ownVnd: number,
  { days, paidInOn, keptMillionths }: TreasuryOrder,
): NonNullable<BankFigures['treasury']> {
  const creditedVnd = creditedOn(booked, [...new Set(days.map(({ bookedOn }) => bookedOn))]);
  const keptVnd = partOf(creditedVnd, keptMillionths);
  const paidInVnd = booked.get(paidInOn)?.paidInVnd ?? 0;
  const differenceVnd = paidInVnd - (creditedVnd - keptVnd);
  return { paidInVnd, keptVnd, earlierVnd: creditedVnd - ownVnd, differenceVnd };
}

function creditedOn(booked: ReadonlyMap<string, BookedDay>, days: readonly string[]): number {
  return days.reduce((sum, day) => sum + (booked.get(day)?.creditedVnd ?? 0), 0);
}

/** Half a đồng is rounded up; nothing is kept of money that went back. */
function partOf(vnd: number, millionths: number): number {
  return vnd <= 0 ? 0 : Number((BigInt(vnd) * BigInt(millionths) + 500_000n) / 1_000_000n);
}
