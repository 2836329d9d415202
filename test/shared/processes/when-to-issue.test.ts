import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createPayment } from '#functions/start-payment/create-payment.ts';
import type { PaymentId } from '#schemas/ids.ts';
import { owedConfirmations } from '#shared/domain/owed-confirmations.ts';
import { type IssuingScene, makeIssuingScene } from '#test/support/issuing-scene.ts';
import {
  aCharge,
  aPaymentRequest,
  callingClient,
  makePaymentScene,
  type PaymentScene,
  workingMorning,
} from '#test/support/payment-scene.ts';
import { makeVnpayCaller, paidFields } from '#test/support/vnpay-caller.ts';

// The table of receipt rules §4.3, row by row, through the real request, the real callback and the real issuing.
let issuing: IssuingScene;
let scene: PaymentScene;
let callBack: ReturnType<typeof makeVnpayCaller>;

beforeAll(async () => {
  issuing = await makeIssuingScene();
  scene = await makePaymentScene(issuing.table);
  callBack = makeVnpayCaller(scene);
});
beforeEach(() => {
  scene.setClock(workingMorning);
  issuing.setClock('2026-11-23T02:15:32.000Z');
});
afterAll(() => issuing.engine.stop());

const landFee = { unitCode: 'vpdkdd', feeCode: 'QN-006', quantity: 1, amountVnd: 28_000 };
const securityFee = { unitCode: 'vpdkdd', feeCode: 'QN-014', quantity: 1, amountVnd: 80_000 };

const open = (feeLines: readonly object[]) => scene.openPayment({ charges: [aCharge({ feeLines })] });

/** Pays as the gateway tells it, issues, and says which receipts there are: kind and amount. */
async function payAndIssue(gatewayRef: string, paymentId: PaymentId, amountVnd: number) {
  await callBack(paidFields(gatewayRef, { vnp_Amount: `${amountVnd}00` }));
  return issue(paymentId);
}

async function issue(paymentId: PaymentId) {
  expect([...(await issuing.issue([paymentId])).values()]).toEqual([{ kind: 'done' }]);
  return (await issuing.receiptsOf(paymentId)).map(({ content, state }) => [content.kind, content.totalVnd, state]);
}

describe('a receipt', () => {
  it('is made for each kind of fee when the amount paid is the amount due', async () => {
    const { paymentId, gatewayRef } = await open([
      landFee,
      securityFee,
      { ...landFee, feeCode: 'QN-007', amountVnd: 14_000 },
    ]);

    expect(await payAndIssue(gatewayRef, paymentId, 122_000)).toEqual([
      ['le-phi', 42_000, 'signed'],
      ['phi', 80_000, 'signed'],
    ]);
  });

  it('is made for each collecting organisation, from its own series', async () => {
    const { paymentId, gatewayRef } = await open([landFee, { ...securityFee, unitCode: 'hong-gai' }]);

    await payAndIssue(gatewayRef, paymentId, 108_000);

    const receipts = await issuing.receiptsOf(paymentId);
    expect(receipts.map(({ taxCode, content }) => [taxCode, content.series])).toEqual([
      ['5709990011', '26TAA'],
      ['5709990033', '26TAC'],
    ]);
  });

  it('is not made of a fee of 0 đ, nor of a tax, nor of what another body has its own voucher for', async () => {
    const { paymentId, gatewayRef, amountVnd } = await open([
      landFee,
      { ...landFee, feeCode: 'QN-024', amountVnd: 0 },
      { ...landFee, feeCode: 'QN-019', amountVnd: 500_000 },
      { ...landFee, feeCode: 'QN-020', amountVnd: 2_000_000 },
    ]);
    expect(amountVnd).toBe(2_528_000);

    expect(await payAndIssue(gatewayRef, paymentId, amountVnd)).toEqual([['le-phi', 28_000, 'signed']]);
  });

  it('is not made at all when only taxes were paid, and the payment owes nothing more', async () => {
    const { paymentId, gatewayRef } = await open([{ ...landFee, feeCode: 'QN-020', amountVnd: 2_000_000 }]);

    expect(await payAndIssue(gatewayRef, paymentId, 2_000_000)).toEqual([]);
  });

  it.each([
    ['less', 27_999],
    ['more', 28_001],
  ])('waits for a person when %s was paid than is due', async (_case, amountVnd) => {
    const { paymentId, gatewayRef } = await open([landFee]);

    expect(await payAndIssue(gatewayRef, paymentId, amountVnd)).toEqual([]);

    const { payment, money } = await scene.record(paymentId);
    expect(payment.state).toBe('open');
    expect(money).toMatchObject([{ moneyClass: 'wrong-amount', amountVnd, owner: 'finance-desk' }]);
  });

  it('is not made a second time for a second payment, which waits to be refunded', async () => {
    const { paymentId, gatewayRef } = await open([landFee]);
    await payAndIssue(gatewayRef, paymentId, 28_000);

    expect(await payAndIssue(gatewayRef, paymentId, 28_000)).toEqual([['le-phi', 28_000, 'signed']]);

    expect((await scene.record(paymentId)).money).toMatchObject([{ moneyClass: 'surplus', owner: 'finance-desk' }]);
  });

  it('is the same when the news comes again, late and out of order', async () => {
    const { paymentId, gatewayRef } = await open([landFee]);
    const fields = paidFields(gatewayRef);
    await callBack(fields);
    const first = await issue(paymentId);

    scene.setClock('2026-11-25T02:15:30.000Z');
    await Promise.all([callBack(fields), callBack(fields), callBack(fields)]);

    expect(await issue(paymentId)).toEqual(first);
    expect((await scene.record(paymentId)).money).toEqual([]);
  });

  it('is not made when nothing is to be paid, which the dossier is told instead', async () => {
    const paymentId = await waive();

    expect(await issue(paymentId)).toEqual([]);
    expect(owedConfirmations(await scene.record(paymentId)).map(({ event }) => event.type)).toEqual([
      'vn.bienlai.payment.nothing-to-pay.v1',
    ]);
  });
});

describe('a payment of the last second of the year', () => {
  it('is receipted in the new year when its receipt is made after midnight, and keeps its own time', async () => {
    scene.setClock('2026-11-23T02:15:30.000Z');
    const { paymentId, gatewayRef } = await open([landFee]);
    scene.setClock('2026-12-31T16:59:59.000Z');
    await callBack(paidFields(gatewayRef, { vnp_PayDate: '20261231235959' }));
    issuing.setClock('2026-12-31T17:00:04.000Z');

    await issue(paymentId);

    const [receipt] = await issuing.receiptsOf(paymentId);
    expect(receipt?.content).toMatchObject({
      series: '27TAA',
      number: 1,
      issuedOn: '2027-01-01',
      paidAt: '2026-12-31T16:59:59.000Z',
    });
  });
});

async function waive(): Promise<PaymentId> {
  const request = aPaymentRequest({
    charges: [aCharge({ feeLines: [{ ...landFee, feeCode: 'QN-024', amountVnd: 0 }] })],
  });
  const created = await createPayment(request, callingClient, scene.paying);
  if (!('record' in created)) throw new Error(`not created: ${JSON.stringify(created)}`);
  return created.record.payment.paymentId;
}
