import { closeDay } from '#functions/finance-desk/close-day.ts';
import { findDay } from '#functions/finance-desk/show-day.ts';
import type { ReconcileNeeds } from '#functions/reconcile-day/reconcile-day.ts';
import { writeStatement } from '#infra/local/bank/statement-file.ts';
import { dayCloseCommandSchema } from '#schemas/day-close.ts';
import { businessDateSchema, instantSchema } from '#schemas/ids.ts';
import { amountVndSchema } from '#schemas/money.ts';
import type { StaffCode } from '#schemas/staff-code.ts';
import { bankDayOf } from '#shared/domain/bank-days.ts';
import type { PaymentRecord } from '#shared/domain/payment-record.ts';
import type { ReconciliationSettings } from '#shared/domain/reconciliation-settings.ts';
import type { MerchantAccountName } from '#shared/domain/statement.ts';
import type { DayAddress } from '#shared/domain/statement-day.ts';
import { withSignedReceipts } from './owing-records.ts';
import { aPaidRecord, putRecord } from './paid-record.ts';
import type { ReconcileJourney } from './reconcile-journey.ts';
import { settings as deskSettings, maker } from './reconciliation-scene.ts';

type BankSettings = NonNullable<ReconciliationSettings['accounts'][number]['bank']>;

/** Booked on the same day, without a fee, by nobody else, and nothing paid in. */
export const plainBank: BankSettings = {
  fee: { perTransactionVnd: 0, millionths: 0 },
  bookedAfterDays: 0,
  isRequiredToClose: false,
};

/** One booking of a bank's statement; below 0 it left the account. */
export interface Booking {
  readonly vnd: number;
  readonly content?: string;
}

let accounts = 0;

/** A merchant account of a test alone, with a collecting account at a bank, on the engines of the journey. */
export function makeBankedAccount(journey: ReconcileJourney, bank: BankSettings | 'none' = plainBank) {
  const number = String(999_000_000_000 + (accounts += 1));
  const merchant = `banked-${accounts}`;
  const settings: ReconciliationSettings = {
    ...deskSettings,
    accounts: [
      {
        gateway: 'vnpay',
        merchant,
        desk: maker,
        reconciledFrom: businessDateSchema.parse('2026-11-01'),
        collectingAccounts: [number],
        ...(bank === 'none' ? {} : { bank }),
      },
    ],
  };
  const needs = { ...journey.needs, recording: { ...journey.needs.recording, settings } };
  const addressOn = (day: string): DayAddress => ({ gateway: 'vnpay', merchant, day: businessDateSchema.parse(day) });
  const record = (day: string) => journey.dayRecord(addressOn(day));
  return {
    number,
    settings,
    addressOn,
    record,
    /** Payments of 28 000 on a day, settled and receipted. */
    pay: async (day: string, count = 1): Promise<readonly PaymentRecord[]> => {
      const records = Array.from({ length: count }, () => paidOn(addressOn(day)));
      for (const one of records) await putRecord(journey.table, one);
      return records;
    },
    /** The table is restored to a time before a payment was settled; its receipts were rebuilt from the archive. */
    loseMoneyOf: async ({ payment, receipts, ...rest }: PaymentRecord) => {
      const { settlement: _lost, dueAt: _due, ...open } = payment;
      await putRecord(journey.table, { ...rest, receipts, payment: { ...open, state: 'open' } });
    },
    /** The gateway's statement of a day arrives. */
    gatewayTells: (day: string, records: readonly PaymentRecord[], status: 'success' | 'failed' = 'success') => {
      const entries = records.map((one) => ({ ...entryOf(one), status }));
      const text = writeStatement('vnpay', businessDateSchema.parse(day), entries);
      return journey.arrive(addressOn(day), text, needs);
    },
    /** The bank's statement of a day arrives. */
    bankTells: (
      day: string,
      bookings: readonly Booking[],
      { account = number, ...changes }: Partial<ReconcileNeeds> & { readonly account?: string } = {},
    ) => {
      const address = bankDayOf(number, businessDateSchema.parse(day));
      return journey.arrive(address, bankFile(account, day, bookings), { ...needs, ...changes });
    },
    bankDay: (day: string) => journey.dayRecord(bankDayOf(number, businessDateSchema.parse(day))),
    /** The exceptions of a day as class and state. */
    exceptionsOf: (day: string) => journey.exceptionsOf(addressOn(day)),
    /** The figures of the run that counts. */
    figuresOf: async (day: string) => (await record(day)).runs.at(-1)?.figures,
    /** As the desk sees the bank's day. */
    showBankDay: (day: string) =>
      findDay(bankDayOf(number, businessDateSchema.parse(day)), { ...journey.desk, settings }),
    close: (day: string, command: object, by: StaffCode = maker, of: Partial<MerchantAccountName> = {}) =>
      closeDay({ ...addressOn(day), ...of }, dayCloseCommandSchema.parse(command), by, { ...journey.desk, settings }),
  };
}

function paidOn({ gateway, merchant, day }: DayAddress): PaymentRecord {
  const { payment, ...rest } = aPaidRecord();
  const { settlement } = payment;
  if (settlement === undefined) throw new Error('nothing settled it');
  const [attempt] = Object.values(payment.attempts);
  const paidAt = instantSchema.parse(`${day}T02:15:30.000Z`);
  const paid = aPaidRecord([{}], {
    paymentId: payment.paymentId,
    attempts: { '01': { ...attempt, gateway, merchant } },
    settlement: { ...settlement, gateway, merchant, paidAt, businessDate: day },
  });
  return withSignedReceipts({ ...paid, ...rest, payment: { ...paid.payment, claims: [] } });
}

function entryOf({ payment: { settlement } }: PaymentRecord) {
  if (settlement === undefined) throw new Error('it is not paid');
  const { gatewayRef, transactionId, amountVnd, paidAt } = settlement;
  const names = { reference: gatewayRef ?? '', transactionId: transactionId ?? '', bankCode: '' };
  return {
    ...names,
    amountVnd: amountVndSchema.parse(amountVnd),
    at: paidAt,
    kind: 'payment',
    status: 'success',
  } as const;
}

/** In the layout `bank-export` of stage dev. */
function bankFile(account: string, day: string, bookings: readonly Booking[]): string {
  const date = day.split('-').toReversed().join('/');
  const rows = bookings.map(({ vnd, content = 'VNPAY tra tien' }, index) =>
    [account, date, vnd < 0 ? -vnd : '', vnd < 0 ? '' : vnd, content, `FT${index + 1}`].join(';'),
  );
  return `${['Số tài khoản;Ngày hạch toán;Ghi nợ;Ghi có;Diễn giải;Số bút toán', ...rows].join('\n')}\n`;
}
