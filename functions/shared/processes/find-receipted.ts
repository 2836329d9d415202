import type { PaymentId } from '#schemas/ids.ts';
import { businessDateOf } from '#shared/domain/calendar.ts';
import type { ReceiptHints, SeriesName } from '#shared/domain/receipt-register.ts';
import type { Series } from '#shared/domain/series.ts';
import type { DayAddress } from '#shared/domain/statement-day.ts';
import { dayAfter } from '#shared/domain/working-days.ts';
import { findNumbers } from './find-numbers.ts';

/**
 * The payments of receipts for money of a gateway's day, as the register's index lists them: a hint. Receipts are made out
 * within moments; those of the day after are looked at too, since money that came around midnight gets the next date.
 */
export async function* findReceipted(
  { gateway, day }: DayAddress,
  names: readonly SeriesName[],
  register: ReceiptHints,
): AsyncGenerator<readonly PaymentId[]> {
  for (const name of names) {
    const series = await readSeries(name, register);
    // Nothing was made out, or nothing so late.
    if (series?.lastDate === undefined || series.lastDate < day) continue;
    const numbers = { from: 1, to: series.nextNumber - 1 };
    const range = await findNumbers({ series, numbers, from: day, to: dayAfter(day) }, register);
    for await (const hints of register.readHints(series, range)) {
      const ofDay = hints.filter((hint) => hint.gateway === gateway && businessDateOf(hint.paidAt) === day);
      yield [...new Set(ofDay.map(({ paymentId }) => paymentId))];
    }
  }
}

async function readSeries(
  { taxCode, template, series }: SeriesName,
  register: ReceiptHints,
): Promise<Series | undefined> {
  return (await register.readSeries(taxCode, template)).find((one) => one.series === series);
}
