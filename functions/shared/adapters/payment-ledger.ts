import { type CancellationReason, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Charge } from '#shared/domain/charge.ts';
import type { Payment } from '#shared/domain/payment.ts';
import type { AttemptAddress, CreationAnswer, PaymentLedger } from '#shared/domain/ports.ts';
import { holdsClaims } from '#shared/domain/states.ts';
import { updatePayment } from './conditional-write.ts';
import type { Table } from './dynamo.ts';
import { sendPatiently } from './dynamo-retry.ts';
import { isOneOf } from './expressions.ts';
import { attemptAdded, attemptIs, moved, versionIs } from './payment-clauses.ts';
import { chargeItem, claimItem, type Item, paymentItem, requestItem, requestKey } from './payment-items.ts';
import { type RequestItem, readClaimItem, readRequestItem } from './read-items.ts';
import { readRecord } from './read-record.ts';

export function makePaymentLedger(table: Table): PaymentLedger {
  return {
    create: (payment, charges, bodyDigest) => create(table, payment, charges, bodyDigest),
    findByReference: (client, reference) => findByReference(table, client, reference),
    readRecord: (paymentId) => readRecord(table, paymentId),
    addAttempt: (payment, number, attempt) =>
      updatePayment(
        table,
        payment.paymentId,
        { ...isOneOf('#state', ['open']), names: { '#state': 'state' } },
        versionIs(payment.version),
        attemptAdded(number, attempt),
        moved(payment.paymentId, `${number}.started`, attempt.openedAt),
      ),
    recordNextStep: (address, nextStep) =>
      updatePayment(
        table,
        address.paymentId,
        attemptIs(address),
        ...Object.entries<unknown>(nextStep).map(([name, value]) => ({
          set: ['#attempts.#n.#nextStep = :nextStep'],
          names: { '#nextStep': name },
          values: { ':nextStep': value },
        })),
      ),
    claimCheck: (paymentId, at, before) =>
      updatePayment(table, paymentId, {
        set: ['#asked = :at'],
        when: ['attribute_exists(pk)', '(attribute_not_exists(#asked) OR #asked <= :before)'],
        names: { '#asked': 'lastAskedAt' },
        values: { ':at': at, ':before': before },
      }),
    recordRefusal: (address, resultCode, at) => recordRefusal(table, address, resultCode, at),
  };
}

/** A refusal at the opening is a definite answer: no money can come of this attempt. */
function recordRefusal(table: Table, address: AttemptAddress, resultCode: string, at: Payment['createdAt']) {
  return updatePayment(
    table,
    address.paymentId,
    attemptIs(address),
    isOneOf('#attempts.#n.#outcome', ['started']),
    {
      set: ['#attempts.#n.#outcome = :failed', '#attempts.#n.resultCode = :resultCode'],
      names: { '#outcome': 'outcome' },
      values: { ':failed': 'failed', ':resultCode': resultCode },
    },
    moved(address.paymentId, `${address.attempt}.failed`, at, resultCode),
  );
}

async function findByReference(table: Table, client: string, reference: string): Promise<RequestItem | undefined> {
  const { Item: item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: requestKey(client, reference), ConsistentRead: true }),
  );
  return item === undefined ? undefined : readRequestItem(item);
}

async function create(
  table: Table,
  payment: Payment,
  charges: readonly Charge[],
  bodyDigest: string,
): Promise<CreationAnswer> {
  // A payment with nothing to pay must not keep the debt from a later one that asks for money.
  const claimed = holdsClaims(payment.state) ? payment.claims : [];
  // The order tells what a refusal means: the reference first, since a repeated request meets its own claims too.
  const items: Item[] = [
    requestItem(payment, bodyDigest),
    paymentItem(payment),
    ...claimed.map((claim) => claimItem(payment.paymentId, claim)),
    ...charges.map(chargeItem),
  ];
  const command = new TransactWriteCommand({
    TransactItems: items.map((item) => ({
      Put: {
        TableName: table.name,
        Item: item,
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    })),
  });
  try {
    await sendPatiently(() => table.client.send(command));
    return { kind: 'created' };
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const answer = readRefusal(error.CancellationReasons ?? [], claimed);
    if (answer === undefined) throw error;
    return answer;
  }
}

function readRefusal(reasons: readonly CancellationReason[], claimed: Payment['claims']): CreationAnswer | undefined {
  const held = reasons.map((reason) =>
    reason.Code === 'ConditionalCheckFailed' ? unmarshall(reason.Item ?? {}) : undefined,
  );
  const [request, taken, ...claims] = held;
  if (request !== undefined) return { kind: 'reference-used', ...readRequestItem(request) };
  if (taken !== undefined) return { kind: 'id-taken' };
  const index = claims.findIndex((claim) => claim !== undefined);
  const claim = claimed[index];
  const holder = claims[index];
  if (claim === undefined || holder === undefined) return undefined;
  return { kind: 'debt-claimed', ...claim, paymentId: readClaimItem(holder).paymentId };
}
