import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AttributeValue, DynamoDBRecord } from 'aws-lambda';
import * as z from 'zod';
import { concernsDossier } from '#functions/confirm-dossier/concerns-dossier.ts';
import { eventTypes } from '#schemas/dossier-confirmation.ts';
import { chargeItem, confirmationItem, type Item, paymentItem, receiptItem } from '#shared/adapters/payment-items.ts';
import { owedConfirmations } from '#shared/domain/owed-confirmations.ts';
import type { PaymentRecord } from '#shared/domain/payment-record.ts';
import { consumeStream } from '#shared/runtime/stream-batch.ts';
import { type ChaseScene, makeChaseScene } from '#test/support/chase-scene.ts';
import {
  anExpiredRecord,
  anOpenRecord,
  aWaivedRecord,
  withConfirmationsSent,
  withReceipts,
  withSignedReceipts,
} from '#test/support/owing-records.ts';
import { aPaidRecord } from '#test/support/paid-record.ts';
import { failEntries } from '#test/support/queue-faults.ts';

const payment = (record: PaymentRecord) => paymentItem(record.payment);
const receipt = (record: PaymentRecord) => receiptItem(first(record.receipts));
const charge = (record: PaymentRecord) => chargeItem(first(record.charges));
const confirmation = (record: PaymentRecord) => confirmationItem(first(record.confirmations));

const refund = (state: string): Item => ({ entity: 'refund', paymentId: paid.payment.paymentId, state });

const open = anOpenRecord();
const paid = aPaidRecord();
const expired = anExpiredRecord();
const told = withConfirmationsSent(paid);
const numbered = withReceipts(paid);
const waiting = withReceipts(paid, { fault: { at: '2026-11-23T02:15:33.000Z', why: 'its certificate has expired' } });
const signed = withSignedReceipts(paid);
const replaced = withSignedReceipts(paid, { state: 'replaced' });
const scrubbed = aPaidRecord([{}], { dueAt: undefined, version: 3 });

describe('changes that make a confirmation owed', () => {
  it.each([
    ['a payment is paid', payment(open), payment(paid)],
    ['a payment is paid after it expired', payment(expired), payment(paid)],
    ['a payment expires', payment(open), payment(expired)],
    ['a payment of 0 đ is created', undefined, payment(aWaivedRecord())],
    ['a receipt is signed', receipt(numbered), receipt(signed)],
    ['a refund is done', refund('requested'), refund('refunded')],
  ])('%s', (_, before, after) => {
    expect(concerns(before, after)).toBe(true);
  });
});

describe('changes that do nothing', () => {
  it.each([
    ['a payment is created', undefined, payment(open)],
    ['the sweep moves its look, or a job scrubs the evidence', payment(paid), payment(scrubbed)],
    ['a receipt is numbered', undefined, receipt(numbered)],
    ['a receipt waits for a person', receipt(numbered), receipt(waiting)],
    ['a receipt is replaced', receipt(signed), receipt(replaced)],
    ['a confirmation is recorded', undefined, confirmation(told)],
    ['a charge is written', undefined, charge(paid)],
    ['a refund is ordered', refund('approved'), refund('requested')],
    ['an item is removed', payment(paid), undefined],
  ])('%s', (_, before, after) => {
    expect(concerns(before, after)).toBe(false);
  });
});

describe('a batch of the stream', () => {
  let scene: ChaseScene;
  beforeAll(async () => {
    scene = await makeChaseScene();
  });
  afterAll(() => scene.engine.stop());

  it('is answered from the first payment on that could not be told, so that nothing is skipped', async () => {
    const records = [aPaidRecord(), aPaidRecord([{}, {}]), anExpiredRecord(), aWaivedRecord()];
    for (const record of records) await scene.put(record);
    const [stuck] = owedConfirmations(first(records.slice(1))).slice(1);
    const faulty = failEntries(scene.engine.sqs, (id) => (id === stuck?.event.id ? 'unacceptable' : undefined));
    const consume = consumeStream({ concerns: concernsDossier, process: scene.send, logNews: () => undefined });
    const Records = records.map((record, index) => recordOf(index + 1, payment(anOpenRecord()), payment(record)));

    const answer = await consume({ Records });

    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '2' }] });
    faulty.stop();
    expect(await consume({ Records: Records.slice(1) })).toEqual({ batchItemFailures: [] });
    const { paymentPaid, paymentExpired, nothingToPay } = eventTypes;
    const received = (await scene.drainQueue()).map(({ type }) => type);
    expect(received.toSorted()).toEqual(
      [nothingToPay, paymentExpired, paymentPaid, paymentPaid, paymentPaid].toSorted(),
    );
  });
});

function first<Thing>(things: readonly Thing[]): Thing {
  const [thing] = things;
  if (thing === undefined) throw new Error('there is none');
  return thing;
}

function concerns(before: Item | undefined, after: Item | undefined): boolean {
  const entity = z.string().parse((after ?? before)?.['entity']);
  return concernsDossier({ entity, before, after });
}

/** As Lambda hands it over. */
function recordOf(sequenceNumber: number, before: Item, after: Item): DynamoDBRecord {
  const image = (item: Item) =>
    z.record(z.string(), z.custom<AttributeValue>()).parse(marshall(item, { removeUndefinedValues: true }));
  return {
    eventName: 'MODIFY',
    dynamodb: { SequenceNumber: String(sequenceNumber), OldImage: image(before), NewImage: image(after) },
  };
}
