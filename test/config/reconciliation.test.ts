import { describe, expect, it } from '@jest/globals';
import dev from '#config/dev/reconciliation.json' with { type: 'json' };
import { loadMerchants } from '#config/merchants.ts';
import { loadReconciliation, readReconciliation } from '#config/reconciliation.ts';
import { loadUnits } from '#config/units.ts';
import { businessDateSchema } from '#schemas/ids.ts';
import { ConfigurationError } from '#shared/domain/failures.ts';
import { accountsOn } from '#shared/domain/reconciliation-settings.ts';

const merchants = loadMerchants('dev');
const read = (changes: object) =>
  readReconciliation(
    { path: 'config/test/reconciliation.json', data: { ...dev, ...changes } },
    merchants,
    loadUnits('dev'),
  );

describe('the settings of the reconciliation', () => {
  it('load in dev, with a desk for every merchant account and a clock for every class', () => {
    const { accounts, daysAllowed } = loadReconciliation('dev');
    expect(accounts).toHaveLength(merchants.length);
    expect(Object.keys(daysAllowed)).toHaveLength(11);
  });

  it('wait in prod for the accounts, like everything that hangs on them', () => {
    expect(() => loadReconciliation('prod')).toThrow('config/prod/merchants.json is not usable');
  });

  const [first, ...others] = dev.accounts;

  it('keep the row of an account that was given up, and its days', () => {
    const settings = read({ accounts: [...dev.accounts, { ...first, merchant: 'cu', reconciledTo: '2026-11-30' }] });
    const namesOn = (day: string) =>
      accountsOn(settings, businessDateSchema.parse(day)).map(({ merchant }) => merchant);
    expect([namesOn('2026-11-30').includes('cu'), namesOn('2026-12-01').includes('cu')]).toEqual([true, false]);
  });

  it.each([
    [
      'an account that nobody has',
      { accounts: [...dev.accounts, { ...first, merchant: 'la' }] },
      /\.accounts\[9\]: vnpay\/la is no account/,
    ],
    ['an account that is left out', { accounts: others }, /\.accounts: vnpay\/ttpvhcc of merchants\.json has no row/],
    [
      'an account twice',
      { accounts: [...dev.accounts, first] },
      /\.accounts\[9\]: account vnpay\/ttpvhcc is already in row \[0\]/,
    ],
    [
      'an account given up before it began',
      { accounts: [...others, { ...first, reconciledTo: '2026-10-31' }] },
      /\.accounts\[8\]: reconciledTo is before reconciledFrom/,
    ],
    [
      'a unit that signs and that there is not',
      { accounts: [{ ...first, signedBy: 'khong-co' }, ...others] },
      /\.accounts\[0\]: signedBy khong-co is no unit of units\.json/,
    ],
    [
      'a bank without an account',
      { accounts: [...others, { ...first, collectingAccounts: [] }] },
      /\.accounts\[8\]\.bank: stands without collectingAccounts/,
    ],
    [
      'an account that no folder can be named by',
      { accounts: [...others, { ...first, collectingAccounts: ['9990 0000 0022'] }] },
      /\.accounts\[8\]\.collectingAccounts: 9990 0000 0022 must be digits/,
    ],
    [
      'two gateways that pay into one account, and one that names no content',
      { accounts: [...others, { ...first, bank: { ...first?.bank, content: undefined } }] },
      /\.accounts\[8\]\.bank: must name its content/,
    ],
    [
      'a gateway that is called as banks are',
      { accounts: [...dev.accounts, { ...first, gateway: 'bank' }] },
      /\.accounts\[9\]: bank is no gateway/,
    ],
    [
      'a bank that books after a month',
      { accounts: [...others, { ...first, bank: { ...first?.bank, bookedAfterDays: 30 } }] },
      /bookedAfterDays/,
    ],
    ['a class without a clock', { daysAllowed: { ...dev.daysAllowed, TRUNG: undefined } }, /\.daysAllowed\.TRUNG/],
    ['a clock of a class that needs nobody', { daysAllowed: { ...dev.daysAllowed, KHOP: 1 } }, /\.daysAllowed/],
    ['an hour that there is not', { closingHour: '24:00' }, /\.closingHour: must be an hour/],
    ['a reminder after the close', { reminderHour: '18:00' }, /\.reminderHour: is not before closingHour/],
    [
      'a holiday beyond the calendar',
      { calendarUntil: '2027-08-31' },
      /2027-09-02 \(Quốc khánh\): is after calendarUntil/,
    ],
    [
      'a day that is off and worked',
      { workedDays: [{ day: '2027-09-02', name: 'x' }] },
      /\.workedDays: 2027-09-02 is among daysOff too/,
    ],
  ])('are refused with %s, and the place is named', (_fault, changes, why) => {
    expect(() => read(changes)).toThrow(ConfigurationError);
    expect(() => read(changes)).toThrow(why);
  });
});
