import { randomBytes } from 'node:crypto';
import { correctionProposalOf } from '#infra/desk/correction-options.ts';
import { correctionAsText, correctionsAsText } from '#infra/desk/correction-texts.ts';
import { correctionPageSchema, correctionViewSchema } from '#schemas/correction.ts';
import { acts, type Command, type Told } from './command.ts';
import type { FinanceApi } from './finance-api.ts';
import { type FinanceOptions, given, needed } from './finance-options.ts';

const listPath = '/v1/finance/corrections';

const list: Command = async (_words, { payment: paymentId }, api) => {
  const corrections = await api.list(listPath, correctionPageSchema, { paymentId });
  return { text: correctionsAsText(corrections), data: { items: corrections } };
};

/** Receipts that were made wrong, from the proposal to the notice or the new receipt. */
export const correctionsCommand = acts({
  list,
  show: async (_words, options, api) => told(await api.get(pathOf(options), correctionViewSchema)),
  replace: (_words, options, api) => propose(api, 'replacement', options),
  notice: (_words, options, api) => propose(api, 'notice', options),
  approve: async (_words, options, api) => told(await api.post(`${pathOf(options)}/approval`, correctionViewSchema)),
  reject: async (_words, options, api) =>
    told(await api.post(`${pathOf(options)}/rejection`, correctionViewSchema, given({ why: options.why }))),
});

async function propose(api: FinanceApi, way: string, options: FinanceOptions): Promise<Told> {
  const proposal = correctionProposalOf(way, options, randomBytes(8).toString('hex'));
  return told(await api.post(listPath, correctionViewSchema, given({ ...proposal })));
}

function pathOf({ payment, id }: FinanceOptions): string {
  return `${listPath}/${needed(payment, 'payment', 'số thanh toán')}/${needed(id, 'id', 'mã đề nghị')}`;
}

function told(correction: Parameters<typeof correctionAsText>[0]): Told {
  return { text: correctionAsText(correction), data: correction };
}
