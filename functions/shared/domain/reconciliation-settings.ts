import * as z from 'zod/mini';
import { type ExceptionClass, exceptionClassSchema } from '#schemas/exception.ts';
import {
  type BusinessDate,
  businessDateSchema,
  gatewayNameSchema,
  merchantNameSchema,
  unitCodeSchema,
} from '#schemas/ids.ts';
import { type StaffCode, staffCodeSchema } from '#schemas/staff-code.ts';
import type { MerchantAccountName } from './statement.ts';

const hourSchema = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be an hour like 17:00, Vietnam time'));

/** A day on which the calendar says otherwise than the day of the week does. */
const namedDaySchema = z.strictObject({ day: businessDateSchema, name: z.string().check(z.minLength(1)) });

const daysAfter = z.int().check(z.minimum(0), z.maximum(10));
const millionths = z.int().check(z.minimum(0), z.maximum(1_000_000));
/** Part of a booking's text; capitals do not matter. */
const contentSchema = z.string().check(z.minLength(1), z.maxLength(100));

/** How an account's money goes on: to the collecting account at the bank, and from there to the treasury. */
const bankSchema = z.strictObject({
  /** What the gateway or the bank keeps of each payment. */
  fee: z.strictObject({ perTransactionVnd: z.int().check(z.minimum(0)), millionths }),
  /** Working days from the day to the bank's booking; 0: that very day, also on a Sunday. */
  bookedAfterDays: daysAfter,
  /** What the text of its bookings holds, where others pay into the account too. */
  content: z.optional(contentSchema),
  /** Whether the day stays open until the bank's file is there. */
  isRequiredToClose: z._default(z.boolean(), false),
  treasury: z.optional(
    z.strictObject({
      /** Working days from the booking to the pay-in; 0: the day of the booking. */
      paidInAfterDays: daysAfter,
      /** What the text of a pay-in holds, among the money that left the account. */
      content: contentSchema,
      /** What the body may keep of what was credited. */
      keptMillionths: millionths,
    }),
  ),
});
export type BankSettings = z.infer<typeof bankSchema>;

/** What the desk agreed on with its gateways and with itself; every value of it is the administrator's. */
export const reconciliationSettingsSchema = z.strictObject({
  /** The accounts whose days are closed, each with the desk whose matter its exceptions are first. */
  accounts: z.array(
    z.strictObject({
      gateway: gatewayNameSchema,
      merchant: merchantNameSchema,
      desk: staffCodeSchema,
      /** Bank accounts that its money may be credited to; without any, nobody looks where money was credited. */
      collectingAccounts: z.optional(z.array(z.string().check(z.minLength(1)))),
      /** How its money goes on; without it nobody compares it with the bank. */
      bank: z.optional(bankSchema),
      /** The first day with a statement. */
      reconciledFrom: businessDateSchema,
      /** The unit whose key signs the page of a closed day; without it the page is not signed. */
      signedBy: z.optional(unitCodeSchema),
      /** The last one, of an account that was given up. */
      reconciledTo: z.optional(businessDateSchema),
    }),
  ),
  /** Owns what belongs to no account of the list. */
  otherDesk: staffCodeSchema,
  /** Hears of what is escalated. */
  escalationDesk: staffCodeSchema,
  /** When somebody is reminded of a file that has not come, on the day after. */
  reminderHour: hourSchema,
  /** By when a day is closed, on the next working day; clocks of exceptions end at it too. */
  closingHour: hourSchema,
  /** Working days after the one on which it was found, by class; 0: on that very day. */
  daysAllowed: z.record(exceptionClassSchema, z.int().check(z.minimum(0), z.maximum(60))),
  /** Until when the two lists below are known. */
  calendarUntil: businessDateSchema,
  /** Public holidays that are no Saturday or Sunday. */
  daysOff: z.array(namedDaySchema),
  /** Saturdays and Sundays that are worked in exchange. */
  workedDays: z.array(namedDaySchema),
});
export type ReconciliationSettings = z.infer<typeof reconciliationSettingsSchema>;

export type AccountSettings = ReconciliationSettings['accounts'][number];

export function isSameAccount(one: MerchantAccountName, other: MerchantAccountName): boolean {
  return one.gateway === other.gateway && one.merchant === other.merchant;
}

/** Whose matter the exceptions of an account are until a person takes them on. */
export function deskOf({ accounts, otherDesk }: ReconciliationSettings, account: MerchantAccountName): StaffCode {
  return accounts.find((one) => isSameAccount(one, account))?.desk ?? otherDesk;
}

/** Where the money of an account may be credited to; nothing where that is not looked at. */
export function collectingAccountsOf(
  { accounts }: ReconciliationSettings,
  account: MerchantAccountName,
): readonly string[] {
  return accounts.find((one) => isSameAccount(one, account))?.collectingAccounts ?? [];
}

export function daysAllowedFor({ daysAllowed }: ReconciliationSettings, name: ExceptionClass): number {
  return daysAllowed[name];
}

/** The accounts that had to have a statement for a day. */
export function accountsOn({ accounts }: ReconciliationSettings, day: BusinessDate): readonly AccountSettings[] {
  return accounts.filter(
    ({ reconciledFrom, reconciledTo }) => reconciledFrom <= day && (reconciledTo === undefined || day <= reconciledTo),
  );
}
