import { describe, expect, it } from '@jest/globals';
import type { DynamoDBRecord } from 'aws-lambda';
import type { PaymentId } from '#schemas/ids.ts';
import { paymentIdFrom } from '#shared/domain/attempt-ref.ts';
import { type LedgerChange, reached } from '#shared/domain/ledger-change.ts';
import type { LogCode, LogFacts } from '#shared/domain/log-catalogue.ts';
import type { ProcessAnswer } from '#shared/domain/ports.ts';
import { consumeStream, type StreamConsumer } from '#shared/runtime/stream-batch.ts';

const [one, two, three] = [paymentIdFrom(1), paymentIdFrom(2), paymentIdFrom(3)];
let sequence = 100;

/** A payment that went from one state to another, as Lambda hands it over. */
function recordOf(paymentId: string, from: string | undefined, to: string | undefined): DynamoDBRecord {
  const image = (state: string) => ({
    pk: { S: `PAY#${paymentId}` },
    entity: { S: 'payment' },
    paymentId: { S: paymentId },
    state: { S: state },
    amountVnd: { N: '28000' },
    history: { M: { '01.paid': { M: { at: { S: '2026-11-23T02:15:31.000Z' } } } } },
    claims: { L: [{ M: { debtId: { S: 'main' } } }] },
  });
  return {
    eventID: `event-${paymentId}`,
    eventName: from === undefined ? 'INSERT' : 'MODIFY',
    dynamodb: {
      SequenceNumber: String((sequence += 1)),
      ...(from === undefined ? {} : { OldImage: image(from) }),
      ...(to === undefined ? {} : { NewImage: image(to) }),
    },
  };
}

const paid = (paymentId: string) => recordOf(paymentId, 'open', 'paid');

async function consume(
  Records: DynamoDBRecord[],
  answers: Readonly<Record<string, ProcessAnswer>> = {},
  change: Partial<StreamConsumer> = {},
) {
  const asked: PaymentId[][] = [];
  const logged: (readonly [LogCode, LogFacts | undefined])[] = [];
  const consumeBatch = consumeStream({
    concerns: (ledgerChange) => reached(ledgerChange, 'paid'),
    process: (paymentIds) => {
      asked.push([...paymentIds]);
      return Promise.resolve(new Map(paymentIds.map((id) => [id, answers[id] ?? { kind: 'done' }])));
    },
    logNews: (code, facts) => void logged.push([code, facts]),
    ...change,
  });
  const { batchItemFailures } = await consumeBatch({ Records });
  return { asked, logged, failed: batchItemFailures.map(({ itemIdentifier }) => itemIdentifier) };
}

const numberOf = (record: DynamoDBRecord | undefined) => record?.dynamodb?.SequenceNumber;

describe('a batch of stream records', () => {
  it('is processed once for each payment, in the order of the stream', async () => {
    const { asked, failed } = await consume([paid(two), paid(one), paid(two)]);

    expect(asked).toEqual([[two, one]]);
    expect(failed).toEqual([]);
  });

  it('asks for nothing when no change concerns the function', async () => {
    const { asked, failed } = await consume([recordOf(one, 'paid', 'paid'), recordOf(two, 'open', 'expired')]);

    expect([asked, failed]).toEqual([[], []]);
  });

  it('names every record of a payment that is not finished, so that Lambda goes on from the first', async () => {
    const records = [paid(one), paid(two), paid(three), paid(two)];
    const { failed } = await consume(records, { [two]: { kind: 'later', why: 'the archive was away' } });

    expect(failed).toEqual([numberOf(records[1]), numberOf(records[3])]);
  });

  it('is not held up by a fault that repeating would not mend', async () => {
    expect((await consume([paid(one)], { [one]: { kind: 'fault', why: 'no such unit' } })).failed).toEqual([]);
  });

  it('takes no answer for an unfinished payment', async () => {
    const records = [paid(one)];

    expect((await consume(records, {}, { process: () => Promise.resolve(new Map()) })).failed).toEqual([
      numberOf(records[0]),
    ]);
  });

  it('fails as a whole when the process does, so that Lambda repeats and bisects it', async () => {
    const process = () => Promise.reject(new Error('out of memory'));

    await expect(consume([paid(one)], {}, { process })).rejects.toThrow('out of memory');
  });

  it('shows a change in plain values, before and after', async () => {
    const seen: LedgerChange[] = [];
    await consume([paid(one)], {}, { concerns: (change) => seen.push(change) > 1 });

    const image = {
      pk: `PAY#${one}`,
      entity: 'payment',
      paymentId: one,
      amountVnd: 28_000,
      history: { '01.paid': { at: '2026-11-23T02:15:31.000Z' } },
      claims: [{ debtId: 'main' }],
    };
    expect(seen).toEqual([
      { entity: 'payment', before: { ...image, state: 'open' }, after: { ...image, state: 'paid' } },
    ]);
  });

  it('shows a removed item without an after', async () => {
    const seen: LedgerChange[] = [];
    await consume([recordOf(one, 'paid', undefined)], {}, { concerns: (change) => seen.push(change) > 1 });

    expect(seen).toMatchObject([{ before: { state: 'paid' }, after: undefined }]);
  });
});

describe('a record that cannot be read', () => {
  const { dynamodb: _images, ...withoutImages } = paid(one);
  const { dynamodb } = paid(one);
  const anonymous = {
    ...paid(one),
    dynamodb: { ...dynamodb, NewImage: { ...dynamodb?.NewImage, paymentId: { S: '12' } } },
  };
  const strange = {
    ...paid(one),
    dynamodb: { ...dynamodb, NewImage: { note: { BOOL: true }, nothing: { NULL: true } } },
  };

  it.each([
    ['without images', withoutImages],
    ['of no item of ours', strange],
    ['without a payment', anonymous],
  ])('is logged and skipped, and the others go on (%s)', async (_case, record) => {
    const { asked, logged, failed } = await consume([record, paid(two)]);

    expect(asked).toEqual([[two]]);
    expect(failed).toEqual([]);
    expect(logged).toEqual([['STREAM_RECORD_SKIPPED', expect.objectContaining({ eventId: `event-${one}` })]]);
  });
});
