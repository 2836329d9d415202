import { merchantNameSchema } from '#schemas/ids.ts';
import { bankChannel } from '#shared/domain/bank-days.ts';
import type { CollectingUnit } from '#shared/domain/collecting-unit.ts';
import type { Merchant } from '#shared/domain/merchant.ts';
import {
  isSameAccount,
  type ReconciliationSettings,
  reconciliationSettingsSchema,
} from '#shared/domain/reconciliation-settings.ts';
import { faultsOfSchema } from '#shared/domain/schema-faults.ts';
import dev from './dev/reconciliation.json' with { type: 'json' };
import { loadMerchants } from './merchants.ts';
import prod from './prod/reconciliation.json' with { type: 'json' };
import { faultsOfRepeats, placeOf, type RegistryFile, refuse } from './registry-file.ts';
import type { Stage } from './stage.ts';
import { loadUnits } from './units.ts';

const files: Readonly<Record<Stage, RegistryFile>> = {
  dev: { path: 'config/dev/reconciliation.json', data: dev },
  prod: { path: 'config/prod/reconciliation.json', data: prod },
};

/**
 * Desks, clocks and calendar of the reconciliation of a stage.
 * @throws ConfigurationError naming every fault, also of the merchant accounts and units
 */
export function loadReconciliation(stage: Stage): ReconciliationSettings {
  return readReconciliation(files[stage], loadMerchants(stage), loadUnits(stage));
}

/** When somebody is reminded of missing files, also of a stage that has no accounts yet: the template needs it. */
export function reminderHourOf(stage: Stage): string {
  return parseSettings(files[stage]).reminderHour;
}

export function readReconciliation(
  file: RegistryFile,
  merchants: readonly Merchant[],
  units: readonly Pick<CollectingUnit, 'unitCode'>[],
): ReconciliationSettings {
  const settings = parseSettings(file);
  const faults = [
    ...faultsOfAccounts(settings, merchants),
    ...faultsOfSigners(settings, units),
    ...faultsOfBanks(settings),
    ...faultsOfCalendar(settings),
  ];
  return faults.length > 0 ? refuse(file, faults) : settings;
}

function parseSettings(file: RegistryFile): ReconciliationSettings {
  const parsed = reconciliationSettingsSchema.safeParse(file.data);
  if (parsed.success) return parsed.data;
  return refuse(
    file,
    faultsOfSchema(parsed.error).map(({ path, message }) => `${placeOf(path)}: ${message}`),
  );
}

/** An account without a row would be money that nobody closes the books of. */
function faultsOfAccounts({ accounts }: ReconciliationSettings, merchants: readonly Merchant[]): readonly string[] {
  const strangers = accounts.flatMap((account, index) =>
    account.reconciledTo !== undefined || merchants.some((merchant) => isSameAccount(merchant, account))
      ? []
      : [`.accounts[${index}]: ${account.gateway}/${account.merchant} is no account of merchants.json`],
  );
  const missing = merchants
    .filter((merchant) => !accounts.some((account) => isSameAccount(account, merchant)))
    .map(({ gateway, merchant }) => `.accounts: ${gateway}/${merchant} of merchants.json has no row`);
  const repeats = faultsOfRepeats(accounts, 'account', ({ gateway, merchant }) => [`${gateway}/${merchant}`]);
  const turned = accounts.flatMap(({ reconciledFrom, reconciledTo = reconciledFrom }, index) =>
    reconciledTo < reconciledFrom ? [`.accounts[${index}]: reconciledTo is before reconciledFrom`] : [],
  );
  return [...strangers, ...turned, ...missing, ...repeats.map((fault) => `.accounts${fault}`)];
}

/** Whether a unit has a key, `signing.json` says; one that there is not would be missed only when its first day is closed. */
function faultsOfSigners(
  { accounts }: ReconciliationSettings,
  units: readonly Pick<CollectingUnit, 'unitCode'>[],
): readonly string[] {
  return accounts.flatMap(({ signedBy }, index) =>
    signedBy === undefined || units.some(({ unitCode }) => unitCode === signedBy)
      ? []
      : [`.accounts[${index}]: signedBy ${signedBy} is no unit of units.json`],
  );
}

/** A statement lies under the number of its account; and of one account each gateway must know its own bookings. */
function faultsOfBanks({ accounts }: ReconciliationSettings): readonly string[] {
  return accounts.flatMap(({ gateway, bank, collectingAccounts = [] }, index) => {
    const place = `.accounts[${index}]`;
    if (gateway === bankChannel) return [`${place}: ${bankChannel} is no gateway, statements of banks lie under it`];
    if (bank === undefined) return [];
    const isShared = accounts.some(
      (other, at) =>
        at !== index &&
        other.bank !== undefined &&
        collectingAccounts.some((account) => other.collectingAccounts?.includes(account)),
    );
    return [
      ...(collectingAccounts.length > 0 ? [] : [`${place}.bank: stands without collectingAccounts`]),
      ...collectingAccounts
        .filter((account) => !merchantNameSchema.safeParse(account).success)
        .map(
          (account) => `${place}.collectingAccounts: ${account} must be digits or small letters, as the bank writes it`,
        ),
      ...(isShared && bank.content === undefined
        ? [`${place}.bank: must name its content, since another gateway pays into the same account`]
        : []),
    ];
  });
}

function faultsOfCalendar(settings: ReconciliationSettings): readonly string[] {
  const { daysOff, workedDays, calendarUntil, reminderHour, closingHour } = settings;
  const named = [...daysOff, ...workedDays];
  const off = new Set<string>(daysOff.map(({ day }) => day));
  return [
    ...(reminderHour < closingHour ? [] : ['.reminderHour: is not before closingHour']),
    ...named
      .filter(({ day }) => day > calendarUntil)
      .map(({ day, name }) => `${day} (${name}): is after calendarUntil ${calendarUntil}`),
    ...faultsOfRepeats(daysOff, 'day', ({ day }) => [day]).map((fault) => `.daysOff${fault}`),
    ...faultsOfRepeats(workedDays, 'day', ({ day }) => [day]).map((fault) => `.workedDays${fault}`),
    ...workedDays.filter(({ day }) => off.has(day)).map(({ day }) => `.workedDays: ${day} is among daysOff too`),
  ];
}
