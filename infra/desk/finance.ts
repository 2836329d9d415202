import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Command, Told } from './finance/command.ts';
import { correctionsCommand } from './finance/correction-commands.ts';
import { closeCommand, dayCommand, daysCommand } from './finance/day-commands.ts';
import { findDesk } from './finance/desk-place.ts';
import { exceptionCommand, exceptionsCommand } from './finance/exception-commands.ts';
import { ledgerCommand, proofCommand, reportsCommand, uploadCommand } from './finance/file-commands.ts';
import { openFinanceApi } from './finance/finance-api.ts';
import { financeHelp } from './finance/finance-help.ts';
import { type FinanceOptions, financeOptions, optionOf } from './finance/finance-options.ts';
import { paymentCommand, receiptCommand } from './finance/look-up-commands.ts';
import { moneyCommand } from './finance/money-commands.ts';
import { refundsCommand } from './finance/refund-commands.ts';
import { seriesCommand } from './finance/series-commands.ts';
import { sessionCommands } from './finance/session-commands.ts';
import { tellFault } from './tell-fault.ts';

const commands: Readonly<Record<string, Command>> = {
  money: moneyCommand,
  refunds: refundsCommand,
  corrections: correctionsCommand,
  payment: paymentCommand,
  receipt: receiptCommand,
  exceptions: exceptionsCommand,
  exception: exceptionCommand,
  days: daysCommand,
  day: dayCommand,
  close: closeCommand,
  upload: uploadCommand,
  proof: proofCommand,
  ledger: ledgerCommand,
  reports: reportsCommand,
  series: seriesCommand,
};

const say = (line: string) => process.stdout.write(`${line}\n`);

/** Nothing when there is no such command. */
async function run(name: string, words: readonly string[], options: FinanceOptions): Promise<Told | undefined> {
  const place = findDesk();
  const api = openFinanceApi(place, optionOf);
  if (Object.hasOwn(sessionCommands, name)) return sessionCommands[name]?.(place, api);
  return Object.hasOwn(commands, name) ? commands[name]?.(words, options, api) : undefined;
}

async function show({ text, data, csv }: Told, options: FinanceOptions): Promise<void> {
  if (options.json === true) return void say(JSON.stringify(data));
  if (options.csv === undefined) return void say(text);
  if (csv === undefined) throw new Error('Lệnh này không có bảng để ghi CSV (this command has no table).');
  await writeFile(options.csv, csv);
  say(`Đã ghi ${options.csv} (written).`);
}

try {
  const { values, positionals } = parseArgs({ options: financeOptions, allowPositionals: true });
  const [name = '', ...words] = positionals;
  const told = values.help ? undefined : await run(name, words, values);
  if (told === undefined) say(financeHelp);
  else await show(told, values);
  if (!values.help && told === undefined) process.exitCode = 1;
} catch (fault) {
  tellFault(fault, 'finance');
}
