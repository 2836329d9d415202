import type { BusinessDate } from '#schemas/ids.ts';
import type { ReconciliationClass } from '#schemas/reconciliation.ts';
import type { ClassTally } from '#shared/domain/reconciliation.ts';
import { dayAfter } from '#shared/domain/working-days.ts';
import { SampleChance } from './sample-chance.ts';
import { plantings } from './sample-plantings.ts';
import { type Planting, type SampleLedgerRow, SamplePlot, type SampleStatementRow } from './sample-plot.ts';

/** A day with known faults: what the gateway says, what our books say, and what is wrong between them. */
export interface SampleDay {
  readonly seed: number;
  readonly day: BusinessDate;
  /** Files of the gateway, by the day that they are of: the day itself and its neighbours. */
  readonly statements: ReadonlyMap<BusinessDate, readonly SampleStatementRow[]>;
  /** What the gateway sent first: rows are missing and amounts are wrong in it. */
  readonly firstEdition: readonly SampleStatementRow[];
  readonly ledger: readonly SampleLedgerRow[];
  /** Accounts of this merchant, which money may be credited to. */
  readonly accounts: readonly string[];
  /** What must be found when all three files are there. */
  readonly planted: readonly Planting[];
  /** What must be found as long as only the day's own file is there. */
  readonly plantedAlone: readonly Planting[];
}

export type SampleTallies = ReadonlyMap<ReconciliationClass, ClassTally>;

export interface SampleOrder {
  readonly seed: number;
  readonly day: BusinessDate;
  /** How often each fault is planted, at least once; chance adds more. */
  readonly least: number;
  /** Rows that agree. */
  readonly plain: number;
}

/** Makes a day; the same order makes the same day. */
export function makeSampleDay({ seed, day, least, plain }: SampleOrder): SampleDay {
  const chance = new SampleChance(seed);
  const plot = new SamplePlot(day, chance);
  const planted: Planting[] = [];
  const plantedAlone: Planting[] = [];
  const plant = (makeFault: (typeof plantings)[number]) => {
    const { finds, findsAlone } = makeFault(plot);
    planted.push(...finds);
    plantedAlone.push(...(findsAlone ?? finds));
  };
  for (const makeFault of plantings) {
    for (let times = least + chance.below(3); times > 0; times -= 1) plant(makeFault);
  }
  for (let rows = plain; rows > 0; rows -= 1) plant((one) => ({ finds: [one.agreed()] }));
  const days = [dayAfter(day, -1), day, dayAfter(day)];
  const own = chance.shuffle(plot.statementOf(day));
  return {
    seed,
    day,
    statements: new Map(days.map((each) => [each, each === day ? own : chance.shuffle(plot.statementOf(each))])),
    firstEdition: own
      .filter(() => chance.below(5) > 0)
      .map((row) => (chance.below(6) > 0 ? row : { ...row, amount: row.amount + 1 })),
    ledger: chance.shuffle(plot.ledger),
    accounts: plot.accounts,
    planted,
    plantedAlone,
  };
}

/** Count and sum of what was planted, by class. */
export function tallyPlanted(finds: readonly Planting[]): SampleTallies {
  const tallies = new Map<ReconciliationClass, ClassTally>();
  for (const { class: name, vnd } of finds) {
    const { count, sum } = tallies.get(name) ?? { count: 0, sum: 0 };
    tallies.set(name, { count: count + 1, sum: sum + vnd });
  }
  return tallies;
}
