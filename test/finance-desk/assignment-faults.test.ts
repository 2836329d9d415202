import { beforeAll, describe, expect, it } from '@jest/globals';
import { makeDueLedger } from '#shared/adapters/due-ledger.ts';
import { type DeskScene, makeDeskScene, moneyOfPayment, wordOf } from '#test/support/desk-scene.ts';
import { type FaultKind, injectFault } from '#test/support/faults.ts';
import { daysAfter, workingMorning } from '#test/support/payment-scene.ts';
import { failedFields, paidFields } from '#test/support/vnpay-caller.ts';

let scene: DeskScene;

beforeAll(async () => {
  scene = await makeDeskScene();
});

/** Sent again by the ledger itself. */
const passing = ['throttle', 'conflict'] as const;
const passingInTransactions = [...passing, 'throttle-reason', 'conflict-reason'] as const;
/** Seen by whoever asked, who asks again. */
const lost = ['committed-then-timeout', 'never-sent'] as const;

/** Does something whose first write is struck, as a person does: when it fails, once more. */
async function doStruck<Result>(command: string, kind: FaultKind, act: () => Promise<Result>): Promise<Result> {
  const fault = injectFault(scene.table.client, { command, kind });
  try {
    return await act().catch((error: unknown) => {
      if (!(error instanceof Error) || error.name !== 'TimeoutError') throw error;
      return act();
    });
  } finally {
    fault.remove();
    expect(fault.struck()).toBe(1);
  }
}

describe('a fault at the write of', () => {
  it.each([...passing, ...lost])('a proposal leaves one proposal: %s', async (kind) => {
    const { paymentId } = await scene.openPayment();
    const money = await scene.suspend();

    expect(wordOf(await doStruck('UpdateItemCommand', kind, () => scene.propose(money, paymentId)))).toBe('proposed');

    const { trail, revision } = await scene.suspense(money);
    expect([trail.map(({ did }) => did), revision]).toEqual([['proposed'], 1]);
  });

  it.each([...passing, ...lost])('a rejection leaves the money open: %s', async (kind) => {
    const { paymentId } = await scene.openPayment();
    const money = await scene.suspend();
    await scene.propose(money, paymentId);

    expect(wordOf(await doStruck('UpdateItemCommand', kind, () => scene.reject(money)))).toBe('rejected');

    const { trail, assignment } = await scene.suspense(money);
    expect([trail.map(({ did }) => did), assignment]).toEqual([['proposed', 'rejected'], undefined]);
  });

  describe.each([...passingInTransactions, ...lost])('an approval, %s,', (kind) => {
    it('settles an open payment once', async () => {
      const { paymentId } = await scene.openPayment();
      await expectAssigned(kind, paymentId, 'settlement');
      expect(Object.keys((await scene.record(paymentId)).payment.attempts)).toEqual(['01', '02']);
    });

    it('settles an expired payment once', async () => {
      const { paymentId, gatewayRef } = await scene.openPayment();
      await scene.callBack(failedFields(gatewayRef));
      const { payment } = await scene.record(paymentId);
      await makeDueLedger(scene.table).expire(payment, daysAfter(workingMorning, 4));
      await expectAssigned(kind, paymentId, 'settlement');
    });

    it('keeps a surplus once', async () => {
      const { paymentId, gatewayRef } = await scene.openPayment();
      await scene.callBack(paidFields(gatewayRef));
      await expectAssigned(kind, paymentId, 'surplus');
    });
  });
});

async function expectAssigned(kind: FaultKind, paymentId: Parameters<DeskScene['propose']>[1], became: string) {
  const before = await moneyOfPayment(scene, paymentId);
  const money = await scene.suspend();
  await scene.propose(money, paymentId);

  expect(wordOf(await doStruck('TransactWriteItemsCommand', kind, () => scene.approve(money)))).toBe(became);

  expect(await moneyOfPayment(scene, paymentId)).toEqual([...before, money.identity].toSorted());
  expect((await scene.suspense(money)).trail.map(({ did }) => did)).toEqual(['proposed', 'approved']);
}
