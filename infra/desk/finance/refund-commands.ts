import { randomBytes } from 'node:crypto';
import { refundAsText, refundsAsCsv, refundsAsText } from '#infra/desk/refund-list.ts';
import { refundRequestOf } from '#infra/desk/refund-options.ts';
import { refundPageSchema, refundViewSchema } from '#schemas/refund.ts';
import { systemClock } from '#shared/runtime/clock.ts';
import { acts, type Command, type Told } from './command.ts';
import type { FinanceApi } from './finance-api.ts';
import { type FinanceOptions, given, needed } from './finance-options.ts';

const listPath = '/v1/finance/refunds';

const list: Command = async (_words, { payment: paymentId }, api) => {
  const refunds = await api.list(listPath, refundPageSchema, { paymentId });
  const now = systemClock();
  return { text: refundsAsText(refunds, now), data: { items: refunds }, csv: refundsAsCsv(refunds, now) };
};

/** Refunds, from their request to their end. */
export const refundsCommand = acts({
  list,
  show: async (_words, options, api) => told(await api.get(pathOf(options), refundViewSchema)),
  request: async (_words, options, api) => {
    const request = refundRequestOf(options, randomBytes(8).toString('hex'));
    return told(await api.post(listPath, refundViewSchema, given({ ...request })));
  },
  approve: (_words, options, api) => act(api, options, 'approval', {}),
  reject: (_words, options, api) => act(api, options, 'rejection', given({ why: options.why })),
  transfer: (_words, options, api) => {
    const { reference: bankReference, date: transferredOn } = options;
    return act(api, options, 'transfer', given({ bankReference, transferredOn }));
  },
});

async function act(api: FinanceApi, options: FinanceOptions, which: string, body: object): Promise<Told> {
  return told(await api.post(`${pathOf(options)}/${which}`, refundViewSchema, body));
}

function pathOf({ payment, id }: FinanceOptions): string {
  return `${listPath}/${needed(payment, 'payment', 'số thanh toán')}/${needed(id, 'id', 'mã hoàn phí')}`;
}

function told(refund: Parameters<typeof refundAsText>[0]): Told {
  return { text: refundAsText(refund), data: refund };
}
