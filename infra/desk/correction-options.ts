import * as z from 'zod';
import { type CorrectionCommand, correctionCommandSchema } from '#schemas/correction.ts';

/** Options of `npm run corrections`, in the form of node:util. */
export const correctionOptions = {
  help: { type: 'boolean', default: false },
  payment: { type: 'string' },
  id: { type: 'string' },
  template: { type: 'string' },
  series: { type: 'string' },
  number: { type: 'string' },
  mst: { type: 'string' },
  reason: { type: 'string' },
  wrong: { type: 'string', multiple: true },
  name: { type: 'string' },
  address: { type: 'string' },
  'tax-code': { type: 'string' },
  line: { type: 'string', multiple: true },
  by: { type: 'string' },
  why: { type: 'string' },
} as const;

type OptionName = Exclude<keyof typeof correctionOptions, 'help' | 'wrong' | 'line'>;
export type CorrectionOptions = { readonly [Name in OptionName]?: string | undefined } & {
  readonly wrong?: readonly string[] | undefined;
  readonly line?: readonly string[] | undefined;
};

/** What proposes a correction, by the way that it proposes; the last two are there to say why they are not. */
const proposals: Readonly<Record<string, string>> = {
  notice: 'notice',
  replace: 'replacement',
  adjust: 'adjustment',
  cancel: 'cancellation',
};
export const correctionActions = [...Object.keys(proposals), 'approve', 'reject', 'list'];

/** Which option a field of a command comes from, to name it when it is wrong. */
const optionOf: Readonly<Record<string, string>> = {
  paymentId: 'payment',
  correctionId: 'id',
  taxCode: 'tax-code',
  lines: 'line',
  feeCode: 'line',
  quantity: 'line',
  amountVnd: 'line',
};

/**
 * @param drawnId stands for the id of a proposal that was given none
 * @throws Error naming every option that is missing or wrong
 */
export function readCorrectionCommand(action: string, options: CorrectionOptions, drawnId: string): CorrectionCommand {
  const result = correctionCommandSchema.safeParse(commandOf(action, options, drawnId));
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) => {
    const field = String(path.findLast((step) => typeof step === 'string') ?? action);
    return `--${optionOf[field] ?? field}: ${message}`;
  });
  throw new Error(`${faults.join('; ')}. Xem cách viết: npm run corrections -- --help (see --help)`);
}

function commandOf(action: string, options: CorrectionOptions, drawnId: string): object {
  const { by, payment: paymentId, id: correctionId, why } = options;
  const way = proposals[action];
  if (way !== undefined) return { action: 'propose', by, correction: correctionProposalOf(way, options, drawnId) };
  if (action === 'approve') return { action, by, paymentId, correctionId };
  return action === 'reject' ? { action, by, paymentId, correctionId, why } : { action };
}

/** The proposal that the options come to; whether it is one, its schema says. */
export function correctionProposalOf(way: string, options: CorrectionOptions, drawnId: string): object {
  const { payment: paymentId, id: correctionId = drawnId, template, series, number, mst, reason, wrong } = options;
  const receipt = given({ template, series, number: wholeNumberIn(number), taxCode: mst });
  const proposal = { way, correctionId, paymentId, receipt, reason };
  if (way === 'notice') return { ...proposal, wrong };
  return way === 'replacement' ? { ...proposal, ...rightContentOf(options) } : proposal;
}

function rightContentOf({ name, address, 'tax-code': taxCode, line }: CorrectionOptions): object {
  const payer = given({ name, address: rightOrNone(address), taxCode: rightOrNone(taxCode) });
  return given({ payer: Object.keys(payer).length > 0 ? payer : undefined, lines: line?.map(lineIn) });
}

/** `--address ""`: there is none. */
function rightOrNone(text: string | undefined): string | null | undefined {
  return text === '' ? null : text;
}

/** `QN-006,2,56000`: fee, quantity, amount. */
function lineIn(text: string): object {
  const [feeCode, quantity, amount] = text.split(',');
  return { feeCode, quantity: wholeNumberIn(quantity), amountVnd: wholeNumberIn(amount) };
}

/** Printed numbers have leading zeros. */
function wholeNumberIn(text: string | undefined): number | undefined {
  return z
    .string()
    .regex(/^\d{1,12}$/)
    .transform(Number)
    .safeParse(text).data;
}

function given(fields: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
