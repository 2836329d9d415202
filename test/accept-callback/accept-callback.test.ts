import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { makeDueLedger } from '#shared/adapters/due-ledger.ts';
import { countRequests } from '#test/support/faults.ts';
import {
  aCharge,
  daysAfter,
  makePaymentScene,
  type PaymentScene,
  workingMorning,
} from '#test/support/payment-scene.ts';
import { failedFields, makeVnpayCaller, paidFields, suspenseOf } from '#test/support/vnpay-caller.ts';

let scene: PaymentScene;
let callBack: ReturnType<typeof makeVnpayCaller>;

beforeAll(async () => {
  scene = await makePaymentScene();
  callBack = makeVnpayCaller(scene);
});
beforeEach(() => {
  scene.setClock(workingMorning);
  scene.logged.length = 0;
});

describe('a callback that says paid', () => {
  it('settles the payment, keeps the message as evidence and makes the payment due', async () => {
    const { paymentId, gatewayRef } = await scene.openPayment();
    const fields = paidFields(gatewayRef);
    scene.logged.length = 0;

    expect(await callBack(fields)).toBe('00');

    const { payment } = await scene.record(paymentId);
    expect(payment.state).toBe('paid');
    expect(payment.settlement).toMatchObject({
      gateway: 'vnpay',
      merchant: 'ttpvhcc',
      attempt: '01',
      transactionId: fields.vnp_TransactionNo,
      amountVnd: 28_000,
      paidAt: '2026-11-23T02:15:25.000Z',
      businessDate: '2026-11-23',
      settledAt: workingMorning,
    });
    expect(payment.settlement?.evidence.raw).toContain(`vnp_TransactionNo=${fields.vnp_TransactionNo}`);
    expect(payment.attempts).toMatchObject({ '01': { outcome: 'succeeded' } });
    expect(payment.dueAt).toBe(workingMorning);
    expect(scene.logged).toEqual(['CALLBACK_SETTLED']);
  });

  it('counts its day by the gateway’s clock, across midnight in Vietnam', async () => {
    const { paymentId, gatewayRef } = await scene.openPayment();
    scene.setClock('2026-11-23T17:00:05.000Z');

    await callBack(paidFields(gatewayRef, { vnp_PayDate: '20261123235959' }));

    const { payment } = await scene.record(paymentId);
    expect(payment.settlement?.businessDate).toBe('2026-11-23');
  });

  it('uses the time of arrival when the gateway’s time is no date', async () => {
    const { paymentId, gatewayRef } = await scene.openPayment();

    expect(await callBack(paidFields(gatewayRef, { vnp_PayDate: '20261345250000' }))).toBe('00');

    expect((await scene.record(paymentId)).payment.settlement?.paidAt).toBe(workingMorning);
  });

  it('is answered as already confirmed when it comes again, and changes nothing', async () => {
    const { paymentId, gatewayRef } = await scene.openPayment();
    const fields = paidFields(gatewayRef);
    await callBack(fields);
    const before = await scene.record(paymentId);

    expect(await callBack(fields)).toBe('02');

    expect(await scene.record(paymentId)).toEqual(before);
  });

  it('settles after a failure of the same attempt, since a success is money', async () => {
    const { paymentId, gatewayRef } = await scene.openPayment();
    await callBack(failedFields(gatewayRef));

    expect(await callBack(paidFields(gatewayRef))).toBe('00');

    const { payment } = await scene.record(paymentId);
    expect(payment.state).toBe('paid');
    expect(payment.attempts).toMatchObject({ '01': { outcome: 'succeeded', resultCode: '00' } });
  });

  it('puts a message of more than 8 KiB into the evidence store and leaves its digest in the settlement', async () => {
    const { paymentId, gatewayRef } = await scene.openPayment();

    expect(await callBack(paidFields(gatewayRef, { vnp_OrderInfo: 'x'.repeat(10_000) }))).toBe('00');

    const evidence = (await scene.record(paymentId)).payment.settlement?.evidence;
    expect(evidence?.raw).toBeUndefined();
    expect(evidence?.archivedAs).toBe(`callbacks/${evidence?.sha256}`);
    expect(scene.kept.get(evidence?.sha256 ?? '')?.byteLength).toBeGreaterThan(10_000);
  });
});

describe('money that does not settle its payment', () => {
  it('is kept as a wrong amount and answered 04, once however often it is told', async () => {
    const { paymentId, gatewayRef } = await scene.openPayment();
    const fields = paidFields(gatewayRef, { vnp_Amount: '2700000' });

    expect([await callBack(fields), await callBack(fields)]).toEqual(['04', '04']);

    const { payment, money } = await scene.record(paymentId);
    expect(payment.state).toBe('open');
    expect(money).toMatchObject([{ moneyClass: 'wrong-amount', amountVnd: 27_000, owner: 'finance-desk' }]);
    expect(scene.logged).toContain('MONEY_KEPT');
  });

  it('is kept as a surplus when other money settled the payment before, and answered 02', async () => {
    const { paymentId, gatewayRef } = await scene.openPayment();
    await callBack(paidFields(gatewayRef));
    const second = paidFields(gatewayRef);

    expect(await callBack(second)).toBe('02');

    const { payment, money } = await scene.record(paymentId);
    expect(payment.settlement?.transactionId).not.toBe(second.vnp_TransactionNo);
    expect(money).toMatchObject([{ moneyClass: 'surplus', transactionId: second.vnp_TransactionNo }]);
  });

  it('names the wrong amount before it says that the payment is settled, since the other way hides tampering', async () => {
    const { gatewayRef } = await scene.openPayment();
    await callBack(paidFields(gatewayRef));

    expect(await callBack(paidFields(gatewayRef, { vnp_Amount: '100' }))).toBe('04');
  });

  it('goes to suspense when the reference is of our form but no payment has it', async () => {
    const fields = paidFields('1000000000000301');

    expect(await callBack(fields)).toBe('01');

    expect(await suspenseOf(scene)).toContainEqual(
      expect.objectContaining({ sk: fields.vnp_TransactionNo, suspenseClass: 'unknown-order', amountVnd: 28_000 }),
    );
  });

  it('goes to suspense when the payment has no attempt of that number', async () => {
    const { gatewayRef } = await scene.openPayment();
    const fields = paidFields(`${gatewayRef.slice(0, 14)}07`);

    expect(await callBack(fields)).toBe('01');

    expect(await suspenseOf(scene)).toContainEqual(expect.objectContaining({ sk: fields.vnp_TransactionNo }));
  });

  it.each(['HS-2026-000187-1', '1000000000000101', '__proto__', '١٢٣'])(
    'goes to suspense when the reference is %s',
    async (reference) => {
      const fields = paidFields(reference);

      expect(await callBack(fields)).toBe('01');

      expect(await suspenseOf(scene)).toContainEqual(expect.objectContaining({ sk: fields.vnp_TransactionNo }));
    },
  );

  it('goes to suspense when it was signed for another terminal', async () => {
    const { paymentId, gatewayRef } = await scene.openPayment();
    const fields = paidFields(gatewayRef, { vnp_TmnCode: 'ZZZZ9999' });

    expect(await callBack(fields)).toBe('01');

    expect((await scene.record(paymentId)).payment.state).toBe('open');
    expect(await suspenseOf(scene)).toContainEqual(
      expect.objectContaining({ sk: fields.vnp_TransactionNo, suspenseClass: 'foreign-account' }),
    );
  });

  it('goes to suspense without an amount when an authentic message cannot be read', async () => {
    const { gatewayRef } = await scene.openPayment();
    const fields = paidFields(gatewayRef, { vnp_Amount: '28.000' });

    expect(['04', '99']).toContain(await callBack(fields));

    expect(await suspenseOf(scene)).toContainEqual(
      expect.objectContaining({
        suspenseClass: 'unreadable',
        amountVnd: null,
        transactionId: fields.vnp_TransactionNo,
      }),
    );
    expect(scene.logged).toContain('CALLBACK_UNREADABLE');
  });
});

describe('money for a payment that has expired', () => {
  async function expired() {
    const charge = aCharge();
    const opened = await scene.openPayment({ charges: [charge] });
    await callBack(failedFields(opened.gatewayRef));
    const { payment } = await scene.record(opened.paymentId);
    const due = makeDueLedger(scene.table);
    expect(await due.expire(payment, daysAfter(workingMorning, 4))).toBe('expired');
    return { ...opened, charge };
  }
  const claimOf = (dossierCode: string) =>
    scene.table.client.send(
      new GetCommand({ TableName: scene.table.name, Key: { pk: `DEBT#${dossierCode}#main`, sk: 'CLAIM' } }),
    );

  it('settles it and claims its debts again', async () => {
    const { paymentId, gatewayRef, charge } = await expired();
    expect((await claimOf(charge.dossierCode)).Item).toBeUndefined();

    expect(await callBack(paidFields(gatewayRef))).toBe('00');

    expect((await scene.record(paymentId)).payment.state).toBe('paid');
    expect((await claimOf(charge.dossierCode)).Item).toMatchObject({ paymentId });
  });

  it('is kept beside it when another payment has claimed the debt meanwhile', async () => {
    const { paymentId, gatewayRef, charge } = await expired();
    await scene.openPayment({ charges: [charge] });

    expect(await callBack(paidFields(gatewayRef))).toBe('02');

    const { payment, money } = await scene.record(paymentId);
    expect(payment.state).toBe('expired');
    expect(money).toMatchObject([{ moneyClass: 'claim-held-elsewhere' }]);
  });

  it('settles once when it is told many times at once', async () => {
    const { paymentId, gatewayRef } = await expired();
    const fields = paidFields(gatewayRef);

    const answers = await Promise.all(Array.from({ length: 20 }, () => callBack(fields)));

    expect(answers.filter((answer) => answer === '00')).toHaveLength(1);
    expect(answers.every((answer) => answer === '00' || answer === '02')).toBe(true);
    expect((await scene.record(paymentId)).money).toEqual([]);
  });
});

describe('money for a payment that was cancelled', () => {
  it('is kept beside it and moves nothing', async () => {
    const { paymentId, gatewayRef } = await scene.openPayment();
    const { Item: item } = await scene.table.client.send(
      new GetCommand({ TableName: scene.table.name, Key: { pk: `PAY#${paymentId}`, sk: 'PAYMENT' } }),
    );
    await scene.table.client.send(
      new PutCommand({ TableName: scene.table.name, Item: { ...item, state: 'cancelled' } }),
    );

    expect(await callBack(paidFields(gatewayRef))).toBe('02');

    const { payment, money } = await scene.record(paymentId);
    expect(payment.state).toBe('cancelled');
    expect(money).toMatchObject([{ moneyClass: 'after-cancel' }]);
  });
});

describe('news without settled money', () => {
  it('marks the attempt as failed and answers 00, also when repeated', async () => {
    const { paymentId, gatewayRef } = await scene.openPayment();

    expect([await callBack(failedFields(gatewayRef)), await callBack(failedFields(gatewayRef))]).toEqual(['00', '00']);

    const { payment } = await scene.record(paymentId);
    expect(payment.state).toBe('open');
    expect(payment.attempts).toMatchObject({ '01': { outcome: 'failed', resultCode: '24/02' } });
  });

  it('holds the money of a review with the attempt and leaves the payment open', async () => {
    const { paymentId, gatewayRef } = await scene.openPayment();
    const fields = paidFields(gatewayRef, { vnp_ResponseCode: '07', vnp_TransactionStatus: '07' });

    expect(await callBack(fields)).toBe('00');

    const { payment } = await scene.record(paymentId);
    expect(payment.state).toBe('open');
    expect(payment.attempts).toMatchObject({
      '01': { outcome: 'review', held: { transactionId: fields.vnp_TransactionNo, amountVnd: 28_000 } },
    });
  });

  it('writes a failure after success into the history and applies it to nothing', async () => {
    const { paymentId, gatewayRef } = await scene.openPayment();
    await callBack(paidFields(gatewayRef));

    expect(await callBack(failedFields(gatewayRef))).toBe('00');

    const { payment } = await scene.record(paymentId);
    expect(payment.state).toBe('paid');
    expect(payment.attempts).toMatchObject({ '01': { outcome: 'succeeded' } });
    expect(payment.history).toHaveProperty(['01.failed']);
  });

  it('keeps nothing of a failure for an order that we do not have', async () => {
    const before = await suspenseOf(scene);

    expect(await callBack(failedFields('1000000000000301'))).toBe('01');

    expect(await suspenseOf(scene)).toEqual(before);
  });
});

describe('a callback that fails authentication', () => {
  it('writes nothing and leaves no trace but log lines, while its gateway has nothing to say', async () => {
    const { paymentId, gatewayRef } = await scene.openPayment();
    const before = await scene.record(paymentId);
    scene.logged.length = 0;
    const requests = countRequests(scene.table.client);

    expect(await callBack(paidFields(gatewayRef), 'another secret')).toBe('97');

    expect(requests.sent.map(({ command }) => command)).toEqual(['GetItemCommand']);
    expect(await scene.record(paymentId)).toEqual(before);
    expect(scene.logged).toEqual(['ATTEMPT_UNKNOWN', 'CALLBACK_UNVERIFIED', 'CALLBACK_ANSWERED']);
  });
});
