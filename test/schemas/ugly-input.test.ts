import { describe, expect, it } from '@jest/globals';
import type * as z from 'zod/mini';
import { paymentNoticeSchema } from '#schemas/payment-notice.ts';
import { attemptRequestSchema, paymentRequestSchema } from '#schemas/payment-request.ts';
import { receiptContentSchema } from '#schemas/receipt.ts';
import { isPlainObject, pathsTo, valueAt, withValueAt } from '#test/support/json-paths.ts';
import attemptRequest from '../../schemas/examples/attempt-request.at-vnpay.json' with { type: 'json' };
import paymentNotice from '../../schemas/examples/payment-notice.paid-at-vnpay.json' with { type: 'json' };
import paymentRequest from '../../schemas/examples/payment-request.basket.json' with { type: 'json' };
import receiptContent from '../../schemas/examples/receipt-content.le-phi.json' with { type: 'json' };

const contracts: readonly { readonly name: string; readonly schema: z.ZodMiniType; readonly example: object }[] = [
  { name: 'a payment request', schema: paymentRequestSchema, example: paymentRequest },
  { name: 'an attempt request', schema: attemptRequestSchema, example: attemptRequest },
  { name: 'a payment notice', schema: paymentNoticeSchema, example: paymentNotice },
  { name: 'a receipt', schema: receiptContentSchema, example: receiptContent },
];

describe('contracts of what comes from outside', () => {
  it.each(contracts)('accept $name as in its example', ({ schema, example }) => {
    expect(schema.safeParse(example).success).toBe(true);
  });

  it.each(placesOf((part) => typeof part === 'number'))(
    'never accept a fraction, a negative or an inexact number as %s',
    (_place, isAccepted) => {
      expect([0.5, -1, 2 ** 53, 1e300, '1', null, true].filter(isAccepted)).toEqual([]);
    },
  );

  it.each(placesOf((part) => typeof part === 'string'))(
    'never accept 10 000 characters or another type as %s',
    (_place, isAccepted) => {
      expect(['x'.repeat(10_000), 7, false, ['text'], { toString: 'text' }].filter(isAccepted)).toEqual([]);
    },
  );

  it.each(placesOf(isPlainObject))('never accept fields that are not their own in %s', (_place, isAccepted, part) => {
    // JSON.parse makes `__proto__` an ordinary field, which an object literal would not.
    const withField = (field: string): unknown =>
      JSON.parse(JSON.stringify(part).replace('{', `{${JSON.stringify(field)}: {"admin": true}, `));
    expect(['__proto__', 'constructor', 'toString', 'unheard'].map(withField).filter(isAccepted)).toEqual([]);
  });
});

type Place = [name: string, isAccepted: (value: unknown) => boolean, part: unknown];

/** Every wanted part of every example, with a way to ask whether another value would be accepted there. */
function placesOf(isWanted: (part: unknown) => boolean): Place[] {
  return contracts.flatMap(({ name, schema, example }) =>
    pathsTo(example, isWanted).map(
      (path): Place => [
        [name, ...path].join(' / '),
        (value) => schema.safeParse(withValueAt(example, path, value)).success,
        valueAt(example, path),
      ],
    ),
  );
}
