import { exceptionPageSchema, exceptionViewSchema } from '#schemas/exception.ts';
import type { Command, Told } from './command.ts';
import { exceptionAsText, exceptionsAsCsv, exceptionsAsText } from './exception-texts.ts';
import type { FinanceApi } from './finance-api.ts';
import { type FinanceOptions, given, numberIn } from './finance-options.ts';

const listPath = '/v1/finance/exceptions';

export const exceptionsCommand: Command = async (_words, options, api) => {
  const { gateway, merchant, class: name, owner, state, day, overdue, 'from-age': fromAgeDays } = options;
  const isOverdue = overdue === true ? 'true' : undefined;
  const query = { gateway, merchant, class: name, owner, state, day, isOverdue, fromAgeDays };
  const lines = await api.list(listPath, exceptionPageSchema, query);
  return { text: exceptionsAsText(lines), data: { items: lines }, csv: exceptionsAsCsv(lines) };
};

/** `exception MÃ` shows one, `exception MÃ propose …` does something about it. */
export const exceptionCommand: Command = async ([id = '', act, ...more], options, api) => {
  if (id === '' || more.length > 0) throw new Error('Viết: exception MÃ [việc]; mã như trong danh sách (give its id).');
  const path = `${listPath}/${encodeURIComponent(id)}`;
  if (act === undefined) return told(await api.get(path, exceptionViewSchema));
  const { note, revision } = options;
  const read = { revision: numberIn(revision) };
  switch (act) {
    case 'approve':
      return post(api, `${path}/approval`, { ...read, note });
    case 'reject':
      return post(api, `${path}/rejection`, { ...read, note });
    default:
      return post(api, `${path}/acts`, { ...read, do: workIn(act, options) });
  }
};

function workIn(act: string, { person: to, end, note, evidence }: FinanceOptions): object {
  return given({ act, to, end, note, evidence });
}

async function post(api: FinanceApi, path: string, body: object): Promise<Told> {
  return told(await api.post(path, exceptionViewSchema, given({ ...body })));
}

function told(exception: Parameters<typeof exceptionAsText>[0]): Told {
  return { text: exceptionAsText(exception), data: exception };
}
