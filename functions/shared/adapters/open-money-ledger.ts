import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { GetCommand, paginateQuery, TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import type { AssignmentStep, MoneyAddress, Suspense } from '#shared/domain/assignment.ts';
import type { OpenMoney } from '#shared/domain/open-money.ts';
import type { Approval, AssignmentEffect, AssignmentLedger, OpenMoneyList } from '#shared/domain/open-money-ports.ts';
import { holdsClaims, statesBefore } from '#shared/domain/states.ts';
import { claimAgain } from './claim-again.ts';
import type { Table } from './dynamo.ts';
import { sendPatiently } from './dynamo-retry.ts';
import { type Clause, isOneOf, updateOf } from './expressions.ts';
import { updateGuarded } from './guarded-writes.ts';
import { amountIs, attemptAdded, moved, settled } from './payment-clauses.ts';
import { indexes, moneyItem, openMoneyShards, paymentKey, suspenseKey } from './payment-items.ts';
import { readOpenMoneyItem, readSuspenseItem } from './read-items.ts';
import { readRecord } from './read-record.ts';

export function makeOpenMoneyList(table: Table): OpenMoneyList {
  return { findOpen: () => findOpen(table) };
}

export function makeAssignmentLedger(table: Table): AssignmentLedger {
  return {
    readSuspense: (address) => readSuspense(table, address),
    readRecord: (paymentId) => readRecord(table, paymentId),
    propose: (seen, proposal) => {
      const { number, paymentId, maker, proposedAt, reason } = proposal;
      const step: AssignmentStep = { did: 'proposed', number, paymentId, by: maker, at: proposedAt, reason };
      return updateSuspense(table, seen, isOpen, stepTaken(seen, step), becomes(proposal));
    },
    reject: (seen, rejection) =>
      updateSuspense(table, seen, standsStill(rejection.number), stepTaken(seen, rejection), {
        remove: ['#assignment'],
        names: { '#assignment': 'assignment' },
      }),
    assign: (approval) => assign(table, approval),
  };
}

async function findOpen(table: Table): Promise<readonly OpenMoney[]> {
  const shards = await Promise.all(openMoneyShards.map((shard) => findOpenIn(table, shard)));
  return shards.flat().toSorted((one, other) => (one.money.keptAt < other.money.keptAt ? -1 : 1));
}

async function findOpenIn(table: Table, shard: string): Promise<OpenMoney[]> {
  const found: OpenMoney[] = [];
  const pages = paginateQuery(
    { client: table.client },
    {
      TableName: table.name,
      IndexName: indexes.paymentsDue,
      KeyConditionExpression: 'dueShard = :shard',
      ExpressionAttributeValues: { ':shard': shard },
    },
  );
  for await (const page of pages) found.push(...(page.Items ?? []).map(readOpenMoneyItem));
  return found;
}

async function readSuspense(table: Table, address: MoneyAddress): Promise<Suspense | undefined> {
  const { Item: item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: suspenseKey(address), ConsistentRead: true }),
  );
  return item === undefined ? undefined : readSuspenseItem(item);
}

const updateSuspense = (table: Table, seen: Suspense, ...clauses: readonly Clause[]) =>
  updateGuarded(table, suspenseKey(seen), ...clauses);

const isOpen: Clause = {
  when: ['attribute_not_exists(#assignment)'],
  names: { '#assignment': 'assignment' },
};

/** The proposal is still the one that was read. */
function standsStill(number: number): Clause {
  return {
    when: ['#assignment.#state = :proposed', '#assignment.#number = :number'],
    names: { '#assignment': 'assignment', '#state': 'state', '#number': 'number' },
    values: { ':proposed': 'proposed', ':number': number },
  };
}

function madeByAnother(checker: string): Clause {
  return {
    when: ['#assignment.#maker <> :checker'],
    names: { '#maker': 'maker' },
    values: { ':checker': checker },
  };
}

function becomes(assignment: Suspense['assignment']): Clause {
  return {
    set: ['#assignment = :assignment'],
    names: { '#assignment': 'assignment' },
    values: { ':assignment': assignment },
  };
}

/** One line on the audit trail. The item as a callback wrote it has neither trail nor revision. */
function stepTaken({ revision }: Suspense, step: AssignmentStep): Clause {
  return {
    set: ['#trail = list_append(if_not_exists(#trail, :noStep), :step)', '#revision = :next'],
    when: ['attribute_exists(pk)', revision === 0 ? 'attribute_not_exists(#revision)' : '#revision = :seen'],
    names: { '#trail': 'trail', '#revision': 'revision' },
    values: {
      ':noStep': [],
      ':step': [step],
      ':next': revision + 1,
      ...(revision === 0 ? {} : { ':seen': revision }),
    },
  };
}

/**
 * The money is at its payment now: it is open no more, the day's books must not count it twice, and its message lies
 * with it, of which the digest stays here.
 */
const movedAway: Clause = {
  remove: ['dueShard', 'dueAt', 'moneyDay', 'moneyAt', '#evidence.#raw'],
  names: { '#evidence': 'evidence', '#raw': 'raw' },
};

type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

async function assign(table: Table, approval: Approval): Promise<'written' | 'changed' | 'claim-held'> {
  const { seen, assigned, step, effect } = approval;
  const ending: TransactItem = {
    Update: {
      TableName: table.name,
      Key: suspenseKey(seen),
      ...updateOf(
        standsStill(assigned.number),
        madeByAnother(assigned.checker),
        stepTaken(seen, step),
        becomes(assigned),
        movedAway,
      ),
    },
  };
  // The order tells what a refusal means: the proposal first, then the payment, then whose the debts are.
  const items = [ending, ...writesOf(table, approval)];
  try {
    await sendPatiently(() => table.client.send(new TransactWriteCommand({ TransactItems: items })));
    return 'written';
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const [ofSuspense, ofPayment, ...ofClaims] = (error.CancellationReasons ?? []).map(({ Code: code }) => code);
    if (ofSuspense === refusal || ofPayment === refusal) return 'changed';
    if (effect.act === 'reclaim' && ofClaims.includes(refusal)) return 'claim-held';
    throw error;
  }
}

const refusal = 'ConditionalCheckFailed';

function writesOf(table: Table, { assigned, effect }: Approval): readonly TransactItem[] {
  if (effect.act === 'keep-money') {
    const item = moneyItem(effect.money);
    return [{ Put: { TableName: table.name, Item: item, ConditionExpression: 'attribute_not_exists(pk)' } }];
  }
  const settling = { TableName: table.name, Key: paymentKey(assigned.paymentId), ...settlingOf(assigned, effect) };
  const claims = effect.act === 'reclaim' ? claimAgain(table, assigned.paymentId, effect.claims) : [];
  return [{ Update: settling }, ...claims];
}

type Settling = Exclude<AssignmentEffect, { act: 'keep-money' }>;

/** As a callback settles, by an attempt that is added for the money, with a line in the history on who decided it. */
function settlingOf({ paymentId, maker, checker }: Approval['assigned'], { act, attempt, settlement }: Settling) {
  const { attempt: number, settledAt: at, amountVnd, resultCode } = settlement;
  const states = statesBefore('settle').filter((state) => holdsClaims(state) === (act === 'settle'));
  return updateOf(
    attemptAdded(number, attempt),
    amountIs(amountVnd),
    isOneOf('#state', states),
    settled(settlement),
    moved(paymentId, `${number}.paid`, at, resultCode),
    {
      set: ['#history.#decided = :decided'],
      names: { '#decided': `${number}.assigned` },
      values: { ':decided': { at, code: `${maker}/${checker}` } },
    },
  );
}
