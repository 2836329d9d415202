import type { FinanceApi } from './finance-api.ts';
import type { FinanceOptions } from './finance-options.ts';

/** How a command ended: for people, for programs, and where it is a list for spreadsheets. */
export interface Told {
  readonly text: string;
  readonly data: unknown;
  readonly csv?: string;
}

/** @param words what stands behind the command's name */
export type Command = (words: readonly string[], options: FinanceOptions, api: FinanceApi) => Promise<Told>;

/** Several acts under one name: `refunds approve`. */
export function acts(commands: Readonly<Record<string, Command>>): Command {
  return (words, options, api) => {
    const [name = 'list', ...rest] = words;
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (command === undefined) {
      throw new Error(`Không có việc “${name}”; có: ${Object.keys(commands).join(', ')} (no such act).`);
    }
    return command(rest, options, api);
  };
}
