import type { BusinessDate } from '#schemas/ids.ts';
import { type BankOrder, bankOrderOf, daysComparedWith } from '#shared/domain/bank-days.ts';
import type { ReconciliationSettings } from '#shared/domain/reconciliation-settings.ts';
import type { DayAddress } from '#shared/domain/statement-day.ts';
import { formatDay } from '#shared/domain/vietnamese-format.ts';
import type { StatementEntry } from './account-statement.ts';

/** A line of a collecting account's statement; below 0 the money left it. */
export interface Booking {
  readonly vnd: number;
  readonly content: string;
}

export interface BookingNeeds {
  readonly settings: ReconciliationSettings;
  /** What a gateway did for an account on a day. */
  readonly entriesOf: (address: DayAddress) => readonly StatementEntry[];
}

/** What the bank books on a collecting account on a day: what the gateways pay out, and what the body pays in. */
export function bookingsOn(account: string, day: BusinessDate, needs: BookingNeeds): readonly Booking[] {
  const days = daysComparedWith(needs.settings, { account, day }).toReversed();
  return days.flatMap((address) => {
    const order = bankOrderOf(needs.settings, address);
    return order === undefined
      ? []
      : [...creditsOf(address, order, day, needs), ...payInsOf(address, order, day, needs)];
  });
}

function creditsOf(address: DayAddress, order: BankOrder, day: BusinessDate, needs: BookingNeeds): readonly Booking[] {
  if (order.bookedOn !== day) return [];
  const vnd = netOf(needs.entriesOf(address), order);
  const content = `${order.content ?? address.gateway} tra tien ngay ${formatDay(address.day)}`;
  return vnd === 0 ? [] : [{ vnd, content }];
}

/** With the last of the days that are paid in together. */
function payInsOf(address: DayAddress, order: BankOrder, day: BusinessDate, needs: BookingNeeds): readonly Booking[] {
  const { treasury } = order;
  if (treasury?.paidInOn !== day || treasury.days.at(-1)?.day !== address.day) return [];
  const sum = treasury.days.reduce((all, of) => all + netOf(needs.entriesOf({ ...address, day: of.day }), order), 0);
  const vnd = sum - Math.floor((sum * treasury.keptMillionths + 500_000) / 1_000_000);
  return vnd <= 0 ? [] : [{ vnd: -vnd, content: `${treasury.content} ngay ${formatDay(day)}` }];
}

function netOf(entries: readonly StatementEntry[], { fee }: BankOrder): number {
  const { perTransactionVnd, millionths } = fee;
  return entries
    .filter(({ status }) => status === 'success')
    .reduce((sum, { kind, amountVnd }) => {
      if (kind === 'refund') return sum - amountVnd;
      return sum + amountVnd - perTransactionVnd - Math.floor((amountVnd * millionths + 500_000) / 1_000_000);
    }, 0);
}

/** As the mapping `bank-export` of stage dev reads it. */
export function writeBankStatement(account: string, day: BusinessDate, bookings: readonly Booking[]): string {
  const rows = bookings.map(({ vnd, content }, index) =>
    [account, formatDay(day), vnd < 0 ? -vnd : '', vnd < 0 ? '' : vnd, content, `FT${index + 1}`].join(';'),
  );
  return `${['Số tài khoản;Ngày hạch toán;Ghi nợ;Ghi có;Diễn giải;Số bút toán', ...rows].join('\n')}\n`;
}
