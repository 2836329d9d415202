import type { BusinessDate } from '#schemas/ids.ts';
import type { ReconciliationClass } from '#schemas/reconciliation.ts';
import type { LedgerState } from '#shared/domain/reconciliation.ts';
import { dayAfter } from '#shared/domain/working-days.ts';
import type { SampleChance } from './sample-chance.ts';

export interface SampleStatementRow {
  readonly reference: string;
  readonly transactionId: string;
  /** Vietnam time, `2026-11-22 09:00:00`. */
  readonly at: string;
  readonly amount: number;
  readonly kind: 'payment' | 'refund';
  readonly status: 'success' | 'failed' | 'pending';
  readonly account: string;
}

export interface SampleLedgerRow {
  readonly reference: string;
  readonly transactionId: string;
  /** As above; empty where there was no money. */
  readonly at: string;
  readonly amount: number;
  readonly state: LedgerState;
  readonly receipt: string;
}

/** What the reconciliation must make of something that was planted. */
export interface Planting {
  readonly class: ReconciliationClass;
  readonly vnd: number;
  /** Of the row, by which it is told from all others. */
  readonly reference: string;
  /** Both sides tell the same refund: nobody has to look at it. */
  readonly isPaidBackByBoth?: boolean;
}

/** One request of ours and the money that was paid for it. */
export interface SampleMoney {
  readonly reference: string;
  readonly transactionId: string;
  readonly at: string;
  readonly amount: number;
}

/** Where files and ledger of a sample day grow. Every row differs from every other in reference and transaction. */
export class SamplePlot {
  readonly day: BusinessDate;
  readonly chance: SampleChance;
  readonly ledger: SampleLedgerRow[] = [];
  readonly accounts: readonly [string, string] = ['1012345678901', '0071000123456'];
  readonly #statements = new Map<BusinessDate, SampleStatementRow[]>();
  #made = 0;

  constructor(day: BusinessDate, chance: SampleChance) {
    this.day = day;
    this.chance = chance;
  }

  statementOf(day: BusinessDate): readonly SampleStatementRow[] {
    return this.#statements.get(day) ?? [];
  }

  /** Money at some moment of the day, and now and then of its first or last second. */
  money(day = this.day, moment = this.#moment()): SampleMoney {
    this.#made += 1;
    const amount = this.chance.pick([1, 28_000, 150_000, 999_999_999_998, 1 + this.chance.below(5_000_000)]);
    return {
      reference: String(1_000_000_000_000_000 + this.#made * 7_919 + this.chance.below(7_919)),
      transactionId: this.chance.pick(['', 'FT', '0']) + String(14_000_000 + this.#made),
      at: `${day} ${moment}`,
      amount,
    };
  }

  /** Beside the money, what comes in its stead a moment later. */
  again({ transactionId, ...money }: SampleMoney): SampleMoney {
    return { ...money, transactionId: `${transactionId}-2`, at: `${money.at.slice(0, 10)} 23:59:59` };
  }

  atGateway(money: SampleMoney, change: Partial<SampleStatementRow> = {}): void {
    const row: SampleStatementRow = {
      ...money,
      kind: 'payment',
      status: 'success',
      account: this.chance.pick(this.accounts),
      ...change,
    };
    const day = this.#dayOf(row.at);
    this.#statements.set(day, [...this.statementOf(day), row]);
  }

  inLedger(money: SampleMoney, change: Partial<SampleLedgerRow> = {}): void {
    this.ledger.push({ ...money, state: 'paid', receipt: `1K26TAA-${this.#made}`, ...change });
  }

  /** A row that agrees on both sides, at whatever moments of the day the two wrote it down. */
  agreed(): Planting {
    const money = this.money();
    this.atGateway(money);
    this.inLedger({ ...money, at: `${this.day} ${this.#moment()}` });
    return this.find('KHOP', money);
  }

  /** What is to be found of money that was planted. */
  find(name: ReconciliationClass, { reference, amount }: SampleMoney): Planting {
    return { class: name, vnd: amount, reference };
  }

  get dayBefore(): BusinessDate {
    return dayAfter(this.day, -1);
  }

  get dayAfter(): BusinessDate {
    return dayAfter(this.day);
  }

  #moment(): string {
    const clock = (hours: number, minutes: number, seconds: number) =>
      [hours, minutes, seconds].map((part) => String(part).padStart(2, '0')).join(':');
    const anyTime = clock(this.chance.below(24), this.chance.below(60), this.chance.below(60));
    return this.chance.pick(['00:00:00', '23:59:59', anyTime, anyTime, anyTime]);
  }

  #dayOf(at: string): BusinessDate {
    const days = [this.dayBefore, this.day, this.dayAfter];
    return days.find((day) => at.startsWith(day)) ?? this.day;
  }
}
