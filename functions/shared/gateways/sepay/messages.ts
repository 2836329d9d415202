import * as z from 'zod';
import { optionalTextSchema } from '../json-literals.ts';
import { amountInDongSchema } from '../wire-amounts.ts';
import { spacedTimeSchema } from '../wire-times.ts';

/** SePay's number of the bank transaction: the same on retries, manual replays and every webhook (§5.2). */
const idSchema = optionalTextSchema.pipe(z.string().regex(/^[1-9]\d{0,39}$/, 'must be digits'));

const transferTypeSchema = optionalTextSchema.pipe(z.enum(['in', 'out'], 'must be "in" or "out"'));
const codeSchema = optionalTextSchema.pipe(z.string().max(100, 'must be at most 100 characters'));
const transactionDateSchema = optionalTextSchema.pipe(spacedTimeSchema);

/** One movement on a bank account (§5.2). */
export const webhookSchema = z.object({
  id: idSchema,
  accountNumber: optionalTextSchema.pipe(z.string().min(1, 'is missing').max(40, 'must be at most 40 characters')),
  transferType: transferTypeSchema,
  transferAmount: optionalTextSchema.pipe(amountInDongSchema),
  transactionDate: transactionDateSchema,
  /** What SePay recognised as a payment code. */
  code: codeSchema,
  /** What the payer's bank sent along. */
  content: optionalTextSchema,
  /** Name of the bank that keeps the account. */
  gateway: z.string().max(40).optional().catch(undefined),
});

/** What a person is told of an authentic message that cannot be used: each fact by itself. */
export const readableFactsSchema = z
  .object({
    id: idSchema.nullable().catch(null),
    transferType: transferTypeSchema.nullable().catch(null),
    transactionDate: transactionDateSchema.catch(null),
    code: codeSchema.catch(''),
    content: optionalTextSchema.catch(''),
  })
  .catch({ id: null, transferType: null, transactionDate: null, code: '', content: '' });
