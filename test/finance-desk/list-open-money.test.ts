import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { concernsDossier } from '#functions/confirm-dossier/concerns-dossier.ts';
import type { PaymentId } from '#schemas/ids.ts';
import { makeDueLedger } from '#shared/adapters/due-ledger.ts';
import { moneyItem, paymentKey, suspenseItem } from '#shared/adapters/payment-items.ts';
import { makeSettlementLedger } from '#shared/adapters/settlement-ledger.ts';
import { instantAfter } from '#shared/domain/calendar.ts';
import { reached } from '#shared/domain/ledger-change.ts';
import { keptMoneySchema, suspendedMoneySchema } from '#shared/domain/payment.ts';
import { type DeskScene, makeDeskScene } from '#test/support/desk-scene.ts';
import { countRequests } from '#test/support/faults.ts';
import { daysAfter, workingMorning } from '#test/support/payment-scene.ts';
import { paidFields } from '#test/support/vnpay-caller.ts';

let scene: DeskScene;

beforeEach(async () => {
  scene = await makeDeskScene();
});

async function cancel(paymentId: PaymentId) {
  await scene.table.client.send(
    new UpdateCommand({
      TableName: scene.table.name,
      Key: paymentKey(paymentId),
      UpdateExpression: 'SET #state = :cancelled',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: { ':cancelled': 'cancelled' },
    }),
  );
}

const facts = (identity: string, gateway: string, keptAt: string) => ({
  gateway,
  merchant: 'ttpvhcc',
  gatewayRef: null,
  transactionId: identity,
  identity,
  amountVnd: 28_000,
  resultCode: '00',
  paidAt: keptAt,
  businessDate: keptAt.slice(0, 10),
  evidence: { sha256: '0'.repeat(64) },
  owner: 'finance-desk',
  keptAt,
});

const suspended = (identity: string, gateway: string, keptAt: string) =>
  suspendedMoneySchema.parse({ ...facts(identity, gateway, keptAt), suspenseClass: 'unknown-order' });

describe('the list of open money', () => {
  it('has every class of money that callbacks leave, with owner, amount, age and place, oldest first', async () => {
    const [settled, wrong, cancelled] = [
      await scene.openPayment(),
      await scene.openPayment(),
      await scene.openPayment(),
    ];
    await scene.callBack(paidFields(settled.gatewayRef));
    await cancel(cancelled.paymentId);
    const kept = async (day: number, gatewayRef: string, changes: Readonly<Record<string, string>> = {}) => {
      scene.setClock(daysAfter(workingMorning, day));
      await scene.callBack(paidFields(gatewayRef, changes));
    };
    await kept(3, settled.gatewayRef);
    await kept(1, wrong.gatewayRef, { vnp_Amount: '2700000' });
    await kept(2, cancelled.gatewayRef);
    await kept(0, '1000000000000301');
    await kept(5, '1000000000000301', { vnp_TmnCode: 'ZZZZ9999' });
    await kept(4, wrong.gatewayRef, { vnp_Amount: '28.000' });
    scene.setClock(daysAfter(workingMorning, 10));

    const lines = await scene.list();

    expect(
      lines.map(({ moneyClass, ageDays, amountVnd, paymentId }) => [moneyClass, ageDays, amountVnd, paymentId]),
    ).toEqual([
      ['unknown-order', 10, 28_000, undefined],
      ['wrong-amount', 9, 27_000, wrong.paymentId],
      ['after-cancel', 8, 28_000, cancelled.paymentId],
      ['surplus', 7, 28_000, settled.paymentId],
      ['unreadable', 6, null, undefined],
      ['foreign-account', 5, 28_000, undefined],
    ]);
    expect(
      lines.every(
        ({ owner, gateway, merchant, state }) =>
          `${owner} ${gateway} ${merchant} ${state}` === 'finance-desk vnpay ttpvhcc open',
      ),
    ).toBe(true);
  });

  it('reads its four shards of the index and nothing else, over several gateways and many pages', async () => {
    const gateways = ['vnpay', 'momo', 'sepay'];
    const ledger = makeSettlementLedger(scene.table);
    // Long evidence fills the pages of 1 MiB that an index read comes in.
    const raw = 'x'.repeat(8_000);
    for (let index = 0; index < 600; index += 1) {
      const money = suspended(`tx-${index}`, gateways[index % 3] ?? '', instantAfter(workingMorning, -index * 60_000));
      await ledger.suspend({ ...money, evidence: { ...money.evidence, raw } });
    }
    const requests = countRequests(scene.table.client);

    const lines = await scene.list();

    expect(lines.map(({ identity }) => identity)).toEqual(
      Array.from({ length: 600 }, (_, index) => `tx-${599 - index}`),
    );
    expect(requests.of()).toBe(requests.of('QueryCommand'));
    expect(requests.of()).toBeGreaterThan(4);
    expect(await scene.list({ gateway: 'momo' })).toHaveLength(200);
    expect(await scene.list({ merchant: 'vpdkdd' })).toEqual([]);
    expect(await scene.list({ moneyClass: 'surplus' })).toEqual([]);
  });

  it('counts days as calendars in Vietnam do', async () => {
    // 23:59:59 in Vietnam, and one second later the next day.
    await makeSettlementLedger(scene.table).suspend(suspended('late', 'vnpay', '2026-11-23T16:59:59.000Z'));
    const ageAt = async (now: string) => {
      scene.setClock(now);
      return (await scene.list())[0]?.ageDays;
    };
    expect([
      await ageAt('2026-11-23T16:59:59.500Z'),
      await ageAt('2026-11-23T17:00:00.000Z'),
      await ageAt('2026-11-24T16:59:59.000Z'),
      await ageAt('2027-11-23T02:00:00.000Z'),
    ]).toEqual([0, 1, 1, 365]);
    expect(await scene.list({ fromAgeDays: 366 })).toEqual([]);
    expect(await scene.list({ fromAgeDays: 365 })).toHaveLength(1);
  });

  it('shows what is proposed, and for which payment', async () => {
    const { paymentId } = await scene.openPayment();
    const money = await scene.suspend();
    await scene.propose(money, paymentId);
    expect(await scene.list()).toMatchObject([
      { ...money, state: 'proposed', paymentId, proposal: { number: 1, maker: 'kt.lan' } },
    ]);
  });

  it('shows money on its way back, and leaves out what is back, though the index is behind', async () => {
    const { paymentId } = await scene.openPayment();
    const kept = (identity: string, sums: object) =>
      moneyItem(
        keptMoneySchema.parse({
          ...facts(identity, 'vnpay', workingMorning),
          paymentId,
          moneyClass: 'surplus',
          ...sums,
        }),
      );
    const assigned = {
      state: 'assigned',
      number: 1,
      paymentId,
      maker: 'kt.lan',
      checker: 'kt.minh',
      assignedAt: workingMorning,
      became: 'surplus',
    };
    const items = [
      kept('a', { refundReservedVnd: 28_000 }),
      kept('b', { refundReservedVnd: 10_000, refundedVnd: 10_000 }),
      kept('c', { refundReservedVnd: 28_000, refundedVnd: 28_000 }),
      { ...suspenseItem(suspended('d', 'vnpay', workingMorning)), assignment: assigned },
    ];
    for (const Item of items) await scene.table.client.send(new PutCommand({ TableName: scene.table.name, Item }));

    const lines = (await scene.list()).toSorted((one, other) => one.identity.localeCompare(other.identity));

    expect(lines.map(({ identity, state, refundedVnd }) => [identity, state, refundedVnd])).toEqual([
      ['a', 'refunding', 0],
      ['b', 'open', 10_000],
    ]);
  });
});

describe('open money in the index of what is owed', () => {
  it('is no payment that the sweep would look at', async () => {
    await scene.suspend();
    const { paymentId, gatewayRef } = await scene.openPayment();
    await scene.callBack(paidFields(gatewayRef, { vnp_Amount: '100' }));

    const due = await makeDueLedger(scene.table).findDue(daysAfter(workingMorning, 365), 100);

    expect(due.map((one) => one.paymentId)).toEqual([paymentId]);
  });

  it('is no change that a consumer of the stream would work on', async () => {
    const money = await scene.suspend();
    const after = await scene.suspenseItem(money);
    const changes = ['suspense', 'money'].map((entity) => ({
      entity,
      before: undefined,
      after: { ...after, state: 'paid' },
    }));
    expect(changes.filter((change) => concernsDossier(change) || reached(change, 'paid'))).toEqual([]);
  });
});
