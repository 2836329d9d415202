import type { BusinessDate } from '#schemas/ids.ts';
import { type BankOrder, bankDayOf, bankFilesOf, bankOrderOf } from '#shared/domain/bank-days.ts';
import type { BankEvidence } from '#shared/domain/bank-findings.ts';
import type { BankFiles } from '#shared/domain/day-comparison.ts';
import type { RunInputs } from '#shared/domain/reconciliation-run.ts';
import { addressOf, type DayAddress, isWithoutMoney } from '#shared/domain/statement-day.ts';
import type { AcceptingNeeds } from './accept-statement.ts';
import { fetchTaken, type TakenFile } from './fetch-taken.ts';

/** Everything with which a run follows the day's money to the bank. */
export interface FetchedBank {
  readonly order: BankOrder;
  readonly files: BankFiles;
  readonly digests: NonNullable<RunInputs['bank']>;
  readonly evidence: BankEvidence;
}

/**
 * The statements of the bank that have been taken, and those of the gateway that are booked together with this day's.
 * @returns nothing where that is not asked for, where a later day is compared for this one, and as long as one of them is
 * not there
 */
export async function fetchBank(
  address: DayAddress,
  folder: string,
  needs: AcceptingNeeds,
): Promise<FetchedBank | undefined> {
  const order = await orderToCompare(address, needs.recording);
  if (order === undefined) return undefined;
  const earlier = await fetchEarlier(address, order, folder, needs);
  const credits = await fetchStatements({ ...order, treasury: undefined }, folder, needs);
  if (earlier === undefined || credits === undefined) return undefined;
  const all = order.treasury === undefined ? undefined : await fetchStatements(order, folder, needs);
  const bank = all ?? credits;
  return {
    order: all === undefined ? { ...order, treasury: undefined } : order,
    files: { earlier, bank },
    digests: {
      files: bank.map(({ account, day, digest }) => ({ account, day, digest })),
      statements: earlier.map(({ day, digest }) => ({ day, digest })),
    },
    evidence: evidenceIn(bank, order),
  };
}

/**
 * With what a day is to be compared as things stand: of days that go on together the last that has a statement is, for
 * all of them. One that two persons closed as a day without transactions has none, and nothing of it was booked.
 */
export async function orderToCompare(
  address: DayAddress,
  { ledger, settings }: Pick<AcceptingNeeds['recording'], 'ledger' | 'settings'>,
): Promise<BankOrder | undefined> {
  const order = bankOrderOf(settings, address);
  if (order === undefined) return undefined;
  const isEmpty = async (day: BusinessDate) => isWithoutMoney(await ledger.readDay({ ...addressOf(address), day }));
  for (const day of order.later) if (!(await isEmpty(day))) return undefined;
  if (order.treasury === undefined) return order;
  const days = [];
  for (const each of order.treasury.days) {
    const isMoney = each.day === address.day || !(await isEmpty(each.day));
    if (isMoney && each.day > address.day) return { ...order, treasury: undefined };
    if (isMoney) days.push(each);
  }
  return { ...order, treasury: { ...order.treasury, days } };
}

type BankFile = BankFiles['bank'][number] & Pick<TakenFile, 'digest'>;

/** Each is on the disk once, and may be asked for again. */
async function fetchStatements(
  order: BankOrder,
  folder: string,
  needs: AcceptingNeeds,
): Promise<readonly BankFile[] | undefined> {
  const found: BankFile[] = [];
  for (const { account, day } of bankFilesOf(order)) {
    const state = await needs.recording.ledger.readDay(bankDayOf(account, day));
    const taken = await fetchTaken(state, folder, needs);
    if (taken === undefined) return undefined;
    found.push({ ...taken, account });
  }
  return found;
}

async function fetchEarlier(
  address: DayAddress,
  { earlier }: BankOrder,
  folder: string,
  needs: AcceptingNeeds,
): Promise<readonly TakenFile[] | undefined> {
  const found: TakenFile[] = [];
  for (const day of earlier) {
    const state = await needs.recording.ledger.readDay({ ...addressOf(address), day });
    if (isWithoutMoney(state)) continue;
    const taken = await fetchTaken(state, folder, needs);
    if (taken === undefined) return undefined;
    found.push(taken);
  }
  return found;
}

function evidenceIn(files: readonly BankFile[], { bookedOn, treasury }: BankOrder): BankEvidence {
  const [first] = files;
  if (first === undefined) throw new Error('an account without collecting accounts cannot be compared with a bank');
  const digestOn = (day: string | undefined) => (files.find((file) => file.day === day) ?? first).digest;
  return { bank: digestOn(bookedOn), treasury: digestOn(treasury?.paidInOn) };
}
