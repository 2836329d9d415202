import { describe, expect, it } from '@jest/globals';
import type { StatementEntry } from '#infra/local/bank/account-statement.ts';
import { bookingsOn, writeBankStatement } from '#infra/local/bank/bank-bookings.ts';
import { businessDateSchema, instantSchema } from '#schemas/ids.ts';
import type { DayAddress } from '#shared/domain/statement-day.ts';
import { settings as deskSettings, maker } from '#test/support/reconciliation-scene.ts';

const dateOf = (day: string) => businessDateSchema.parse(day);
const bank = {
  fee: { perTransactionVnd: 1_000, millionths: 10_000 },
  bookedAfterDays: 1,
  content: 'VNPAY',
  isRequiredToClose: false,
  treasury: { paidInAfterDays: 1, content: 'NOP NSNN', keptMillionths: 100_000 },
};
const accounts = [
  {
    gateway: 'vnpay',
    merchant: 'ttpvhcc',
    desk: maker,
    reconciledFrom: dateOf('2026-11-01'),
    collectingAccounts: ['101'],
    bank,
  },
];
const settings = { ...deskSettings, accounts };

/** A payment of 100 000, a refund of 10 000 and a failure on each of these days. */
function entriesOn(...days: readonly string[]) {
  const entry = {
    reference: 'r',
    transactionId: 't',
    at: instantSchema.parse('2026-11-20T02:00:00.000Z'),
    bankCode: '',
  };
  const entries: readonly StatementEntry[] = [
    { ...entry, amountVnd: 100_000, kind: 'payment', status: 'success' },
    { ...entry, amountVnd: 10_000, kind: 'refund', status: 'success' },
    { ...entry, amountVnd: 55_555, kind: 'payment', status: 'failed' },
  ];
  return ({ day }: DayAddress) => (days.includes(day) ? entries : []);
}

describe('what a bank books', () => {
  it('is on Monday the money of the weekend, less the fee of each payment', () => {
    const needs = { settings, entriesOf: entriesOn('2026-11-20', '2026-11-22') };
    expect(bookingsOn('101', dateOf('2026-11-23'), needs)).toEqual([
      { vnd: 88_000, content: 'VNPAY tra tien ngay 20/11/2026' },
      { vnd: 88_000, content: 'VNPAY tra tien ngay 22/11/2026' },
    ]);
  });

  it('is on the day after what goes on to the treasury, less what the body keeps', () => {
    const needs = { settings, entriesOf: entriesOn('2026-11-20', '2026-11-22', '2026-11-23') };
    expect(bookingsOn('101', dateOf('2026-11-24'), needs)).toEqual([
      { vnd: -158_400, content: 'NOP NSNN ngay 24/11/2026' },
      { vnd: 88_000, content: 'VNPAY tra tien ngay 23/11/2026' },
    ]);
  });

  it('is nothing on a Sunday, and nothing on an account of somebody else', () => {
    const needs = { settings, entriesOf: entriesOn('2026-11-20') };
    expect(bookingsOn('101', dateOf('2026-11-22'), needs)).toEqual([]);
    expect(bookingsOn('102', dateOf('2026-11-23'), needs)).toEqual([]);
  });

  it('is written with credit and debit apart', () => {
    const text = writeBankStatement('101', dateOf('2026-11-24'), [
      { vnd: 88_000, content: 'vao' },
      { vnd: -1, content: 'ra' },
    ]);
    expect(text.split('\n').slice(1)).toEqual(['101;24/11/2026;;88000;vao;FT1', '101;24/11/2026;1;;ra;FT2', '']);
  });
});
