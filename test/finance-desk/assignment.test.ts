import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { paymentIdSchema } from '#schemas/ids.ts';
import { makeDueLedger } from '#shared/adapters/due-ledger.ts';
import {
  checker,
  type DeskScene,
  makeDeskScene,
  maker,
  moneyOfPayment,
  why,
  wordOf,
} from '#test/support/desk-scene.ts';
import { countRequests } from '#test/support/faults.ts';
import { aCharge, daysAfter, workingMorning } from '#test/support/payment-scene.ts';
import { failedFields, paidFields } from '#test/support/vnpay-caller.ts';

let scene: DeskScene;

beforeAll(async () => {
  scene = await makeDeskScene();
});
beforeEach(() => {
  scene.setClock(workingMorning);
  scene.logged.length = 0;
});

describe('money in suspense that two persons assign to an open payment', () => {
  it('settles it by an attempt of its own, and the suspense is at its end', async () => {
    const { paymentId } = await scene.openPayment();
    const money = await scene.suspend();
    const before = await scene.suspense(money);

    expect(await scene.propose(money, paymentId)).toMatchObject({
      kind: 'proposed',
      proposal: { number: 1, paymentId, maker, reason: why },
      destination: { kind: 'settles', act: 'settle', attempt: '02' },
    });
    scene.setClock(daysAfter(workingMorning, 1));
    const decidedAt = daysAfter(workingMorning, 1);
    const requests = countRequests(scene.table.client);
    expect(await scene.approve(money)).toMatchObject({ kind: 'assigned', assigned: { became: 'settlement' } });

    // The item, the payment's partition, and one transaction.
    expect(requests.sent.map(({ command }) => command)).toEqual([
      'GetItemCommand',
      'QueryCommand',
      'TransactWriteItemsCommand',
    ]);
    const { payment } = await scene.record(paymentId);
    expect(payment).toMatchObject({ state: 'paid', dueAt: decidedAt });
    expect(payment.settlement).toMatchObject({
      attempt: '02',
      identity: money.identity,
      gatewayRef: '1000000000000301',
      businessDate: '2026-11-23',
      settledAt: decidedAt,
      evidence: before.evidence,
    });
    expect(payment.attempts).toMatchObject({
      '01': { outcome: 'started' },
      '02': { outcome: 'succeeded', gateway: 'vnpay', merchant: 'ttpvhcc', gatewayRef: '1000000000000301' },
    });
    expect(payment.history).toMatchObject({
      '02.paid': { at: decidedAt, code: '00' },
      '02.assigned': { at: decidedAt, code: `${maker}/${checker}` },
    });
    expect(scene.logged.slice(-2)).toEqual(['ASSIGNMENT_PROPOSED', 'MONEY_ASSIGNED']);
  });

  it('keeps the trail of who did what when and why', async () => {
    const { paymentId } = await scene.openPayment();
    const money = await scene.suspend();
    await scene.propose(money, paymentId);
    await scene.approve(money);

    expect((await scene.suspense(money)).trail).toEqual([
      { did: 'proposed', number: 1, paymentId, by: maker, at: workingMorning, reason: why },
      { did: 'approved', number: 1, paymentId, by: checker, at: workingMorning },
    ]);
  });

  it('leaves every index of open money and of the day, so that nothing is counted twice', async () => {
    const { paymentId } = await scene.openPayment();
    const money = await scene.suspend();
    expect(await scene.suspenseItem(money)).toMatchObject({ dueShard: expect.stringMatching(/^OPEN-MONEY#[0-3]$/) });
    await scene.propose(money, paymentId);
    await scene.approve(money);

    const item = await scene.suspenseItem(money);
    for (const name of ['dueShard', 'dueAt', 'moneyDay', 'moneyAt']) expect(item).not.toHaveProperty(name);
    expect(item['evidence']).toEqual({ sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect((await scene.list()).map(({ identity }) => identity)).not.toContain(money.identity);
  });

  it('stays assigned when the gateway tells of the money again', async () => {
    const { paymentId } = await scene.openPayment();
    const money = await scene.suspend();
    await scene.propose(money, paymentId);
    await scene.approve(money);
    const before = await scene.suspenseItem(money);

    expect(await scene.callBack(paidFields('1000000000000301', { vnp_TransactionNo: money.identity }))).toBe('01');

    expect(await scene.suspenseItem(money)).toEqual(before);
  });

  it('lets a later payment by the citizen be a surplus', async () => {
    const { paymentId, gatewayRef } = await scene.openPayment();
    const money = await scene.suspend();
    await scene.propose(money, paymentId);
    await scene.approve(money);

    expect(await scene.callBack(paidFields(gatewayRef))).toBe('02');

    expect((await scene.record(paymentId)).money).toMatchObject([{ moneyClass: 'surplus' }]);
  });
});

describe('money in suspense that two persons assign to a payment which does not settle by it', () => {
  it('is kept as a surplus beside a paid payment, as old as it was', async () => {
    const { paymentId, gatewayRef } = await scene.openPayment();
    await scene.callBack(paidFields(gatewayRef));
    const money = await scene.suspend();
    expect(await scene.propose(money, paymentId)).toMatchObject({
      destination: { kind: 'kept', moneyClass: 'surplus' },
    });
    scene.setClock(daysAfter(workingMorning, 2));

    expect(wordOf(await scene.approve(money))).toBe('surplus');

    expect((await scene.record(paymentId)).money).toMatchObject([{ identity: money.identity, keptAt: workingMorning }]);
    const lines = (await scene.list()).filter(({ identity }) => identity === money.identity);
    expect(lines).toMatchObject([{ moneyClass: 'surplus', state: 'open', paymentId, ageDays: 2 }]);
  });

  it('is kept as a wrong amount, and the payment stays open', async () => {
    const { paymentId } = await scene.openPayment();
    const money = await scene.suspend({ vnp_Amount: '2700000' });
    await scene.propose(money, paymentId);

    expect(wordOf(await scene.approve(money))).toBe('wrong-amount');

    const { payment, money: kept } = await scene.record(paymentId);
    expect(payment.state).toBe('open');
    expect(kept).toMatchObject([{ moneyClass: 'wrong-amount', amountVnd: 27_000 }]);
  });
});

describe('money in suspense for a payment that has expired', () => {
  async function expired() {
    const charge = aCharge();
    const opened = await scene.openPayment({ charges: [charge] });
    await scene.callBack(failedFields(opened.gatewayRef));
    const { payment } = await scene.record(opened.paymentId);
    expect(await makeDueLedger(scene.table).expire(payment, daysAfter(workingMorning, 4))).toBe('expired');
    return { ...opened, charge };
  }

  it('settles it and claims its debts again', async () => {
    const { paymentId, charge } = await expired();
    const money = await scene.suspend();
    await scene.propose(money, paymentId);

    expect(wordOf(await scene.approve(money))).toBe('settlement');

    expect((await scene.record(paymentId)).payment.state).toBe('paid');
    await expect(scene.openPayment({ charges: [charge] })).rejects.toThrow('debt-claimed');
  });

  it('is kept beside it when another payment has claimed the debt', async () => {
    const { paymentId, charge } = await expired();
    await scene.openPayment({ charges: [charge] });
    const money = await scene.suspend();
    await scene.propose(money, paymentId);

    expect(wordOf(await scene.approve(money))).toBe('claim-held-elsewhere');

    const { payment, money: kept } = await scene.record(paymentId);
    expect(payment.state).toBe('expired');
    expect(kept).toMatchObject([{ moneyClass: 'claim-held-elsewhere' }]);
    expect((await scene.suspense(money)).assignment).toMatchObject({ state: 'assigned' });
  });
});

describe('a proposal', () => {
  it('is not approved by its maker', async () => {
    const { paymentId } = await scene.openPayment();
    const money = await scene.suspend();
    await scene.propose(money, paymentId);
    const before = await scene.suspenseItem(money);

    expect(wordOf(await scene.approve(money, 1, maker))).toBe('same-person');

    expect(await scene.suspenseItem(money)).toEqual(before);
    expect((await scene.record(paymentId)).payment.state).toBe('open');
  });

  it('opens the money again when it is rejected, and is not approved any more', async () => {
    const { paymentId } = await scene.openPayment();
    const money = await scene.suspend();
    await scene.propose(money, paymentId);

    expect(wordOf(await scene.reject(money))).toBe('rejected');
    expect(wordOf(await scene.approve(money))).toBe('not-proposed');

    expect((await scene.list()).find(({ identity }) => identity === money.identity)?.state).toBe('open');
    expect((await scene.suspense(money)).trail.map(({ did }) => did)).toEqual(['proposed', 'rejected']);
  });

  it('may be taken back by its maker', async () => {
    const { paymentId } = await scene.openPayment();
    const money = await scene.suspend();
    await scene.propose(money, paymentId);
    expect(wordOf(await scene.reject(money, 1, maker))).toBe('rejected');
  });

  it('is not the one that was read when another has taken its place', async () => {
    const [first, second] = [await scene.openPayment(), await scene.openPayment()];
    const money = await scene.suspend();
    await scene.propose(money, first.paymentId);
    await scene.reject(money);
    await scene.propose(money, second.paymentId);

    expect(wordOf(await scene.approve(money, 1))).toBe('other-proposal');
    expect(wordOf(await scene.approve(money, 2))).toBe('settlement');

    expect(await moneyOfPayment(scene, first.paymentId)).toEqual([]);
    expect(await moneyOfPayment(scene, second.paymentId)).toEqual([money.identity]);
  });

  it('stands alone: another one waits until it is decided, the same one is no second', async () => {
    const { paymentId } = await scene.openPayment();
    const money = await scene.suspend();
    const first = await scene.propose(money, paymentId);

    expect(await scene.propose(money, paymentId)).toEqual(first);
    expect(wordOf(await scene.propose(money, paymentId, { by: 'kt.hoa' }))).toBe('already-proposed');
    expect((await scene.suspense(money)).trail).toHaveLength(1);
  });

  it('is refused where it can come to nothing good', async () => {
    const { paymentId, gatewayRef } = await scene.openPayment();
    const foreign = await scene.suspend({ vnp_TmnCode: 'ZZZZ9999' });
    await scene.callBack(paidFields(gatewayRef, { vnp_Amount: '28.000' }));
    const unreadable = (await scene.list()).find(({ moneyClass }) => moneyClass === 'unreadable');
    if (unreadable === undefined) throw new Error('nothing unreadable');
    const money = await scene.suspend();
    const nowhere = paymentIdSchema.parse('10000000000003');

    expect({
      foreign: wordOf(await scene.propose(foreign, paymentId)),
      unreadable: wordOf(await scene.propose(unreadable, paymentId)),
      nowhere: wordOf(await scene.propose(money, nowhere)),
      nothing: wordOf(await scene.propose({ ...money, identity: 'none' }, paymentId)),
    }).toEqual({
      foreign: 'foreign-account',
      unreadable: 'amount-unknown',
      nowhere: 'payment-unknown',
      nothing: 'money-unknown',
    });
  });
});
