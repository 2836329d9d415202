import type { DayLine, DayState } from '#schemas/day-close.ts';
import type { BusinessDate, Instant } from '#schemas/ids.ts';
import { isOfBank } from '#shared/domain/bank-days.ts';
import { businessDateOf } from '#shared/domain/calendar.ts';
import type { Exception } from '#shared/domain/exception.ts';
import { accountsOn, type ReconciliationSettings } from '#shared/domain/reconciliation-settings.ts';
import type { DayAddress, StatementDay, StatementFile } from '#shared/domain/statement-day.ts';
import { closeDueAt, dayAfter, daysBetween, fileDueAt } from '#shared/domain/working-days.ts';
import type { ReconciliationNeeds, Refused } from './reconciliation-needs.ts';

export interface DayFilter {
  readonly from: BusinessDate;
  readonly to: BusinessDate;
  readonly gateway?: string | undefined;
  readonly merchant?: string | undefined;
  readonly state?: DayState | undefined;
}

/** A quarter: more days at once are asked for in parts. */
export const mostDays = 92;

export type DayListing = { readonly kind: 'listed'; readonly days: readonly DayLine[] } | Refused<'too-many-days'>;

/** Where every account that must be reconciled stands on each day, latest day first; days to come are left out. */
export async function listDays(
  filter: DayFilter,
  needs: Pick<ReconciliationNeeds, 'book' | 'exceptions' | 'settings' | 'clock'>,
): Promise<DayListing> {
  const { book, exceptions, settings, clock } = needs;
  const now = clock();
  const to = [filter.to, businessDateOf(now)].toSorted()[0] ?? filter.to;
  if (to > dayAfter(filter.from, mostDays - 1)) return tooManyDays;
  const addresses = daysBetween(filter.from, to).flatMap((day) => addressesOn(day, filter, settings));
  const found = new Map((await book.readDays(addresses)).map((day) => [nameOf(day), day]));
  const open = Map.groupBy(await exceptions.findOpen(), nameOf);
  const days = addresses
    .map((address) =>
      showDayLine(address, found.get(nameOf(address)), open.get(nameOf(address)) ?? [], { settings, now }),
    )
    .filter(({ state }) => (filter.state ?? state) === state);
  return { kind: 'listed', days: days.toSorted((one, other) => (placeOfDay(one) < placeOfDay(other) ? -1 : 1)) };
}

/** Where a day stands in the order of lists: the latest first. No two have the same place. */
export function placeOfDay({ day, gateway, merchant }: DayAddress): string {
  const fromTheEnd = 99_999_999 - Number(day.replaceAll('-', ''));
  return `${fromTheEnd}#${gateway}/${merchant}`;
}

function addressesOn(day: BusinessDate, filter: DayFilter, settings: ReconciliationSettings): readonly DayAddress[] {
  return accountsOn(settings, day)
    .filter(
      ({ gateway, merchant }) => (filter.gateway ?? gateway) === gateway && (filter.merchant ?? merchant) === merchant,
    )
    .map(({ gateway, merchant }) => ({ gateway, merchant, day }));
}

const nameOf = ({ gateway, merchant, day }: DayAddress): string => `${gateway}/${merchant}/${day}`;

/** One account's day, as lists show it. */
export function showDayLine(
  { gateway, merchant, day }: DayAddress,
  found: StatementDay | undefined,
  exceptions: readonly Exception[],
  { settings, now }: { readonly settings: ReconciliationSettings; readonly now: Instant },
): DayLine {
  const due = { fileDueAt: fileDueAt(settings, day), closeDueAt: closeDueAt(settings, day) };
  const state = stateOf(found);
  const { file, running, latest } = found ?? {};
  const isToBeClosed = state !== 'closed' && !isOfBank({ gateway });
  return {
    gateway,
    merchant,
    day,
    state,
    ...(file === undefined ? {} : { file: showFile(file) }),
    ...(running === undefined ? {} : { runningSince: running.startedAt }),
    ...(latest === undefined ? {} : { run: latest.number, exceptions: latest.exceptions }),
    openExceptions: exceptions.filter((one) => one.state !== 'closed').length,
    ...due,
    isLate:
      (isToBeClosed && now >= due.closeDueAt) || (state !== 'closed' && file === undefined && now >= due.fileDueAt),
  };
}

/** Where the store keeps it is nobody's business at the desk. */
export function showFile({ storedVersion: _version, ...file }: StatementFile): NonNullable<DayLine['file']> {
  return file;
}

export function stateOf(day: StatementDay | undefined): DayState {
  if (day?.closing !== undefined) return day.closing;
  if (day?.running !== undefined) return 'running';
  if (day?.file === undefined) return day?.lastRefusal === undefined ? 'awaited' : 'refused';
  return day.latest?.statement === day.file.digest ? 'reconciled' : 'taken';
}

const tooManyDays: DayListing = {
  kind: 'refused',
  code: 'too-many-days',
  explanation: `Khoảng ngày dài quá ${mostDays} ngày. Hãy chọn khoảng ngắn hơn.`,
};
