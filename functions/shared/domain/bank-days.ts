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
  return bank?.isRequiredToClose === true && bankOrderOf(settings, address) !== undefined;
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
  /** By these texts pay-ins are known, of whichever gateway's money: they left the account, and nobody took them back. */
  readonly payIns: readonly string[];
  readonly treasury?: TreasuryOrder | undefined;
}

export interface TreasuryOrder {
  readonly paidInOn: BusinessDate;
  /** Days of booking whose credits are paid in together. */
  readonly bookedOn: readonly BusinessDate[];
  readonly content: string;
  readonly keptMillionths: number;
}

/**
 * With what a day's money is compared; nothing where that was not asked for, and nothing on a day whose money the bank
 * books together with a later one's: of such days the last one is compared, for all of them.
 */
export function bankOrderOf(settings: ReconciliationSettings, address: DayAddress): BankOrder | undefined {
  const account = accountsOn(settings, address.day).find((one) => isSameAccount(one, address));
  if (account?.bank === undefined) return undefined;
  const { collectingAccounts: accounts = [], bank } = account;
  const bookedOn = bookingDayOf(settings, bank, address.day);
  const together = daysTogether(account, address.day, (day) => bookingDayOf(settings, bank, day));
  if (together === undefined) return undefined;
  const { fee, content } = bank;
  return {
    fee,
    accounts,
    content,
    bookedOn,
    earlier: together.slice(0, -1),
    payIns: accounts
      .flatMap((one) => bankedAccounts(settings, one))
      .flatMap(({ bank: of }) => of?.treasury?.content ?? []),
    treasury: treasuryOrderOf(settings, account, address.day),
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
  return { paidInOn: paidIn(day), bookedOn: [...new Set(together.map(booked))], content, keptMillionths };
}

/** The statements that a comparison is made of. */
export function bankFilesOf({ accounts, bookedOn, treasury }: BankOrder): readonly BankFileName[] {
  const days = [bookedOn, ...(treasury === undefined ? [] : [...treasury.bookedOn, treasury.paidInOn])];
  return [...new Set(days)].toSorted().flatMap((day) => accounts.map((account) => ({ account, day })));
}

/** The days of merchant accounts that are compared with a bank's statement. */
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

/** The day whose comparison with the bank holds a day's money: itself, or a later one that is booked together with it. */
export function dayOfBanking(settings: ReconciliationSettings, address: DayAddress): DayAddress | undefined {
  for (let ahead = 0; ahead < longestWay; ahead += 1) {
    const later = { ...addressOf(address), day: dayAfter(address.day, ahead) };
    const order = bankOrderOf(settings, later);
    if (order !== undefined) return [...order.earlier, later.day].includes(address.day) ? later : undefined;
  }
  return undefined;
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
 * The days that go on together with this one, this one last; nothing where a later one does too, or where one lies before
 * the account's first day and nobody knows its money.
 */
function daysTogether(
  { reconciledFrom, reconciledTo }: AccountSettings,
  last: BusinessDate,
  goesOn: (day: BusinessDate) => BusinessDate,
): readonly BusinessDate[] | undefined {
  const at = goesOn(last);
  if (last !== reconciledTo && goesOn(dayAfter(last)) === at) return undefined;
  const days = [last];
  for (let day = dayAfter(last, -1); goesOn(day) === at; day = dayAfter(day, -1)) days.unshift(day);
  return days.some((day) => day < reconciledFrom) ? undefined : days;
}
