import { dayPageSchema, dayViewSchema, monthViewSchema } from '#schemas/day-close.ts';
import { businessDateOf, instantAfter } from '#shared/domain/calendar.ts';
import { systemClock } from '#shared/runtime/clock.ts';
import { acts, type Command, type Told } from './command.ts';
import { dayAsText, daysAsText, monthAsText } from './day-texts.ts';
import type { FinanceApi } from './finance-api.ts';
import { type FinanceOptions, given, numberIn } from './finance-options.ts';

const week = 7 * 86_400_000;

/** The last week, unless other days are asked for. */
export const daysCommand: Command = async (_words, { from, to, gateway, merchant, state }, api) => {
  const now = systemClock();
  const query = {
    from: from ?? businessDateOf(instantAfter(now, -week)),
    to: to ?? businessDateOf(now),
    gateway,
    merchant,
    state,
  };
  const days = await api.list('/v1/finance/days', dayPageSchema, query);
  return { text: daysAsText(days), data: { items: days } };
};

/** `day CỔNG/TÀI-KHOẢN/NGÀY`, or a month. */
export const dayCommand: Command = async ([name = ''], _options, api) => {
  const books = booksNamed(name);
  if (books.kind === 'month') return toldMonth(await api.get(books.path, monthViewSchema));
  return toldDay(await api.get(books.path, dayViewSchema));
};

/** The close of a day or a month, by two persons. */
export const closeCommand = acts({
  propose: (words, { kind, note }, api) => close(api, words, '', { kind, note }),
  approve: (words, options, api) => close(api, words, '/approval', decisionIn(options)),
  reject: (words, options, api) => close(api, words, '/rejection', decisionIn(options)),
});

async function close(api: FinanceApi, [name = '']: readonly string[], which: string, body: object): Promise<Told> {
  const { kind, path } = booksNamed(name);
  const address = `${path}/close${which}`;
  const sent = given({ ...body });
  if (kind === 'month') return toldMonth(await api.post(address, monthViewSchema, sent));
  return toldDay(await api.post(address, dayViewSchema, sent));
}

function decisionIn({ proposal, note }: FinanceOptions): object {
  return { number: numberIn(proposal), note };
}

function booksNamed(name: string): { readonly kind: 'day' | 'month'; readonly path: string } {
  if (/^\d{4}-\d\d$/.test(name)) return { kind: 'month', path: `/v1/finance/months/${name}` };
  return { kind: 'day', path: dayPathOf(name) };
}

/** @throws Error when the name has another form than the list's */
export function dayPathOf(name: string): string {
  const parts = name.split('/');
  if (parts.length === 3) return `/v1/finance/days/${parts.map((part) => encodeURIComponent(part)).join('/')}`;
  throw new Error(
    `“${name}” không phải cổng/tài khoản/ngày như vnpay/ttpvhcc/2026-11-22, cũng không phải tháng như 2026-11 (no day, no month).`,
  );
}

const toldDay = (day: Parameters<typeof dayAsText>[0]): Told => ({ text: dayAsText(day), data: day });
const toldMonth = (month: Parameters<typeof monthAsText>[0]): Told => ({ text: monthAsText(month), data: month });
