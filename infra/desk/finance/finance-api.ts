import * as z from 'zod';
import { jsonOrNothing } from '#infra/local/json-or-nothing.ts';
import { type Problem, problemSchema } from '#schemas/problem.ts';
import type { DeskPlace } from './desk-place.ts';
import { NotSignedIn, readToken } from './kept-token.ts';

/** What the interface refused, in its own words. */
export class FinanceRefusal extends Error {
  override readonly name = 'FinanceRefusal';
}

/** The finance interface as the command asks it: with the token of who is signed in. */
export interface FinanceApi {
  readonly get: <Answer>(path: string, schema: z.core.$ZodType<Answer>, query?: Query) => Promise<Answer>;
  /** Every page of a list. */
  readonly list: <Item>(path: string, schema: z.core.$ZodType<PageOf<Item>>, query?: Query) => Promise<readonly Item[]>;
  readonly post: <Answer>(path: string, schema: z.core.$ZodType<Answer>, body?: object) => Promise<Answer>;
  readonly download: (path: string, query: Query) => Promise<Uint8Array>;
}

export type Query = Readonly<Record<string, string | undefined>>;

interface PageOf<Item> {
  readonly items: readonly Item[];
  readonly next?: string | undefined;
}

/** @param optionOf which option a field of a request comes from, to name it when it is wrong */
export function openFinanceApi(place: DeskPlace, optionOf: (field: string) => string): FinanceApi {
  const ask = async (path: string, query: Query = {}, body?: object): Promise<Response> => {
    const address = new URL(path, place.baseUrl);
    for (const [name, value] of Object.entries(query)) if (value !== undefined) address.searchParams.set(name, value);
    const answer = await fetch(address, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        authorization: `Bearer ${await readToken(place, new Date())}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch((cause: unknown) => {
      throw new Error(
        `Không gọi được ${place.baseUrl}. Hãy chạy \`npm start\` (cùng PORT), hoặc xem lại FINANCE_URL.`,
        {
          cause,
        },
      );
    });
    if (answer.status === 401) throw new NotSignedIn();
    if (!answer.ok) throw new FinanceRefusal(describeRefusal(answer.status, await answer.text(), optionOf));
    return answer;
  };
  const read = async <Answer>(answer: Response, schema: z.core.$ZodType<Answer>): Promise<Answer> =>
    z.parse(schema, await answer.json());
  const get: FinanceApi['get'] = async (path, schema, query) => read(await ask(path, query), schema);
  return {
    get,
    list: async (path, schema, query = {}) => {
      const first = await get(path, schema, query);
      const items = [...first.items];
      for (let after = first.next; after !== undefined; ) {
        const page = await get(path, schema, { ...query, after });
        items.push(...page.items);
        after = page.next;
      }
      return items;
    },
    post: async (path, schema, body = {}) => read(await ask(path, {}, body), schema),
    download: async (path, query) => new Uint8Array(await (await ask(path, query)).arrayBuffer()),
  };
}

function describeRefusal(status: number, text: string, optionOf: (field: string) => string): string {
  const problem = problemSchema.safeParse(jsonOrNothing(text));
  if (!problem.success) return `Giao diện tài vụ trả lời ${status} (the interface answered ${status}).`;
  const { type, detail, errors = [] } = problem.data;
  if (errors.length > 0) return errors.map((error) => `--${optionOf(fieldOf(error))}: ${error.detail}`).join('; ');
  return `${detail} [${type.split('/').at(-1)}]`;
}

/** The last name in `/receipt/series` or `/lines/0/amountVnd`. */
function fieldOf({ pointer }: NonNullable<Problem['errors']>[number]): string {
  return pointer.split('/').findLast((step) => /^[a-z]/i.test(step)) ?? '';
}
