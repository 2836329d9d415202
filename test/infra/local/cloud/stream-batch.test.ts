import { describe, expect, it } from '@jest/globals';
import type { DynamoDBRecord } from 'aws-lambda';
import { type Delivery, deliverBatch } from '#infra/local/cloud/stream-batch.ts';

const recordsOf = (...numbers: number[]): DynamoDBRecord[] =>
  numbers.map((number) => ({ dynamodb: { SequenceNumber: String(number) } }));
const numbersOf = (records: readonly DynamoDBRecord[]) =>
  records.map(({ dynamodb }) => Number(dynamodb?.SequenceNumber));
const failing = (...numbers: number[]) => ({
  batchItemFailures: numbers.map((number) => ({ itemIdentifier: String(number) })),
});

/** Delivers records 1..n and notes what the function was called with and what was given up. */
async function deliver(
  count: number,
  invoke: (numbers: number[], call: number) => unknown,
  rules: Partial<Delivery['rules']> = {},
) {
  const calls: number[][] = [];
  const givenUp: { numbers: number[]; attempts: number; why: string }[] = [];
  await deliverBatch(recordsOf(...Array.from({ length: count }, (_, index) => index + 1)), {
    rules: { retryAttempts: 2, bisectOnError: true, reportsItemFailures: true, ...rules },
    firstPauseMs: 0,
    invoke: async (records) => {
      calls.push(numbersOf(records));
      return invoke(numbersOf(records), calls.length);
    },
    giveUp: async (records, attempts, why) => {
      givenUp.push({ numbers: numbersOf(records), attempts, why });
    },
  });
  return { calls, givenUp };
}

describe('delivering a batch', () => {
  it.each([[undefined], [null], [{}], [{ batchItemFailures: [] }], [{ batchItemFailures: null }]])(
    'is done with the answer %j',
    async (answer) => {
      expect(await deliver(3, () => answer)).toEqual({ calls: [[1, 2, 3]], givenUp: [] });
    },
  );

  it('repeats from the lowest record that failed, with everything that follows', async () => {
    const { calls, givenUp } = await deliver(5, (_, call) => (call === 1 ? failing(4, 3) : failing()));

    expect(calls).toEqual([
      [1, 2, 3, 4, 5],
      [3, 4, 5],
    ]);
    expect(givenUp).toEqual([]);
  });

  it('cuts a batch in two when the function throws, until the record that breaks it is alone', async () => {
    const { calls, givenUp } = await deliver(4, (numbers) => {
      if (numbers.includes(3)) throw new TypeError('broken by 3');
      return failing();
    });

    expect(calls).toEqual([[1, 2, 3, 4], [1, 2], [3, 4], [3], [3], [3], [4]]);
    expect(givenUp).toEqual([{ numbers: [3], attempts: 3, why: 'TypeError: broken by 3' }]);
  });

  it('gives a batch up as a whole when it must not be cut', async () => {
    const { calls, givenUp } = await deliver(2, () => Promise.reject(new Error('down')), { bisectOnError: false });

    expect(calls).toEqual([
      [1, 2],
      [1, 2],
      [1, 2],
    ]);
    expect(givenUp).toEqual([{ numbers: [1, 2], attempts: 3, why: 'Error: down' }]);
  });

  it('gives up from the failed record on when it fails in every attempt, but never what stands before it', async () => {
    const { calls, givenUp } = await deliver(3, () => failing(2));

    expect(calls).toEqual([
      [1, 2, 3],
      [2, 3],
      [2, 3],
    ]);
    expect(givenUp).toEqual([{ numbers: [2, 3], attempts: 3, why: 'the function reported item failures' }]);
  });

  it.each([
    ['a number that is not in the batch', { batchItemFailures: [{ itemIdentifier: '99' }] }],
    ['an empty number', { batchItemFailures: [{ itemIdentifier: '' }] }],
    ['another form', { batchItemFailures: 'all' }],
    ['a wrong name', { batchItemFailures: [{ id: '1' }] }],
  ])('takes an answer with %s for a failure of everything', async (_what, answer) => {
    const { calls } = await deliver(2, (_numbers, call) => (call === 1 ? answer : failing()));

    expect(calls).toEqual([[1, 2], [1], [2]]);
  });

  it('does not read the answer when the mapping does not ask for item failures', async () => {
    expect(await deliver(2, () => failing(1), { reportsItemFailures: false })).toEqual({
      calls: [[1, 2]],
      givenUp: [],
    });
  });

  it('stops between attempts when it is told to, and gives nothing up', async () => {
    const stopping = new AbortController();
    const delivering = deliverBatch(recordsOf(1), {
      rules: { retryAttempts: 5, bisectOnError: true, reportsItemFailures: true },
      firstPauseMs: 60_000,
      signal: stopping.signal,
      invoke: async () => {
        setImmediate(() => stopping.abort());
        return failing(1);
      },
      giveUp: () => Promise.reject(new Error('must not be given up')),
    });

    await expect(delivering).rejects.toThrow(/abort/i);
  });
});
