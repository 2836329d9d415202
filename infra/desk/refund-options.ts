import * as z from 'zod';
import { type RefundCommand, refundCommandSchema } from '#schemas/refund.ts';
import { moneyKey } from '#shared/domain/settlement.ts';

/** Options of `npm run refunds`, in the form of node:util. */
export const refundOptions = {
  help: { type: 'boolean', default: false },
  csv: { type: 'string' },
  payment: { type: 'string' },
  id: { type: 'string' },
  money: { type: 'string' },
  amount: { type: 'string' },
  reason: { type: 'string' },
  decision: { type: 'string' },
  way: { type: 'string' },
  account: { type: 'string' },
  name: { type: 'string' },
  bank: { type: 'string' },
  by: { type: 'string' },
  why: { type: 'string' },
  reference: { type: 'string' },
  date: { type: 'string' },
} as const;

export type RefundOptions = { readonly [Name in Exclude<keyof typeof refundOptions, 'help'>]?: string | undefined };

/** Which option a field of a command comes from, to name it when it is wrong. */
const optionOf: Readonly<Record<string, keyof RefundOptions>> = {
  paymentId: 'payment',
  refundId: 'id',
  moneyKey: 'money',
  amountVnd: 'amount',
  bankReference: 'reference',
  transferredOn: 'date',
};

/**
 * @param drawnId stands for the id of a request that was given none
 * @throws Error naming every option that is missing or wrong
 */
export function readRefundCommand(action: string, options: RefundOptions, drawnId: string): RefundCommand {
  const result = refundCommandSchema.safeParse(commandOf(action, options, drawnId));
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) => {
    const field = String(path.at(-1) ?? action);
    return `--${optionOf[field] ?? field}: ${message}`;
  });
  throw new Error(`${faults.join('; ')}. Xem cách viết: npm run refunds -- --help (see --help)`);
}

function commandOf(action: string, options: RefundOptions, drawnId: string): object {
  const { by, payment: paymentId, id: refundId, why, reference: bankReference, date: transferredOn } = options;
  switch (action) {
    case 'request':
      return { action, by, refund: refundRequestOf(options, drawnId) };
    case 'approve':
      return { action, by, paymentId, refundId };
    case 'reject':
      return { action, by, paymentId, refundId, why };
    case 'transfer':
      return { action: 'record-transfer', by, paymentId, refundId, bankReference, transferredOn };
    default:
      return { action };
  }
}

/** The request that the options come to; whether it is one, its schema says. */
export function refundRequestOf(options: RefundOptions, drawnId: string): object {
  const { payment: paymentId, id: refundId = drawnId, money, amount, reason, decision, way } = options;
  const { account, name, bank } = options;
  const hasPayee = account !== undefined || name !== undefined || bank !== undefined;
  const wholeNumber = z
    .string()
    .regex(/^\d{1,12}$/)
    .transform(Number)
    .safeParse(amount);
  return {
    refundId,
    paymentId,
    amountVnd: wholeNumber.data,
    reason,
    ...(money === undefined ? {} : { moneyKey: moneyKeyIn(money) }),
    ...(decision === undefined ? {} : { decision }),
    ...(way === undefined ? {} : { way }),
    ...(hasPayee ? { payee: { account, name, bank } } : {}),
  };
}

/** `gateway/merchant/identity` as lists print it; only the last part may hold slashes of its own. */
function moneyKeyIn(text: string): string {
  const [gateway = '', merchant = '', ...identity] = text.split('/');
  return moneyKey(gateway, merchant, identity.join('/'));
}
