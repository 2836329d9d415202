import { beforeAll, describe, expect, it } from '@jest/globals';
import { planApproval } from '#functions/finance-desk/plan-approval.ts';
import { type DeskScene, makeDeskScene, maker, moneyOfPayment, why, wordOf } from '#test/support/desk-scene.ts';
import { workingMorning } from '#test/support/payment-scene.ts';
import { paidFields } from '#test/support/vnpay-caller.ts';

let scene: DeskScene;

beforeAll(async () => {
  scene = await makeDeskScene();
});

const times = <Made>(count: number, make: (index: number) => Made): Made[] =>
  Array.from({ length: count }, (_, index) => make(index));

describe('many persons at once', () => {
  it('approve a proposal once', async () => {
    const { paymentId } = await scene.openPayment();
    const money = await scene.suspend();
    await scene.propose(money, paymentId);

    const results = await Promise.all(times(20, (index) => scene.approve(money, 1, `kt.checker-${index}`)));

    const words = results.map(wordOf).toSorted();
    expect(words).toEqual([...times(19, () => 'already-assigned'), 'settlement']);
    const { payment } = await scene.record(paymentId);
    expect(Object.keys(payment.attempts)).toEqual(['01', '02']);
    expect((await scene.suspense(money)).trail.map(({ did }) => did)).toEqual(['proposed', 'approved']);
  });

  it('hear the same when one of them presses twenty times', async () => {
    const { paymentId } = await scene.openPayment();
    const money = await scene.suspend();
    await scene.propose(money, paymentId);

    const results = await Promise.all(times(20, () => scene.approve(money)));

    expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(1);
    expect((await scene.suspense(money)).trail).toHaveLength(2);
  });

  it('propose once', async () => {
    const { paymentId } = await scene.openPayment();
    const money = await scene.suspend();

    const results = await Promise.all(
      times(20, (index) => scene.propose(money, paymentId, { by: `kt.maker-${index}` })),
    );

    expect(results.filter(({ kind }) => kind === 'proposed')).toHaveLength(1);
    expect((await scene.suspense(money)).trail).toHaveLength(1);
  });

  it('approve or reject, never both', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { paymentId } = await scene.openPayment();
      const money = await scene.suspend();
      await scene.propose(money, paymentId);

      await Promise.all(
        times(6, (index) => (index % 2 === 0 ? scene.approve : scene.reject)(money, 1, `kt.c-${index}`)),
      );

      const { assignment, trail } = await scene.suspense(money);
      expect(trail).toHaveLength(2);
      expect(assignment?.state).toBe(trail[1]?.did === 'approved' ? 'assigned' : undefined);
      expect(await moneyOfPayment(scene, paymentId)).toEqual(assignment === undefined ? [] : [money.identity]);
    }
  });
});

describe('one person in two windows', () => {
  it('never approves what the other window proposed meanwhile', async () => {
    const { paymentId } = await scene.openPayment();
    const money = await scene.suspend();
    for (let number = 1; number <= 8; number += 1) {
      await Promise.all([
        scene.propose(money, paymentId),
        ...times(4, () => scene.approve(money, number, maker)),
        scene.approve(money, number, maker),
      ]);
      expect((await scene.suspense(money)).assignment).toMatchObject({ state: 'proposed', maker });
      await scene.reject(money, number);
    }
    expect(await moneyOfPayment(scene, paymentId)).toEqual([]);
  });

  it('is refused by the write itself, whatever was decided before it', async () => {
    const { paymentId } = await scene.openPayment();
    const money = await scene.suspend();
    const proposed = await scene.propose(money, paymentId);
    if (proposed.kind === 'refused') throw new Error(proposed.code);
    const { payment } = await scene.record(paymentId);
    const before = await scene.suspense(money);
    const { proposal, destination } = proposed;

    const approval = planApproval(
      before,
      proposal,
      { payment, destination },
      { checker: maker, reason: why, at: workingMorning },
    );

    expect(await scene.needs.ledger.assign(approval)).toBe('changed');
    expect(await scene.suspense(money)).toEqual(before);
    expect((await scene.record(paymentId)).payment).toEqual(payment);
  });
});

describe('an approval beside other money for the same payment', () => {
  it('loses nothing to the citizen’s own callback, and settles once', async () => {
    const settledBy = new Set<string>();
    await Promise.all(
      times(20, async (index) => {
        const { paymentId, gatewayRef } = await scene.openPayment();
        const money = await scene.suspend();
        await scene.propose(money, paymentId);
        const fields = paidFields(gatewayRef);
        const calls = () => scene.callBack(fields);
        const approves = () => scene.approve(money);

        const [first, second] = index % 2 === 0 ? [calls, approves] : [approves, calls];
        // One pair goes one after the other, so that both ends are met; who wins the rest is open.
        const head = first();
        if (index < 2) await head;
        await Promise.all([head, second()]);

        const { payment, money: kept } = await scene.record(paymentId);
        expect(await moneyOfPayment(scene, paymentId)).toEqual([money.identity, fields.vnp_TransactionNo].toSorted());
        expect(kept).toMatchObject([{ moneyClass: 'surplus' }]);
        expect((await scene.suspense(money)).assignment?.state).toBe('assigned');
        settledBy.add(payment.settlement?.identity === money.identity ? 'approval' : 'callback');
      }),
    );
    expect([...settledBy].toSorted()).toEqual(['approval', 'callback']);
  });

  it('settles by one of two assignments and keeps the other as a surplus', async () => {
    const { paymentId } = await scene.openPayment();
    const [one, other] = [await scene.suspend(), await scene.suspend()];
    await scene.propose(one, paymentId);
    await scene.propose(other, paymentId);

    const results = await Promise.all([scene.approve(one), scene.approve(other)]);

    expect(results.map(wordOf).toSorted()).toEqual(['settlement', 'surplus']);
    expect(await moneyOfPayment(scene, paymentId)).toEqual([one.identity, other.identity].toSorted());
  });
});
