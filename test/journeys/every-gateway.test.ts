import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventTypes } from '#schemas/dossier-confirmation.ts';
import { type BankJourney, expectSettledOnce, makeBankJourney } from '#test/support/bank-journey.ts';
import { gateways } from '#test/support/registered-gateways.ts';

let journey: BankJourney;
beforeAll(async () => {
  journey = await makeBankJourney();
}, 60_000);
afterAll(() => journey.stop());

describe.each(gateways)('a payment by $label', ({ name }) => {
  it('is settled by the callback, with receipt and confirmations', async () => {
    const { paymentId, press } = await journey.visitBank(name);
    const page = await press('pay');
    expect(page).toMatch(/đã ghi nhận|đã nhận/);
    expect((await journey.record(paymentId)).payment.settlement).toMatchObject({ gateway: name, amountVnd: 28_000 });

    await journey.sweepAfter(1);

    await expectSettledOnce(journey, paymentId);
    expect(await journey.eventsOf(paymentId)).toEqual([eventTypes.paymentPaid, eventTypes.receiptIssued]);
  });

  it('is settled once, however often the callback is repeated', async () => {
    const { paymentId, press } = await journey.visitBank(name);
    await press('pay');
    const { settlement } = (await journey.record(paymentId)).payment;

    const page = await press('repeat');
    await Promise.all([press('repeat'), press('repeat'), press('repeat')]);
    await journey.sweepAfter(1);

    expect(page).toMatch(/đã xác nhận trước đó|đã nhận/);
    expect((await journey.record(paymentId)).payment.settlement).toEqual(settlement);
    await expectSettledOnce(journey, paymentId);
  });

  it('is not touched by a callback of somebody who does not have the secret', async () => {
    const { paymentId, press } = await journey.visitBank(name);
    const before = await journey.record(paymentId);

    const page = await press('forge');

    expect(page).toMatch(/sai chữ ký|từ chối/);
    expect(page).not.toMatch(/đã ghi nhận|đã nhận/);
    expect(await journey.record(paymentId)).toEqual(before);
  });

  it('keeps money of a wrong amount for a person, and is settled by the right one', async () => {
    const { paymentId, press } = await journey.visitBank(name);
    await press('wrong-amount');
    const { payment, money } = await journey.record(paymentId);
    expect(payment).toMatchObject({ state: 'open' });
    expect(money).toMatchObject([{ moneyClass: 'wrong-amount', amountVnd: 27_000 }]);

    await press('pay');

    expect(await journey.record(paymentId)).toMatchObject({ payment: { state: 'paid' }, money: { length: 1 } });
  });
});
