import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ReceivedRequest } from '#infra/local/cloud/api-gateway-event.ts';
import type { SentAnswer } from '#infra/local/cloud/http-answer.ts';
import { htmlAnswer, redirectAnswer } from '#infra/local/html.ts';
import { type BusinessDate, businessDateSchema, type Instant } from '#schemas/ids.ts';
import { bankDayOf } from '#shared/domain/bank-days.ts';
import { businessDateOf, vietnamTimeOf } from '#shared/domain/calendar.ts';
import { collectingAccountsOf, type ReconciliationSettings } from '#shared/domain/reconciliation-settings.ts';
import { statementKeyOf } from '#shared/domain/statement-key.ts';
import { entriesOf, type StatementEntry } from './account-statement.ts';
import type { BankBook } from './bank-book.ts';
import { bookingsOn, writeBankStatement } from './bank-bookings.ts';
import { findAccount, type PlayedAccount } from './played-account.ts';
import { writeStatement } from './statement-file.ts';
import { readStatementForm, renderStatementPage } from './statement-page.ts';

export interface StatementCounterNeeds {
  readonly book: BankBook;
  /** Every account that is played: several pay into one collecting account. */
  readonly accounts: readonly PlayedAccount[];
  /** Which collecting account money goes to, and when. */
  readonly settings: ReconciliationSettings;
  readonly now: () => Instant;
  /** Where statements are laid for our own side to find. */
  readonly dropFolder: string;
}

/** Address of the page, from the site's root. */
export function statementPath({ gateway, account: { merchant } }: PlayedAccount): string {
  return `/bank/${gateway}/${merchant}/statement`;
}

/** The statements of an account: shown, downloaded, or laid into the drop folder. */
export async function serveStatements(
  played: PlayedAccount,
  { method, target, body }: ReceivedRequest,
  needs: StatementCounterNeeds,
): Promise<SentAnswer> {
  const form = new URLSearchParams(method === 'POST' ? Buffer.from(body).toString() : target.split(/\?(.*)/s)[1]);
  const day = businessDateSchema.safeParse(form.get('day')).data ?? businessDateOf(needs.now());
  const entries = entriesOf(needs.book, played, day);
  const [bankAccount] = collectingAccountsOf(needs.settings, { ...played, merchant: played.account.merchant });
  if (method !== 'POST') {
    const laidInto = form.get('laid') ?? undefined;
    return htmlAnswer(renderStatementPage({ played, day, entries, bankAccount, laidInto }));
  }
  const action = form.get('action') ?? '';
  const isOfBank = action.endsWith('-bank') && bankAccount !== undefined;
  const file = isOfBank
    ? bankFileOf(bankAccount, day, needs)
    : fileOf(played, day, readStatementForm(entries, form), needs.now());
  if (action.startsWith('fetch')) return downloadAnswer(file);
  await lay(file, needs.dropFolder);
  return redirectAnswer(`${statementPath(played)}?${new URLSearchParams({ day, laid: file.key }).toString()}`);
}

/** The collecting account's statement of that day, with what all gateways pay into it. */
function bankFileOf(
  account: string,
  day: BusinessDate,
  { book, accounts, settings, now }: StatementCounterNeeds,
): StatementFile {
  const bookings = bookingsOn(account, day, {
    settings,
    entriesOf: (address) => {
      const played = findAccount(accounts, address);
      return played === undefined ? [] : entriesOf(book, played, address.day);
    },
  });
  const name = `ngan-hang-${account}-${day}-${vietnamTimeOf(now()).slice(8)}.csv`;
  return {
    key: statementKeyOf({ ...bankDayOf(account, day), name }),
    text: writeBankStatement(account, day, bookings),
  };
}

interface StatementFile {
  /** In the drop folder as in the store. */
  readonly key: string;
  readonly text: string;
}

function fileOf(
  played: PlayedAccount,
  day: BusinessDate,
  entries: readonly StatementEntry[],
  now: Instant,
): StatementFile {
  const { gateway, account } = played;
  const { merchant } = account;
  // Each file has a name of its own: a corrected one must not lie over the one that was taken.
  const name = `${gateway}-${merchant}-${day}-${vietnamTimeOf(now).slice(8)}.txt`;
  return {
    key: statementKeyOf({ gateway, merchant, day, name }),
    text: writeStatement(gateway, day, entries),
  };
}

/** Under its name only when it is whole: the folder is watched. */
async function lay({ key, text }: StatementFile, dropFolder: string): Promise<void> {
  const file = join(dropFolder, key);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.part`, text);
  await rename(`${file}.part`, file);
}

function downloadAnswer({ key, text }: StatementFile): SentAnswer {
  return {
    status: 200,
    headers: [
      ['content-type', 'text/plain; charset=utf-8'],
      ['content-disposition', `attachment; filename="${key.split('/').at(-1) ?? ''}"`],
      ['x-content-type-options', 'nosniff'],
    ],
    body: Buffer.from(text),
  };
}
