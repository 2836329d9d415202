import * as z from 'zod/mini';
import { optionalTextSchema } from '../json-literals.ts';
import { amountInDongSchema } from '../wire-amounts.ts';
import { spacedTimeSchema } from '../wire-times.ts';

/** SePay's number of the bank transaction: the same on retries, manual replays and every webhook (§5.2). */
const idSchema = z.pipe(optionalTextSchema, z.string().check(z.regex(/^[1-9]\d{0,39}$/, 'must be digits')));

const transferTypeSchema = z.pipe(optionalTextSchema, z.enum(['in', 'out'], 'must be "in" or "out"'));
const codeSchema = z.pipe(optionalTextSchema, z.string().check(z.maxLength(100, 'must be at most 100 characters')));
const transactionDateSchema = z.pipe(optionalTextSchema, spacedTimeSchema);

/** One movement on a bank account (§5.2). */
export const webhookSchema = z.object({
  id: idSchema,
  accountNumber: z.pipe(
    optionalTextSchema,
    z.string().check(z.minLength(1, 'is missing'), z.maxLength(40, 'must be at most 40 characters')),
  ),
  transferType: transferTypeSchema,
  transferAmount: z.pipe(optionalTextSchema, amountInDongSchema),
  transactionDate: transactionDateSchema,
  /** What SePay recognised as a payment code. */
  code: codeSchema,
  /** What the payer's bank sent along. */
  content: optionalTextSchema,
  /** Name of the bank that keeps the account. */
  gateway: z.catch(z.optional(z.string().check(z.maxLength(40))), undefined),
});

/** What a person is told of an authentic message that cannot be used: each fact by itself. */
export const readableFactsSchema = z.catch(
  z.object({
    id: z.catch(z.nullable(idSchema), null),
    transferType: z.catch(z.nullable(transferTypeSchema), null),
    transactionDate: z.catch(transactionDateSchema, null),
    code: z.catch(codeSchema, ''),
    content: z.catch(optionalTextSchema, ''),
  }),
  { id: null, transferType: null, transactionDate: null, code: '', content: '' },
);
