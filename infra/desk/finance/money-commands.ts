import { moneyAsCsv, moneyAsText } from '#infra/desk/money-list.ts';
import { assignmentAsText } from '#infra/desk/money-texts.ts';
import { assignmentViewSchema, openMoneyPageSchema } from '#schemas/open-money.ts';
import { acts, type Command, type Told } from './command.ts';
import type { FinanceApi } from './finance-api.ts';
import { type FinanceOptions, given, needed, numberIn } from './finance-options.ts';

const list: Command = async (_words, { gateway, merchant, class: moneyClass, 'from-age': fromAgeDays }, api) => {
  const query = { gateway, merchant, class: moneyClass, fromAgeDays };
  const lines = await api.list('/v1/finance/money', openMoneyPageSchema, query);
  return { text: moneyAsText(lines), data: { items: lines }, csv: moneyAsCsv(lines) };
};

/** Money that waits for a person, and its assignment by two. */
export const moneyCommand = acts({
  list,
  propose: (_words, options, api) =>
    act(api, '', { money: moneyIn(options), paymentId: options.payment, reason: options.reason }),
  approve: (_words, options, api) => act(api, '/approval', decisionIn(options)),
  reject: (_words, options, api) => act(api, '/rejection', decisionIn(options)),
});

async function act(api: FinanceApi, which: string, body: object): Promise<Told> {
  const assignment = await api.post(`/v1/finance/assignments${which}`, assignmentViewSchema, given({ ...body }));
  return { text: assignmentAsText(assignment), data: assignment };
}

function decisionIn(options: FinanceOptions): object {
  return { money: moneyIn(options), number: numberIn(options.proposal), reason: options.reason };
}

/** `gateway/merchant/identity` as lists print it; only the last part may hold slashes of its own. */
function moneyIn({ money }: FinanceOptions) {
  const [gateway = '', merchant = '', ...identity] = needed(money, 'money', 'cổng/tài khoản/mã trong danh sách').split(
    '/',
  );
  return { gateway, merchant, identity: identity.join('/') };
}
