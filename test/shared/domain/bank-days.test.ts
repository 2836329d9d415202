import { describe, expect, it } from '@jest/globals';
import { businessDateSchema } from '#schemas/ids.ts';
import {
  bankFilesDueOn,
  bankFilesOf,
  bankOrderOf,
  daysBankedWith,
  daysComparedWith,
  isCollectingAccount,
  needsBankToClose,
} from '#shared/domain/bank-days.ts';
import { plainBank } from '#test/support/banked-days.ts';
import { settings as deskSettings, maker } from '#test/support/reconciliation-scene.ts';

type Bank = typeof plainBank;

const dateOf = (day: string) => businessDateSchema.parse(day);
const account = { gateway: 'vnpay', merchant: 'ttpvhcc' };
const on = (day: string) => ({ ...account, day: dateOf(day) });

function settingsWith(bank: Partial<Bank>, reconciledFrom = '2026-11-01', reconciledTo?: string) {
  const row = {
    ...account,
    desk: maker,
    reconciledFrom: dateOf(reconciledFrom),
    ...(reconciledTo === undefined ? {} : { reconciledTo: dateOf(reconciledTo) }),
    collectingAccounts: ['101'],
    bank: { ...plainBank, ...bank },
  };
  return { ...deskSettings, accounts: [row] };
}

describe('the day on which a bank books a day’s money', () => {
  it.each([
    ['the day itself, also on a Sunday', '2026-11-22', 0, { bookedOn: '2026-11-22', earlier: [] }],
    ['the next working day', '2026-11-23', 1, { bookedOn: '2026-11-24', earlier: [] }],
    [
      'Monday for the whole weekend, which is compared with its last day',
      '2026-11-22',
      1,
      { bookedOn: '2026-11-23', earlier: ['2026-11-20', '2026-11-21'] },
    ],
    [
      'after a public holiday',
      '2027-01-03',
      1,
      { bookedOn: '2027-01-04', earlier: ['2026-12-31', '2027-01-01', '2027-01-02'] },
    ],
    ['two working days on', '2026-11-19', 2, { bookedOn: '2026-11-23', earlier: [] }],
  ])('is %s', (_when, day, bookedAfterDays, order) => {
    expect(bankOrderOf(settingsWith({ bookedAfterDays }), on(day))).toMatchObject(order);
  });

  it('is shared by all days of a weekend, each of which knows the others', () => {
    const settings = settingsWith({ bookedAfterDays: 1 });
    expect(bankOrderOf(settings, on('2026-11-21'))).toMatchObject({
      bookedOn: '2026-11-23',
      earlier: ['2026-11-20'],
      later: ['2026-11-22'],
    });
    expect(daysBankedWith(settings, on('2026-11-20'))).toEqual([on('2026-11-21'), on('2026-11-22')]);
    expect(daysBankedWith(settings, on('2026-11-23'))).toEqual([]);
    expect(daysBankedWith({ ...settings, accounts: [] }, on('2026-11-20'))).toEqual([]);
  });

  it('is looked at for no account that began in the middle of a weekend, and to the last day of one that was given up', () => {
    const begun = settingsWith({ bookedAfterDays: 1 }, '2026-11-21');
    expect(bankOrderOf(begun, on('2026-11-22'))).toBeUndefined();
    expect(bankOrderOf(begun, on('2026-11-23'))).toMatchObject({ earlier: [] });
    const ended = settingsWith({ bookedAfterDays: 1 }, '2026-11-01', '2026-11-21');
    expect(bankOrderOf(ended, on('2026-11-21'))).toMatchObject({
      earlier: ['2026-11-20'],
      later: [],
    });
  });

  it('says which days a statement has to be compared with', () => {
    const settings = settingsWith({ bookedAfterDays: 1 });
    const daysOf = (day: string) =>
      daysComparedWith(settings, { account: '101', day: dateOf(day) }).map((one) => one.day);
    expect([daysOf('2026-11-23'), daysOf('2026-11-22'), daysOf('2026-11-24')]).toEqual([
      ['2026-11-22', '2026-11-21', '2026-11-20'],
      [],
      ['2026-11-23'],
    ]);
    expect(daysComparedWith(settings, { account: '102', day: dateOf('2026-11-23') })).toEqual([]);
  });
});

describe('the pay-in to the treasury', () => {
  const treasury = { paidInAfterDays: 1, content: 'NOP NSNN', keptMillionths: 0 };

  it('is made for all days that are paid in together, and needs the statements of all their bookings', () => {
    const order = bankOrderOf(settingsWith({ treasury }), on('2026-11-22'));
    expect(order?.treasury).toMatchObject({
      paidInOn: '2026-11-23',
      days: ['2026-11-20', '2026-11-21', '2026-11-22'].map((day) => ({ day, bookedOn: day })),
    });
    expect(order === undefined ? [] : bankFilesOf(order).map(({ day }) => day)).toEqual([
      '2026-11-20',
      '2026-11-21',
      '2026-11-22',
      '2026-11-23',
    ]);
    expect(daysBankedWith(settingsWith({ treasury }), on('2026-11-21'))).toEqual([on('2026-11-20'), on('2026-11-22')]);
  });

  it('may be made on the day of the booking', () => {
    const settings = settingsWith({ bookedAfterDays: 1, treasury: { ...treasury, paidInAfterDays: 0 } });
    expect(bankOrderOf(settings, on('2026-11-23'))?.treasury).toMatchObject({ paidInOn: '2026-11-24' });
  });

  it('of another gateway’s money on the same account is known too', () => {
    const { accounts, ...rest } = settingsWith({ treasury });
    const other = accounts.map((one) => ({ ...one, gateway: 'momo', bank: { ...plainBank, content: 'MOMO' } }));
    const settings = { ...rest, accounts: [...accounts, ...other] };
    expect(bankOrderOf(settings, { ...on('2026-11-23'), gateway: 'momo' })).toMatchObject({ payIns: ['NOP NSNN'] });
  });
});

describe('a collecting account', () => {
  it('is one that is compared with a bank, and no merchant account', () => {
    const settings = settingsWith({});
    const names = [
      { gateway: 'bank', merchant: '101' },
      { gateway: 'bank', merchant: '102' },
      { gateway: 'vnpay', merchant: '101' },
    ];
    expect(names.map((name) => isCollectingAccount(settings, name))).toEqual([true, false, false]);
  });

  it('has a statement on the days on which something of ours is booked or paid in', () => {
    const settings = settingsWith({ bookedAfterDays: 1 });
    expect(bankFilesDueOn(settings, dateOf('2026-11-22'))).toEqual([]);
    expect(bankFilesDueOn(settings, dateOf('2026-11-23'))).toEqual([
      { gateway: 'bank', merchant: '101', day: '2026-11-23' },
    ]);
  });

  it('keeps a day open until it was compared, where that is asked for', () => {
    const settings = settingsWith({ bookedAfterDays: 1, isRequiredToClose: true });
    expect(['2026-11-20', '2026-11-22'].map((day) => needsBankToClose(settings, on(day)))).toEqual([false, true]);
    expect(needsBankToClose(settingsWith({}), on('2026-11-22'))).toBe(false);
  });
});
