import type { BusinessDate } from '#schemas/ids.ts';
import {
  type AccountSettings,
  accountsOn,
  type BankSettings,
  isSameAccount,
  type ReconciliationSettings,
} from './reconciliation-settings.ts';
import type { MerchantAccountName } from './statement.ts';
import { addressOf, type DayAddress } from './statement-day.ts';
import { dayAfter, workingDayAfter } from './working-days.ts';

/**
 * Stands where a gateway's name stands for a gateway's day: a bank's statement lies with the number of its account as the
 * merchant, and the day of booking (ADR 25). No gateway may be called so.
 */
export const bankChannel = 'bank';

export function bankDayOf(account: string, day: BusinessDate): DayAddress {
  return { gateway: bankChannel, merchant: account, day };
}

export function isOfBank({ gateway }: Pick<MerchantAccountName, 'gateway'>): boolean {
  return gateway === bankChannel;
}

/** Whether there is a collecting account whose statements are read. */
export function isCollectingAccount(settings: ReconciliationSettings, name: MerchantAccountName): boolean {
  return isOfBank(name) && bankedAccounts(settings, name.merchant).length > 0;
}

/** Whether a day stays open until it was compared with the bank; of days that are booked together the last one does. */
export function needsBankToClose(settings: ReconciliationSettings, address: DayAddress): boolean {
  const { bank } = settings.accounts.find((account) => isSameAccount(account, address)) ?? {};
  return bank?.isRequiredToClose === true && bankOrderOf(settings, address)?.later.length === 0;
}

/** One statement of a bank. */
export interface BankFileName {
  readonly account: string;
  readonly day: BusinessDate;
}

/** What a day's money is compared with on its way on. */
export interface BankOrder extends Pick<BankSettings, 'fee' | 'content'> {
  readonly accounts: readonly string[];
  readonly bookedOn: BusinessDate;
  /** Days before whose money the bank books together with this one's: after a weekend, all of it. */
  readonly earlier: readonly BusinessDate[];
  /** Such days after it: the last that has a statement is compared, for all of them. */
  readonly later: readonly BusinessDate[];
  /** By these texts pay-ins are known, of whichever gateway's money: they left the account, and nobody took them back. */
  readonly payIns: readonly string[];
  readonly treasury?: TreasuryOrder | undefined;
}

export interface TreasuryOrder {
  readonly paidInOn: BusinessDate;
  /** All days whose money is paid in together, with the days of their bookings. */
  readonly days: readonly { readonly day: BusinessDate; readonly bookedOn: BusinessDate }[];
  readonly content: string;
  readonly keptMillionths: number;
}

/** With what a day's money is compared; nothing where that was not asked for. */
export function bankOrderOf(settings: ReconciliationSettings, address: DayAddress): BankOrder | undefined {
  const { day } = address;
  const account = accountsOn(settings, day).find((one) => isSameAccount(one, address));
  if (account?.bank === undefined) return undefined;
  const { collectingAccounts: accounts = [], bank } = account;
  const together = daysTogether(account, day, (each) => bookingDayOf(settings, bank, each));
  if (together === undefined) return undefined;
  const { fee, content } = bank;
  return {
    fee,
    accounts,
    content,
    bookedOn: bookingDayOf(settings, bank, day),
    earlier: together.filter((each) => each < day),
    later: together.filter((each) => each > day),
    payIns: accounts
      .flatMap((one) => bankedAccounts(settings, one))
      .flatMap(({ bank: of }) => of?.treasury?.content ?? []),
    treasury: treasuryOrderOf(settings, account, day),
  };
}

function treasuryOrderOf(
  settings: ReconciliationSettings,
  account: AccountSettings,
  day: BusinessDate,
): TreasuryOrder | undefined {
  const { bank } = account;
  if (bank?.treasury === undefined) return undefined;
  const { content, keptMillionths, paidInAfterDays } = bank.treasury;
  const booked = (each: BusinessDate) => bookingDayOf(settings, bank, each);
  const paidIn = (each: BusinessDate) => workingDaysAfter(settings, booked(each), paidInAfterDays);
  const together = daysTogether(account, day, paidIn);
  if (together === undefined) return undefined;
  return {
    paidInOn: paidIn(day),
    days: together.map((each) => ({ day: each, bookedOn: booked(each) })),
    content,
    keptMillionths,
  };
}

/** The statements that a comparison is made of. */
export function bankFilesOf({ accounts, bookedOn, treasury }: BankOrder): readonly BankFileName[] {
  const paidIn = treasury === undefined ? [] : [...treasury.days.map((one) => one.bookedOn), treasury.paidInOn];
  const days = [bookedOn, ...paidIn];
  return [...new Set(days)].toSorted().flatMap((day) => accounts.map((account) => ({ account, day })));
}

/** The days of merchant accounts whose money a bank's statement books, or is paid in by it. */
export function daysComparedWith(settings: ReconciliationSettings, file: BankFileName): readonly DayAddress[] {
  return bankedAccounts(settings, file.account).flatMap((account) =>
    Array.from({ length: longestWay }, (_, back) => addressOf({ ...account, day: dayAfter(file.day, -back) })).filter(
      (address) => {
        const order = bankOrderOf(settings, address);
        return order !== undefined && bankFilesOf(order).some(({ day }) => day === file.day);
      },
    ),
  );
}

/** The collecting accounts of which a statement of the day is looked for. */
export function bankFilesDueOn(settings: ReconciliationSettings, day: BusinessDate): readonly DayAddress[] {
  const accounts = new Set(
    settings.accounts.flatMap(({ bank, collectingAccounts = [] }) => (bank ? collectingAccounts : [])),
  );
  return [...accounts]
    .filter((account) => daysComparedWith(settings, { account, day }).length > 0)
    .map((account) => bankDayOf(account, day));
}

/** The other days whose money goes on together with a day's, to the bank or from there to the treasury. */
export function daysBankedWith(settings: ReconciliationSettings, address: DayAddress): readonly DayAddress[] {
  const order = bankOrderOf(settings, address);
  if (order === undefined) return [];
  const { earlier, later, treasury } = order;
  return [...new Set([...earlier, ...later, ...(treasury?.days ?? []).map(({ day }) => day)])]
    .filter((day) => day !== address.day)
    .toSorted()
    .map((day) => ({ ...addressOf(address), day }));
}

/** Twice the days that may be asked for, with weekends and the longest holidays between. */
const longestWay = 60;

function bankedAccounts({ accounts }: ReconciliationSettings, account: string): readonly AccountSettings[] {
  return accounts.filter(({ bank, collectingAccounts }) => bank !== undefined && collectingAccounts?.includes(account));
}

function bookingDayOf(settings: ReconciliationSettings, bank: BankSettings, day: BusinessDate): BusinessDate {
  return workingDaysAfter(settings, day, bank.bookedAfterDays);
}

/** Money that goes on at once does so on a Sunday too. */
function workingDaysAfter(settings: ReconciliationSettings, day: BusinessDate, count: number): BusinessDate {
  return count === 0 ? day : workingDayAfter(settings, day, count);
}

/**
 * The days whose money goes on together with this one's; nothing where one of them lies before the account's first day,
 * and nobody knows its money.
 */
function daysTogether(
  { reconciledFrom, reconciledTo }: AccountSettings,
  day: BusinessDate,
  goesOn: (day: BusinessDate) => BusinessDate,
): readonly BusinessDate[] | undefined {
  const at = goesOn(day);
  const days = [day];
  for (let each = dayAfter(day, -1); goesOn(each) === at; each = dayAfter(each, -1)) days.unshift(each);
  for (let each = dayAfter(day); each <= (reconciledTo ?? each) && goesOn(each) === at; each = dayAfter(each)) {
    days.push(each);
  }
  return days.some((each) => each < reconciledFrom) ? undefined : days;
}
